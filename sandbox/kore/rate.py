"""The account's rate limit: a number of requests in any 60 seconds.

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
