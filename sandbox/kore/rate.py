"""The account's rate limit: so many requests in any 60 seconds.

https://docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai
"""

from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)


class RollingMinute:
    """The requests let through in the last minute; refused ones do not count."""

    def __init__(self) -> None:
        self._passed: deque[datetime] = deque()

    def wait(self, limit: int, now: datetime) -> timedelta | None:
        """None if a request may pass now, and then it has passed; else how long until one may."""
        while self._passed and self._passed[0] <= now - WINDOW:
            self._passed.popleft()
        if len(self._passed) >= limit:
            return self._passed[0] + WINDOW - now
        self._passed.append(now)
        return None
