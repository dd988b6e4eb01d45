"""The account that operations work on: its state, its clock and its speed."""

from datetime import datetime, timedelta
from typing import Literal

from sandbox.clock import Clock
from sandbox.kore import console
from sandbox.kore.console import CampaignRow
from sandbox.kore.running import advance
from sandbox.kore.seed import seeded
from sandbox.kore.state import State

Paging = Literal["add", "skip", "page", "skip_pages"]
"""How a search combines `skip` and `page`, which the documentation does not say.

"add" adds both; "skip" and "page" use only that field; "skip_pages" uses `skip` as a number of
pages.
"""


Kept = Literal["always", "as_sent", "never"]
"""Whether an update keeps the campaign's schedule, which the documentation does not say.

"as_sent" keeps it if the body has `isSchedulingEnabled: true`.
"""


class Account:
    """One Kore.ai account with one application.

    Attributes:
        preparing_seconds: how long a new voice campaign stays Preparing.
        adding_seconds: how long accepted contacts are missing from their list.
        list_lag_seconds: how long a new campaign is missing from search answers.
        contacts_per_minute: how fast new runs go through their contacts.
        paging: how a search reads `skip` and `page`.
        rows_max: the most rows a search returns, whatever its `limit`; None for no maximum.
        tells_total: whether a search returns `totalResults` and `totalPages`.
        sorts: whether a search honors `sortBy`; if not, the oldest campaign comes first.
        filters: whether a search honors `filters.status`.
        keeps_schedule: whether an update keeps the campaign's schedule.
        lists_as_page: whether contact lists are returned in the `results` of a page, not as an
            array.
        tells_columns: whether contact lists have their `columns`, as in the samples; the tables of
            the answers' fields do not name them.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.preparing_seconds = 2.0
        self.adding_seconds = 0.0
        self.list_lag_seconds = 0.0
        self.contacts_per_minute = 12.0
        self.paging: Paging = "add"
        self.rows_max: int | None = None
        self.tells_total = True
        self.sorts = True
        self.filters = True
        self.keeps_schedule: Kept = "always"
        self.lists_as_page = False
        self.tells_columns = True
        self._state = seeded(clock.now())

    @property
    def state(self) -> State:
        """Return the account's content at the current time of its clock."""
        self.settle()
        return self._state

    @property
    def touches(self) -> bool:
        """Return whether a change of a campaign's status also moves its `updatedAt`."""
        return self._state.touches

    @touches.setter
    def touches(self, touches: bool) -> None:
        self._state.touches = touches

    @property
    def whole_seconds(self) -> bool:
        """Return whether `createdAt` and `updatedAt` are rounded down to whole seconds."""
        return self._state.whole_seconds

    @whole_seconds.setter
    def whole_seconds(self, whole_seconds: bool) -> None:
        self._state.whole_seconds = whole_seconds

    @property
    def interval(self) -> timedelta:
        """Return the time from one contact to the next."""
        return timedelta(minutes=1) / self.contacts_per_minute

    @property
    def next_event(self) -> datetime | None:
        """Return when the next run begins, in UTC, or None if no run is planned."""
        return console.next_event(self._state)

    @property
    def console(self) -> tuple[CampaignRow, ...]:
        """Return the campaigns as of the last `settle`, the oldest first."""
        return console.rows(self._state)

    def last_changed(self, at_most: int) -> tuple[CampaignRow, ...]:
        """Return the campaigns that were changed last as of the last `settle`, the oldest first."""
        return console.last_changed(self._state, at_most)

    def settle(self) -> None:
        """Bring the account up to the current time of its clock.

        The result does not depend on how often this is called.
        """
        now = self.clock.now()
        for each in self._state.contact_lists.values():
            each.arrive(now)
        advance(self._state, now, self.interval)

    def ready_at(self, created: datetime) -> datetime:
        """Return when a voice campaign created at that time becomes Ready."""
        return created + timedelta(seconds=self.preparing_seconds)

    @property
    def listed_until(self) -> datetime:
        """Return up to which time of creation search answers already contain the campaigns."""
        return self.clock.now() - timedelta(seconds=self.list_lag_seconds)
