"""Where to read a list of campaigns on, and how to request the next page.

Kore.ai documents `skip`, `page` and `limit`, but not how `skip` and `page` work together, nor the
largest `limit`. There are therefore several ways to request the next page. Source:
docs.kore.ai/ai-for-service/apis/contact-center/get-all-campaigns-v2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.campaigns.values import Frozen
from bot.kore.campaign_answers import CampaignRow

# The page sizes to request: the next one if the server refuses one. It may also return less.
LIMITS = (500, 100, 50)
# So many rows may be removed above the reader between two pages.
OVERLAP_MAX = 10
# Of fewer rows, all may have been removed at once.
OVERLAP_ENOUGH = 3


class Order(StrEnum):
    """The time by which a list is sorted, the latest first."""

    CREATED = "createdAt"
    CHANGED = "updatedAt"

    def time(self, row: CampaignRow) -> datetime | None:
        """Return the row's time in this order; None if the response has none."""
        return row.created_at if self is Order.CREATED else row.updated_at


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list to request; `page` counts from 1."""

    order: Order
    limit: int
    skip: int = 0
    page: int = 1


class Way(StrEnum):
    """How to request the next page; the first page is requested the same way in each.

    `SKIP_ROWS` fits a server that uses only `skip`, or adds it to the pages before `page`; `PAGE`
    one that uses only `page`, or adds the two; `SKIP_PAGES` one whose `skip` counts pages.
    """

    SKIP_ROWS = "skip_rows"
    PAGE = "page"
    SKIP_PAGES = "skip_pages"


class Cursor(Frozen):
    """Where to read a list on. It can be stored, and another process can read on from it.

    `place` is the number of rows before it, `tail` are the IDs of the last of them, `first` is the
    ID of the list's first row. `size` is the number of rows on a full page of the server, 0 until
    it is known. `sure` means that the server has continued a list in this `way`. `last` is the time
    of the row before it, `total` the last count of the server, and `in_order` means that the rows
    before it are sorted as requested.
    """

    order: Order = Order.CREATED
    limit: int = LIMITS[0]
    size: int = 0
    way: Way = Way.SKIP_ROWS
    sure: bool = False
    place: int = 0
    tail: tuple[str, ...] = ()
    first: str | None = None
    last: datetime | None = None
    total: int | None = None
    in_order: bool = True

    def restarted(self) -> "Cursor":
        """Return the beginning of the list, with what is known of the server's pages."""
        known = self.model_dump(include={"order", "limit", "way", "sure"})
        return Cursor.model_validate(known)

    @property
    def window(self) -> Window:
        """Return what to request next."""
        if not self.place:
            return Window(self.order, self.limit)
        match self.way:
            case Way.SKIP_ROWS:
                return Window(self.order, self.limit, skip=self.place - self.overlap)
            case Way.PAGE:
                return Window(self.order, self.limit, page=self._pages + 1)
            case Way.SKIP_PAGES:
                return Window(self.order, self.limit, skip=self._pages)

    @property
    def begins_at(self) -> int:
        """Return how many rows come before the requested page."""
        if self.way is Way.SKIP_ROWS:
            return max(0, self.place - self.overlap)
        return self._pages * self.size

    @property
    def overlaps(self) -> bool:
        """Return whether the requested page repeats rows of the one before."""
        return bool(self.place and self.way is Way.SKIP_ROWS and self.overlap)

    @property
    def overlap_proves(self) -> bool:
        """Return whether the page repeats enough rows to show that none was missed before it."""
        return self.overlaps and self.overlap >= OVERLAP_ENOUGH

    @property
    def overlap(self) -> int:
        """Return how many rows each page repeats in the way of skipping rows."""
        return min(OVERLAP_MAX, max(1, self.size // 5), self.size - 1) if self.size else 0

    @property
    def _pages(self) -> int:
        return self.place // self.size if self.size else 0

    def ways(self) -> Iterator["Cursor"]:
        """Yield the ways to request the next page: only the known one, or the likeliest first."""
        yield self
        if self.place and not self.sure:
            for way in Way:
                if way is not self.way:
                    yield self.model_copy(update={"way": way})
