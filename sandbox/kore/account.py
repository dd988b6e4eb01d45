"""The account that operations work on: its state, its time, and how fast it works."""

from datetime import datetime, timedelta
from typing import Literal

from sandbox.clock import Clock
from sandbox.kore import console
from sandbox.kore.console import CampaignRow
from sandbox.kore.running import advance
from sandbox.kore.seed import seeded
from sandbox.kore.state import Campaign, State

Paging = Literal["add", "skip", "page", "skip_pages"]
"""How `skip` and `page` go together, which the documents do not say.

They add up; or only `skip` counts, or only `page`; or only `skip` counts, in pages.
"""


class Account:
    """One Kore.ai account with one application.

    Attributes:
        preparing_seconds: how long a new voice campaign stays Preparing.
        list_lag_seconds: how long a new campaign is missing from search answers.
        contacts_per_minute: how fast a run that begins goes through its contacts.
        paging: how a search reads `skip` and `page`.
        rows_max: the most rows a search answers, whatever its `limit`; None for as many as asked.
        tells_total: whether a search answers `totalResults` and `totalPages`.
        lists_as_page: whether contact lists come as the `results` of a page, not as an array.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.preparing_seconds = 2.0
        self.list_lag_seconds = 0.0
        self.contacts_per_minute = 12.0
        self.paging: Paging = "add"
        self.rows_max: int | None = None
        self.tells_total = True
        self.lists_as_page = False
        self._state = seeded(clock.now())

    @property
    def state(self) -> State:
        """What the account holds at this moment of its clock."""
        self.settle()
        return self._state

    @property
    def interval(self) -> timedelta:
        """From one contact to the next."""
        return timedelta(minutes=1) / self.contacts_per_minute

    @property
    def next_event(self) -> datetime | None:
        """The next moment, in UTC, at which a run begins, or None if none does."""
        return console.next_event(self._state)

    @property
    def console(self) -> tuple[CampaignRow, ...]:
        """The campaigns as they were when the account was last settled, the oldest first."""
        return console.rows(self._state)

    def settle(self) -> None:
        """Let everything happen that does by this moment of the clock.

        How often this is called makes no difference to what happens.
        """
        advance(self._state, self.clock.now(), self.interval)

    def ready_at(self, created: datetime) -> datetime:
        """When a voice campaign created then has been prepared."""
        return created + timedelta(seconds=self.preparing_seconds)

    def listed(self, campaign: Campaign) -> bool:
        """Whether search answers show the campaign yet."""
        lag = timedelta(seconds=self.list_lag_seconds)
        return campaign.created_at + lag <= self.clock.now()
