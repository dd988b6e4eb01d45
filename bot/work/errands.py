"""Short errands after the answer to Slack, for what need not survive a restart."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

MOST_AT_ONCE = 50
DRAIN_SECONDS = 5.0


class Errands:
    """Runs errands beside the answers, a bounded number at once, and waits for them at the end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    def start(self, errand: Coroutine[Any, Any, None]) -> None:
        """Run an errand; its failure is logged, as nobody waits for it."""
        task = asyncio.create_task(self._run(errand))
        # The loop holds tasks weakly: without this reference an errand could vanish half-way.
        self._running.add(task)
        task.add_done_callback(self._done)

    async def drain(self) -> None:
        """Wait for what is under way, and cut off what takes too long."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()

    async def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        async with self._places:
            await errand

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("errand.failed", exc_info=error)
