"""The account's rate limit: a number of requests in any 60 seconds; and how many there were.

https://docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai
"""

from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)


class RollingMinute:
    """The accepted requests of the last minute; refused requests do not count."""

    def __init__(self) -> None:
        self._passed: deque[datetime] = deque()

    def wait(self, limit: int, now: datetime) -> timedelta | None:
        """Count a request and return None, or return how long it must wait."""
        while self._passed and self._passed[0] <= now - WINDOW:
            self._passed.popleft()
        if len(self._passed) >= limit:
            return self._passed[0] + WINDOW - now
        self._passed.append(now)
        return None


class CallCount:
    """How many requests arrived, refused ones too.

    Attributes:
        in_all: the number of all requests.
    """

    def __init__(self) -> None:
        self.in_all = 0
        self._latest: deque[datetime] = deque()

    def add(self, now: datetime) -> None:
        """Count a request."""
        self.in_all += 1
        self._latest.append(now)
        self.last_minute(now)

    def last_minute(self, now: datetime) -> int:
        """Return the number of requests in the minute before `now`."""
        while self._latest and self._latest[0] <= now - WINDOW:
            self._latest.popleft()
        return len(self._latest)
