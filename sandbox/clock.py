"""The time in the sandbox: real time, plus whatever it was set forward by."""

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that can be set forward, shared by the pretend services of one sandbox.

    `ahead` is how far it is before real time.
    """

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The sandbox's present moment, aware, in UTC."""
        return datetime.now(UTC) + self.ahead

    def forward(self, by: timedelta) -> None:
        """Set the clock forward; it never goes back, as no service expects that."""
        self.ahead += max(by, timedelta())
