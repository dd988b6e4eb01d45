"""Runs work after the response to Slack that need not survive a restart."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

MOST_AT_ONCE = 50
DRAIN_SECONDS = 5.0


class BackgroundTasks:
    """Runs a limited number of coroutines at once, and waits for them at shutdown.

    Nobody awaits these tasks, so failures are logged: those of the `expected` classes in a line,
    and others, which are bugs, with a traceback.
    """

    def __init__(self, *expected: type[Exception]) -> None:
        self._expected = expected
        self._running: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a coroutine as a background task."""
        task = asyncio.create_task(self._run(work))
        # The event loop keeps only weak references; without this one, a task could disappear.
        self._running.add(task)
        task.add_done_callback(self._done)

    async def drain(self) -> None:
        """Wait for the running tasks, and cancel those that take too long."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        async with self._places:
            await work

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, self._expected):
            log.warning("background_task.failed", reason=type(error).__name__)
        elif error:
            log.error("background_task.failed", exc_info=error)
