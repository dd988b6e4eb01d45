"""Reads a list of campaigns page by page, and notices whether a row may have been missed.

Where the server allows it, a page repeats the last rows of the one before: they show that the
server continued the list, and that no row moved past the reader.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from bot.kore.answer_models import Rows
from bot.kore.campaign_answers import CampaignRow
from bot.kore.cursors import LIMITS, Cursor, Window
from bot.kore.errors import Refused

T = TypeVar("T")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """The rows read of a list. Unless it is complete, the list may contain others.

    `total` is Kore.ai's own count, None if it gave none.
    """

    rows: tuple[T, ...]
    complete: bool
    total: int | None = None


Ask = Callable[[Window], Awaitable[Rows[CampaignRow]]]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list.

    `rows` are those that could be read, and `unreadable` counts the others that are new. `next` is
    None at the end of the list, and `again` is its beginning. With `gap`, rows between this page
    and the one before may be missing; with `cut`, the server has more rows than it returned.
    `in_order` means that the rows are sorted as requested.
    """

    rows: tuple[T, ...]
    unreadable: int
    total: int | None
    next: Cursor | None
    again: Cursor
    gap: bool
    cut: bool
    in_order: bool

    def with_rows(self, rows: tuple[Other, ...]) -> "Page[Other]":
        """Return the same page with its rows in another form."""
        return Page(
            rows=rows,
            unreadable=self.unreadable,
            total=self.total,
            next=self.next,
            again=self.again,
            gap=self.gap,
            cut=self.cut,
            in_order=self.in_order,
        )


async def read_page(ask: Ask, cursor: Cursor) -> Page[CampaignRow]:
    """Return the page at the cursor, with the rows that the page before had too.

    Raises:
        KoreError: raised by `ask`.
    """
    reads: list[_Read] = []
    for at in cursor.ways():
        reads.append(_Read(*await _asked(ask, at)))
        if reads[-1].continues:
            return reads[-1].page(gap=False)
    # Rows were removed, or the server has changed its way: the next page will show it.
    return reads[0].page(gap=True)


async def _asked(ask: Ask, cursor: Cursor) -> tuple[Cursor, Rows[CampaignRow]]:
    """Request a page, of a smaller size if the server refuses that of the cursor."""
    smaller = [each for each in LIMITS if each < cursor.limit]
    for limit in (cursor.limit, *smaller):
        asking = cursor.model_copy(update={"limit": limit})
        try:
            return asking, await ask(asking.window)
        except Refused as error:
            # A class of its own means another reason, such as the rate limit.
            if type(error) is not Refused or limit == (cursor.limit, *smaller)[-1]:
                raise
    raise AssertionError  # the last attempt returns or raises


class _Read:
    """A requested page, compared with the cursor."""

    def __init__(self, cursor: Cursor, rows: Rows[CampaignRow]) -> None:
        self._cursor = cursor
        self._rows = rows
        self._ids = [row.id if row else None for row in rows.results]
        known = [at for at, id_ in enumerate(self._ids) if id_ in cursor.tail]
        # The first row that comes after those of the page before.
        self._new = known[-1] + 1 if known else 0

    @property
    def continues(self) -> bool:
        """Return whether the page continues the list, as far as one can tell."""
        cursor = self._cursor
        if not cursor.place:
            return True
        if cursor.first in self._ids:
            return False
        if cursor.overlaps:
            # Further down, they are more likely the end of the same page again.
            return 0 < self._new <= cursor.overlap + cursor.size // 4
        if not self._ids:
            return self._rows.total is not None and self._rows.total <= cursor.place
        return bool(self._fresh) and not (cursor.in_order and self._is_later)

    @property
    def _fresh(self) -> Sequence[CampaignRow | None]:
        return self._rows.results[self._new :]

    @property
    def _is_later(self) -> bool:
        """Return whether the page's first new row belongs before the page before."""
        times = [self._cursor.order.time(row) for row in self._fresh if row]
        return bool(times and times[0] and self._cursor.last and times[0] > self._cursor.last)

    def page(self, *, gap: bool) -> Page[CampaignRow]:
        """Return the page; with `gap`, it does not continue the list."""
        back = 0 if gap else self._steps_back
        in_order = self._cursor.in_order and self._in_order and not self._is_later
        following = None
        if self._goes_on or back:
            following = self._following(back, gap=gap, in_order=in_order)
        unproven = not self._cursor.overlap_proves and self._cursor.place and not in_order
        return Page(
            rows=tuple(self._rows.readable),
            unreadable=sum(row is None for row in self._fresh),
            total=self._rows.total,
            next=following,
            again=(following or self._settled).restarted(),
            gap=bool(gap or unproven or self._has_lost_rows),
            cut=following is None and self._has_more,
            in_order=in_order,
        )

    @property
    def _in_order(self) -> bool:
        times = [self._cursor.order.time(row) for row in self._rows.readable]
        given = [each for each in times if each is not None]
        return len(given) == len(times) and all(a >= b for a, b in pairwise(given))

    @property
    def _goes_on(self) -> bool:
        """Return whether to request another page; the total and `hasMore` may contradict."""
        rows = self._rows
        if not self._fresh:
            return False
        return self._has_more or (rows.total is None and rows.has_more is None)

    @property
    def _has_more(self) -> bool:
        """Return whether the server says that there are rows after this page."""
        rows = self._rows
        return rows.has_more is True or (rows.total is not None and self._place < rows.total)

    @property
    def _removed(self) -> int:
        """Return by how much the total has shrunk since the page before."""
        return (self._cursor.total or 0) - (self._rows.total or 0)

    @property
    def _steps_back(self) -> int:
        """Return how many rows to go back, because rows were removed before this page.

        A page that repeats rows of the one before has none to miss.
        """
        cursor = self._cursor
        if not cursor.place or cursor.overlap_proves or self._rows.total is None:
            return 0
        return 2 * cursor.size if 0 < self._removed <= cursor.size else 0

    @property
    def _has_lost_rows(self) -> bool:
        """Return whether the totals do not prove that rows were not removed before this page."""
        cursor = self._cursor
        if not cursor.place or cursor.overlap_proves:
            return False
        return self._rows.total is None or cursor.total is None or self._removed > cursor.size

    @property
    def _place(self) -> int:
        """Return the number of rows up to the end of this page."""
        return self._cursor.begins_at + len(self._ids)

    @property
    def _settled(self) -> Cursor:
        """Return the cursor with the page size that the server has used."""
        cursor = self._cursor
        if cursor.place or not self._goes_on:
            return cursor
        return cursor.model_copy(update={"size": len(self._ids), "limit": len(self._ids)})

    def _following(self, back: int, *, gap: bool, in_order: bool) -> Cursor:
        settled, ids = self._settled, [each for each in self._ids if each]
        last = self._rows.readable[-1] if self._rows.readable else None
        moved = {
            "place": max(0, self._place - back),
            "tail": () if back else tuple(ids[-settled.overlap :]) if settled.overlap else (),
            "first": settled.first or next(iter(ids), None),
            "last": None if back or last is None else settled.order.time(last),
            "total": self._rows.total,
            "in_order": in_order,
            "sure": not gap if settled.place else settled.sure,
        }
        return settled.model_copy(update=moved)
