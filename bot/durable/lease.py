"""Leases: only one process may use a SQLite file, or one executor name on PostgreSQL.

Two processes that consider each other's work their own would do everything twice. DBOS does not
stop a process that returns after its work was taken over; a lease does.
"""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol
from uuid import uuid4

import structlog
from filelock import FileLock, Timeout

from bot.durable.stopwatch import Stopwatch
from bot.records import DatabaseFault, Executors, Heartbeat
from bot.records.database import lock_file, sqlite_file

log = structlog.get_logger()

# Number of renewals within a lease's length.
RENEWALS = 10


class LeaseTaken(Exception):
    """Another process holds the lease."""


class Lease(Protocol):
    """The lease that an engine holds while it works."""

    async def acquire(self) -> None:
        """Acquire the lease.

        Raises:
            LeaseTaken: another process holds it.
        """

    async def confirm(self) -> None:
        """Return if the lease is still held. Otherwise end the process."""

    async def hold(self, seconds: float) -> None:
        """Return once the lease surely lasts for `seconds` more. If it is lost, end the process."""

    async def release(self) -> None:
        """Release the lease."""


class FileLease:
    """A lock on a SQLite file, which ends with the process."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        assert file  # noqa: S101 # for the type checker; PostgreSQL uses ExecutorLease
        self._file = file
        self._lock = FileLock(lock_file(file))

    async def acquire(self) -> None:
        """Lock the file."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LeaseTaken(
                f"another campaign-bot works on {self._file}: stop it first, "
                "or give this one another DATABASE_URL"
            ) from None

    async def confirm(self) -> None:
        """Return, because nobody can take a file lock away."""

    async def hold(self, seconds: float) -> None:
        """Return, as `confirm` does."""

    async def release(self) -> None:
        """Unlock the file."""
        self._lock.release()


class ExecutorLease:
    """The lease of one of several processes on a PostgreSQL database, by executor name.

    If a lease is not renewed in time, its process counts as dead and others take over its work.
    """

    def __init__(
        self,
        executors: Executors,
        name: str,
        length: timedelta,
        take_over: Callable[[str], Awaitable[None]],
    ) -> None:
        """Acquire nothing yet. `take_over` is called with the name of each dead executor."""
        self._executors = executors
        self._name = name
        self._run = uuid4().hex
        self._length = length
        self._take_over = take_over
        self._renewed: Stopwatch | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def acquire(self) -> None:
        """Register this run after checking that no other live process has the name.

        After a crash this takes some heartbeats, as only watching tells a dead process from a live
        one.
        """
        before = now = await self._executors.last(self._name)
        if before and before.run:
            await asyncio.sleep(3 * self._renewal_seconds)
            now = await self._after_take_over()
        asked = Stopwatch()
        is_alive = before and now and now.run and now.seen_at != before.seen_at
        if is_alive or not await self._executors.join(self._name, self._run, now):
            raise LeaseTaken(
                f"another campaign-bot runs as {self._name}: stop it first, "
                "or give this one another EXECUTOR_ID"
            )
        self._renewed = asked
        self._keeper = asyncio.create_task(self._keep())
        self._keeper.add_done_callback(_end_if_it_failed)

    async def confirm(self) -> None:
        """Renew the lease. If it is lost, end the process for its supervisor to restart."""
        # Before the database notes the time, so that this lease ends before others may claim it.
        asked = Stopwatch()
        if await self._executors.beat(self._name, self._run):
            self._renewed = asked
            return
        log.error("lease.lost", executor=self._name)
        self._stop_keeping()
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    async def hold(self, seconds: float) -> None:
        """Return once the lease surely lasts for `seconds` more, after renewing it if necessary.

        Nothing is awaited after the last look at the clocks.
        """
        while self._seconds_left < seconds:
            await self.confirm()

    async def release(self) -> None:
        """Leave unfinished work to the next run, or to others once the lease expires."""
        self._stop_keeping()
        self._renewed = None
        with contextlib.suppress(DatabaseFault):
            await self._executors.leave(self._name, self._run)

    async def _after_take_over(self) -> Heartbeat | None:
        """Return the name's last heartbeat after any take-over of its work has ended."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._length.total_seconds()):
                # Another process is taking over, which only the database shows.
                while (now := await self._executors.last(self._name)) and now.taken_at:  # noqa: ASYNC110
                    await asyncio.sleep(self._renewal_seconds)
        return await self._executors.last(self._name)

    def _stop_keeping(self) -> None:
        if self._keeper:
            self._keeper.cancel()

    @property
    def _seconds_left(self) -> float:
        return self._length.total_seconds() - self._renewed.seconds() if self._renewed else 0.0

    @property
    def _renewal_seconds(self) -> float:
        return self._length.total_seconds() / RENEWALS

    async def _keep(self) -> None:
        """Renew the lease and take over from dead executors, whatever fault the database has.

        A claim that could not be finished is free for others again after the lease's length.
        """
        while True:
            await asyncio.sleep(self._renewal_seconds)
            with contextlib.suppress(DatabaseFault):
                await self.confirm()
                for name in await self._executors.claim(self._length):
                    log.warning("lease.taken_over", executor=name)
                    await self._take_over(name)
                    await self._executors.forget(name)


def _end_if_it_failed(keeper: asyncio.Task[None]) -> None:
    """End the process if its lease is no longer renewed because of a bug."""
    if not keeper.cancelled() and (error := keeper.exception()):
        log.error("lease.keeper_failed", exc_info=error)
        signal.raise_signal(signal.SIGTERM)
