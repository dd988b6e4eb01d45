"""Waiting for what the bot does next, without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Changes:
    """Wakes whoever waits for the workspace to look different."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def note(self) -> None:
        """Say that something changed."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(
        self, find: Callable[[], Found | None], *, within: float, missing: Callable[[], str]
    ) -> Found:
        """What `find` gives as soon as it gives something, looking again after each change.

        Raises:
            TimeoutError: nothing came `within` so many seconds; says what was `missing`.
        """
        try:
            async with asyncio.timeout(within):
                while (found := find()) is None:
                    await self._next.wait()
                return found
        except TimeoutError:
            raise TimeoutError(missing()) from None
