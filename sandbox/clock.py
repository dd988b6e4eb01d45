"""The time in the sandbox: real time plus the time the clock was set forward."""

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that can be set forward, shared by the pretend services of one sandbox.

    `ahead` is how far the clock is ahead of real time.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """Return the sandbox's current time as an aware datetime in UTC."""
        return datetime.now(UTC) + self.ahead

    def forward(self, by: timedelta) -> None:
        """Set the clock forward; it never goes back, because no service expects that."""
        self.ahead += max(by, timedelta())
