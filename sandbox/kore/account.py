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


class Account:
    """One Kore.ai account with one application.

    Attributes:
        preparing_seconds: how long a new voice campaign stays Preparing.
        list_lag_seconds: how long a new campaign is missing from search answers.
        contacts_per_minute: how fast new runs go through their contacts.
        paging: how a search reads `skip` and `page`.
        rows_max: the most rows a search returns, whatever its `limit`; None for no maximum.
        tells_total: whether a search returns `totalResults` and `totalPages`.
        sorts: whether a search honors `sortBy`; if not, the oldest campaign comes first.
        filters: whether a search honors `filters.status`.
        lists_as_page: whether contact lists are returned in the `results` of a page, not as an
            array.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.preparing_seconds = 2.0
        self.list_lag_seconds = 0.0
        self.contacts_per_minute = 12.0
        self.paging: Paging = "add"
        self.rows_max: int | None = None
        self.tells_total = True
        self.sorts = True
        self.filters = True
        self.lists_as_page = False
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
        advance(self._state, self.clock.now(), self.interval)

    def ready_at(self, created: datetime) -> datetime:
        """Return when a voice campaign created at that time becomes Ready."""
        return created + timedelta(seconds=self.preparing_seconds)

    @property
    def listed_until(self) -> datetime:
        """Return up to which time of creation search answers already contain the campaigns."""
        return self.clock.now() - timedelta(seconds=self.list_lag_seconds)
