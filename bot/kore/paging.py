"""Reading a list of campaigns page by page, with proof that all of it was read.

The documents name `skip`, `page` and `limit` and do not say how `skip` and `page` go together. So
there are several ways of asking for the next page, and only counting shows which one a server
follows. Source: docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from bot.kore.answer_models import Rows
from bot.kore.campaign_answers import CampaignRow

T = TypeVar("T")

PAGE_SIZE = 50
# Against a list that never ends; 10,000 campaigns of a kind.
PAGES_MAX = 200
# Campaigns come and go while a list is read, so that one pass may miscount.
PASSES_MAX = 2


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """What was read of a list. Unless it is complete, others may be there that are not in `rows`.

    `total` is how many there are by Kore.ai's own count, if it gave one.
    """

    rows: tuple[T, ...]
    complete: bool
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for; `page` counts from 1."""

    skip: int = 0
    page: int = 1
    limit: int = PAGE_SIZE


Ask = Callable[[Window], Awaitable[Rows[CampaignRow]]]


class Way(Enum):
    """How the next page is asked for; the first page is asked for alike in each.

    `SKIP_ROWS` is right where `skip` alone counts, or is added to the pages before `page`;
    `PAGE` where `page` alone counts, or the two are added; `SKIP_PAGES` where `skip` counts pages.
    """

    SKIP_ROWS = auto()
    PAGE = auto()
    SKIP_PAGES = auto()

    def window(self, rows: int, pages: int, limit: int) -> Window:
        """What to ask for after so many rows on so many pages."""
        match self:
            case Way.SKIP_ROWS:
                return Window(skip=rows, limit=limit)
            case Way.PAGE:
                return Window(page=pages + 1, limit=limit)
            case Way.SKIP_PAGES:
                return Window(skip=pages, limit=limit)


class Pager:
    """Reads lists for one client; it begins with the way of asking that worked last."""

    def __init__(self) -> None:
        self._ways = [*Way]

    async def read(self, ask: Ask, *, enough: int | None = None) -> Listing[CampaignRow]:
        """The rows of a list, each once; with `enough`, reading ends when it has so many.

        Raises:
            KoreError: as `ask` raises it.
        """
        best, finished = _Walk(self._ways[0], enough), 0
        for way in tuple(self._ways):
            while finished < PASSES_MAX:
                walk = await _walked(ask, way, enough)
                best = max(walk, best, key=lambda each: len(each.rows))
                if walk.astray:
                    break
                if not walk.worth_repeating:
                    self._ways.sort(key=lambda each: each is not way)
                    return walk.listing
                finished += 1
        return best.listing


async def _walked(ask: Ask, way: Way, enough: int | None) -> "_Walk":
    walk = _Walk(way, enough)
    while walk.goes_on:
        walk.add(await ask(walk.window))
    return walk


class _Walk:
    """One pass through a list, from its first page on.

    `astray` says that a page did not lead on: `way` is not how the server is to be asked.
    """

    def __init__(self, way: Way, enough: int | None) -> None:
        self.rows: dict[str, CampaignRow] = {}
        self.astray = False
        self._way = way
        self._enough = enough
        self._limit = PAGE_SIZE
        self._pages = 0
        # How far into the list: a row that came twice or cannot be read has its place there too.
        self._place = 0
        self._unreadable = 0
        self._totals: set[int | None] = set()
        self._last: Rows[CampaignRow] | None = None

    @property
    def window(self) -> Window:
        """What to ask for next."""
        return self._way.window(self._place, self._pages, self._limit)

    def add(self, page: Rows[CampaignRow]) -> None:
        """Take in the page that was asked for."""
        fresh = {row.id: row for row in page.readable if row.id not in self.rows}
        self.astray = self._is_astray(page, len(fresh))
        self.rows |= fresh
        self._unreadable += page.unreadable
        self._totals.add(page.total)
        self._last = page
        self._place += len(page.results)
        self._pages += 1
        if self._pages == 1:
            # The server's pages are as long as its first one, whatever it was asked for.
            self._limit = len(page.results) or PAGE_SIZE

    def _is_astray(self, page: Rows[CampaignRow], fresh: int) -> bool:
        """Whether a page holds nothing new although there is more, or mostly what is known.

        Where campaigns were created meanwhile, known ones come too; but then the total is another.
        """
        more = self._pages > 0 if page.total is None else self._place < page.total
        known = len(page.readable) - fresh
        if more and not fresh and not page.unreadable:
            return True
        return known > fresh and self._totals == {page.total}

    @property
    def goes_on(self) -> bool:
        """Whether there is a page to ask for."""
        if self._last is None:
            return True
        if self.astray or self._has_enough or self._pages == PAGES_MAX:
            return False
        total = self._last.total
        return bool(self._last.has_more) if total is None else self._place < total

    @property
    def worth_repeating(self) -> bool:
        """Whether it came to the end and miscounted, as it does when campaigns come and go."""
        if self._has_enough or self._last is None or self._last.total is None:
            return False
        ended = self._place >= self._last.total
        return ended and self._totals != {len(self.rows) + self._unreadable}

    @property
    def listing(self) -> Listing[CampaignRow]:
        """What was read."""
        total = self._last.total if self._last else None
        return Listing(tuple(self.rows.values()), complete=self._is_proven, total=total)

    @property
    def _has_enough(self) -> bool:
        return self._enough is not None and len(self.rows) >= self._enough

    @property
    def _is_proven(self) -> bool:
        """Whether the rows are as many as every page said there are.

        One page that said another number shows that rows moved, so that one may be missing. Where
        no number is told, only a single page that is not full proves anything.
        """
        if self._last is None or self._last.total is not None:
            return self._totals == {len(self.rows)}
        full = min(PAGE_SIZE, self._last.limit or PAGE_SIZE)
        short = self._pages == 1 and self._place < full
        return short and self._last.has_more is False and not self._unreadable
