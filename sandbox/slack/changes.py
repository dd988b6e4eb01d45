"""Waits for the bot's next action without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Wakes the tasks that wait for a change in the workspace."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def note(self) -> None:
        """Report that something changed."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(
        self, find: Callable[[], Found | None], *, within: float, missing: Callable[[], str]
    ) -> Found:
        """Call `find` now and after each change until it returns a value, and return that.

        Raises:
            TimeoutError: No value came `within` this many seconds; `missing` gives the message.
        """
        try:
            async with asyncio.timeout(within):
                while (found := find()) is None:
                    await self._next.wait()
                return found
        except TimeoutError:
            raise TimeoutError(missing()) from None
