"""How far each list is read: stored between two pages, so that any process can read on."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import ListProgress
from bot.campaigns.values import Frozen, Kind
from bot.kore import Cursor, Order

# A copy of this age is as good as the account, except right before a change.
FRESH = timedelta(minutes=2)


# People wait for these pages, so they are small; of rows in no order, as many as possible are read.
LATEST = Cursor(order=Order.CHANGED, limit=50)
NEWEST = Cursor(order=Order.CREATED, limit=50)
UNSORTED = Cursor(order=Order.CHANGED)


class Part(StrEnum):
    """What is read of an account; the first three are read for each kind."""

    LATEST = "latest"
    WHOLE = "whole"
    MOVING = "moving"
    CONTACT_LISTS = "contact_lists"
    PROGRESS = "progress"

    def of(self, kind: Kind) -> str:
        """Return the name of the reading for a kind of campaigns."""
        return f"{kind} {self}"


class Whole(Frozen):
    """The reading of a whole list, the newest campaign first.

    `began_at` is when the present one began, `cursor` is its next page, `gap` says that it may have
    missed rows, `cut` that Kore.ai did not return all, and `unreadable` counts rows that could not
    be read. `ids` is a hash of the IDs that the last one saw. `proven_at` is when the last
    one began that certainly missed none, and `ended_at` when the last one ended.
    """

    start: Cursor = Cursor(order=Order.CREATED)
    began_at: datetime | None = None
    cursor: Cursor | None = None
    gap: bool = False
    cut: bool = False
    ids: str = ""
    unreadable: int = 0
    read: int = 0
    total: int | None = None
    proven_at: datetime | None = None
    ended_at: datetime | None = None


class Latest(Frozen):
    """The reading of the latest changes, back to the ones already known.

    `until` is Kore.ai's time of the last known change. `read_at` is when the last reading began,
    and `since` when the first one did from which on no change was missed. `whole_at` is when a
    reading began that went through the whole list, and `read` how many campaigns the last one saw
    if it went to the end.
    """

    start: Cursor = LATEST
    until: datetime | None = None
    total: int | None = None
    read: int | None = None
    read_at: datetime | None = None
    since: datetime | None = None
    whole_at: datetime | None = None


class Moving(Frozen):
    """The reading of the campaigns whose status changes by itself.

    `honored` is False if Kore.ai returned others too, so that this is of no use. `pages` is how
    many were read, and `running` whether one of them will change soon.
    """

    start: Cursor = Cursor(order=Order.CHANGED)
    honored: bool = True
    pages: int = 1
    running: bool = False


class Lists(Frozen):
    """The reading of the contact lists: `proven_at` is when all were read."""

    proven_at: datetime | None = None


class Coverage(Frozen):
    """What is known of the campaigns of a kind at the time `now`."""

    kind: Kind
    whole: Whole
    latest: Latest
    now: datetime

    @property
    def as_of(self) -> datetime | None:
        """Return the latest time of which every campaign is known; None if there is none.

        Either all were read at that time, or all were read once and every change since.
        """
        proven = [each for each in (self.whole.proven_at, self.latest.whole_at) if each]
        if not proven:
            return None
        latest = self.latest
        if latest.since and latest.read_at and latest.since <= max(proven):
            return max(*proven, latest.read_at)
        return max(proven)

    def knows_all(self, since: datetime) -> bool:
        """Return whether every campaign is known as of that time or later."""
        return self.as_of is not None and self.as_of >= since

    @property
    def progress(self) -> ListProgress:
        """Return how far the list is read."""
        goes_on, kind = self.is_first_reading, self.kind
        if self.latest.read is not None:
            return ListProgress(kind=kind, read=self.latest.read, total=self.latest.total)
        whole = self.whole
        return ListProgress(kind=kind, read=whole.read, total=whole.total, goes_on=goes_on)

    @property
    def is_first_reading(self) -> bool:
        """Return whether the list is still read for the first time."""
        return self.as_of is None and self.whole.ended_at is None


class Running(Frozen):
    """The campaigns that run; unless it is `complete`, others may run too."""

    campaigns: tuple[Snapshot, ...]
    complete: bool
