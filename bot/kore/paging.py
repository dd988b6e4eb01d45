"""Reads a list of campaigns page by page and verifies that it is complete.

Kore.ai documents `skip`, `page` and `limit`, but not how `skip` and `page` interact. There are
therefore several ways to request the next page, and only counting rows shows which one a server
supports. Source: docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from bot.kore.answer_models import Rows
from bot.kore.campaign_answers import CampaignRow

T = TypeVar("T")

PAGE_SIZE = 50
# Protects against endless lists; 10,000 campaigns of a kind.
PAGES_MAX = 200
# Campaigns come and go while a list is read, so one pass may miscount.
PASSES_MAX = 2


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """The rows read of a list. Unless it is complete, the list may contain others.

    `total` is Kore.ai's own count, None if it gave none.
    """

    rows: tuple[T, ...]
    complete: bool
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list to request; `page` counts from 1."""

    skip: int = 0
    page: int = 1
    limit: int = PAGE_SIZE


Ask = Callable[[Window], Awaitable[Rows[CampaignRow]]]


class Way(Enum):
    """How to request the next page; the first page is requested the same way in each.

    `SKIP_ROWS` fits a server that uses only `skip`, or adds it to the pages before `page`; `PAGE`
    one that uses only `page`, or adds the two; `SKIP_PAGES` one whose `skip` counts pages.
    """

    SKIP_ROWS = auto()
    PAGE = auto()
    SKIP_PAGES = auto()

    def window(self, rows: int, pages: int, limit: int) -> Window:
        """Return the next request after this many rows on this many pages."""
        match self:
            case Way.SKIP_ROWS:
                return Window(skip=rows, limit=limit)
            case Way.PAGE:
                return Window(page=pages + 1, limit=limit)
            case Way.SKIP_PAGES:
                return Window(skip=pages, limit=limit)


class Pager:
    """Reads lists for one client; it starts with the way that last worked."""

    def __init__(self) -> None:
        self._ways = [*Way]

    async def read(self, ask: Ask, *, enough: int | None = None) -> Listing[CampaignRow]:
        """Return the rows of a list, each once; with `enough`, stop after that many rows.

        Raises:
            KoreError: raised by `ask`.
        """
        best, finished = _Walk(self._ways[0], enough), 0
        for way in tuple(self._ways):
            while finished < PASSES_MAX:
                walk = await _walk(ask, way, enough)
                best = max(walk, best, key=lambda each: len(each.rows))
                if walk.astray:
                    break
                if not walk.worth_repeating:
                    self._ways.sort(key=lambda each: each is not way)
                    return walk.listing
                finished += 1
        return best.listing


async def _walk(ask: Ask, way: Way, enough: int | None) -> "_Walk":
    walk = _Walk(way, enough)
    while walk.goes_on:
        walk.add(await ask(walk.window))
    return walk


class _Walk:
    """One pass through a list from its first page.

    `astray` means that a page did not continue the list: the server does not support `way`.
    """

    def __init__(self, way: Way, enough: int | None) -> None:
        self.rows: dict[str, CampaignRow] = {}
        self.astray = False
        self._way = way
        self._enough = enough
        self._limit = PAGE_SIZE
        self._pages = 0
        # The position in the list, which includes duplicate and unreadable rows.
        self._place = 0
        self._unreadable = 0
        self._totals: set[int | None] = set()
        self._last: Rows[CampaignRow] | None = None

    @property
    def window(self) -> Window:
        """Return what to request next."""
        return self._way.window(self._place, self._pages, self._limit)

    def add(self, page: Rows[CampaignRow]) -> None:
        """Add the requested page."""
        fresh = {row.id: row for row in page.readable if row.id not in self.rows}
        self.astray = self._is_astray(page, len(fresh))
        self.rows |= fresh
        self._unreadable += page.unreadable
        self._totals.add(page.total)
        self._last = page
        self._place += len(page.results)
        self._pages += 1
        if self._pages == 1:
            # The server's page size is that of its first page, whatever was requested.
            self._limit = len(page.results) or PAGE_SIZE

    def _is_astray(self, page: Rows[CampaignRow], fresh: int) -> bool:
        """Return whether a page has no new rows although there are more, or mostly known ones.

        If campaigns were created meanwhile, known rows appear too, but then the total differs.
        """
        more = self._pages > 0 if page.total is None else self._place < page.total
        known = len(page.readable) - fresh
        if more and not fresh and not page.unreadable:
            return True
        return known > fresh and self._totals == {page.total}

    @property
    def goes_on(self) -> bool:
        """Return whether there is another page to request."""
        if self._last is None:
            return True
        if self.astray or self._has_enough or self._pages == PAGES_MAX:
            return False
        total = self._last.total
        return bool(self._last.has_more) if total is None else self._place < total

    @property
    def worth_repeating(self) -> bool:
        """Return whether the pass reached the end but miscounted, as when campaigns come and go."""
        if self._has_enough or self._last is None or self._last.total is None:
            return False
        ended = self._place >= self._last.total
        return ended and self._totals != {len(self.rows) + self._unreadable}

    @property
    def listing(self) -> Listing[CampaignRow]:
        """Return the rows read."""
        total = self._last.total if self._last else None
        return Listing(tuple(self.rows.values()), complete=self._is_proven, total=total)

    @property
    def _has_enough(self) -> bool:
        return self._enough is not None and len(self.rows) >= self._enough

    @property
    def _is_proven(self) -> bool:
        """Return whether the number of rows equals the total on every page.

        A differing total on any page shows that rows moved, so one may be missing. Without totals,
        only a single page that is not full proves completeness.
        """
        if self._last is None or self._last.total is not None:
            return self._totals == {len(self.rows)}
        full = min(PAGE_SIZE, self._last.limit or PAGE_SIZE)
        short = self._pages == 1 and self._place < full
        return short and self._last.has_more is False and not self._unreadable
