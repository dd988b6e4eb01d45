"""Remembers which methods Slack takes no more calls of for now.

Source: docs.slack.dev/apis/web-api/rate-limits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from bot.slack.errors import RateLimited
from bot.slack.methods import Method

# How long callers wait for the one that finds out whether the wait was long enough.
TRIED_SECONDS = 1.0


class RateLimits:
    """Keeps every caller of a method to the wait that Slack asked for.

    After it, a single call is made first: all at once, they would be told to wait again.
    """

    def __init__(self) -> None:
        self._closed_until: dict[Method, float] = {}
        self._tried: set[Method] = set()

    @contextmanager
    def kept(self, method: Method) -> Iterator[None]:
        """Make a call in the block, unless an earlier one was told to wait.

        Raises:
            RateLimited: the wait is not over, or this call is told to wait.
        """
        if wait := self._wait(method):
            raise RateLimited(method.value.name, wait)
        if method in self._closed_until:
            self._tried.add(method)
        try:
            yield
        except RateLimited as error:
            self._closed_until[method] = monotonic() + error.retry_after
            raise
        else:
            self._closed_until.pop(method, None)
        finally:
            self._tried.discard(method)

    def _wait(self, method: Method) -> float:
        """Return the seconds before a call may be made; 0 if it may be made now."""
        left = self._closed_until.get(method, 0.0) - monotonic()
        return left if left > 0 else TRIED_SECONDS * (method in self._tried)
