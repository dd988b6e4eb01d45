"""Remembers which methods Slack takes no more calls of for now.

Source: docs.slack.dev/apis/web-api/rate-limits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from bot.slack.errors import RateLimited
from bot.slack.methods import Method


class RateLimits:
    """Keeps every caller of a method to the wait that Slack asked for."""

    def __init__(self) -> None:
        self._closed_until: dict[Method, float] = {}

    @contextmanager
    def kept(self, method: Method) -> Iterator[None]:
        """Make a call in the block, unless an earlier one was told to wait.

        Raises:
            RateLimited: the wait is not over, or this call is told to wait.
        """
        left = self._closed_until.get(method, 0.0) - monotonic()
        if left > 0:
            raise RateLimited(method.value.name, left)
        try:
            yield
        except RateLimited as error:
            self._closed_until[method] = monotonic() + error.retry_after
            raise
