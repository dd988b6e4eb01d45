"""The account that operations work on: its state, its time, and how fast it works."""

from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.kore.seed import seeded
from sandbox.kore.state import Campaign, State


class Account:
    """One Kore.ai account with one application.

    Attributes:
        preparing_seconds: how long a new voice campaign stays Preparing.
        list_lag_seconds: how long a new campaign is missing from search answers.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.preparing_seconds = 2.0
        self.list_lag_seconds = 0.0
        self._state = seeded(clock.now())

    @property
    def state(self) -> State:
        """What the account holds at this moment of its clock."""
        self._state.settle(self.clock.now())
        return self._state

    def ready_at(self, created: datetime) -> datetime:
        """When a voice campaign created then has been prepared."""
        return created + timedelta(seconds=self.preparing_seconds)

    def listed(self, campaign: Campaign) -> bool:
        """Whether search answers show the campaign yet."""
        lag = timedelta(seconds=self.list_lag_seconds)
        return campaign.created_at + lag <= self.clock.now()
