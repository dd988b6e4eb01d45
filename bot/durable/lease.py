"""Leases: only one process may work on a SQLite file, or under one name on PostgreSQL.

Two processes that took each other's work for their own would do everything twice. DBOS tolerates a
process that comes back after its work was given to others, and does not prevent it; a lease does.
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

from bot.records import DatabaseFault, Executors, Heartbeat
from bot.records.database import lock_file, sqlite_file

log = structlog.get_logger()

# A lease is renewed so many times before it would run out.
RENEWALS = 10


class LeaseTaken(Exception):
    """Another process holds the lease; two would do everything twice."""


class Lease(Protocol):
    """What an engine holds while it works."""

    async def acquire(self) -> None:
        """Begin to hold it.

        Raises:
            LeaseTaken: another process holds it.
        """

    async def confirm(self) -> None:
        """Return if it is still held; a process that has lost it goes no further."""

    async def release(self) -> None:
        """Let it go."""


class FileLease:
    """The one process on a SQLite file, by a lock that ends with the process."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        assert file  # noqa: S101 # tells the type checker; PostgreSQL has the other lease
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
        """Return: nobody can take a file lock away."""

    async def release(self) -> None:
        """Unlock the file."""
        self._lock.release()


class ExecutorLease:
    """One of several processes on a PostgreSQL database, each under an executor name of its own.

    A lease that is not renewed in time is taken for a dead process's, and others take its work
    over: it must be longer than any stall.
    """

    def __init__(
        self,
        executors: Executors,
        name: str,
        length: timedelta,
        take_over: Callable[[str], Awaitable[None]],
    ) -> None:
        """Hold nothing yet. `take_over` is given the name of each executor that died."""
        self._executors = executors
        self._name = name
        self._run = uuid4().hex
        self._length = length
        self._take_over = take_over

    async def acquire(self) -> None:
        """Register this run, once it is seen that no other process has the name.

        After a crash that takes some heartbeats: only by watching can a dead process be told from
        a living one.
        """
        before = now = await self._executors.last(self._name)
        if before and before.run:
            await asyncio.sleep(3 * self._renewal_seconds)
            now = await self._after_take_over()
        is_alive = before and now and now.run and now.seen_at != before.seen_at
        if is_alive or not await self._executors.join(self._name, self._run, now):
            raise LeaseTaken(
                f"another campaign-bot runs as {self._name}: stop it first, "
                "or give this one another EXECUTOR_ID"
            )
        self._keeper = asyncio.create_task(self._keep())

    async def confirm(self) -> None:
        """Renew the lease. A process that has lost it ends, and its supervisor restarts it."""
        if await self._executors.beat(self._name, self._run):
            return
        log.error("lease.lost", executor=self._name)
        self._keeper.cancel()
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    async def release(self) -> None:
        """Leave unfinished work to the next run, or to others once the lease is over."""
        self._keeper.cancel()
        with contextlib.suppress(DatabaseFault):
            await self._executors.leave(self._name, self._run)

    async def _after_take_over(self) -> Heartbeat | None:
        """The last heartbeat under this name, once nobody is taking its work over any more."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._length.total_seconds()):
                # Another process takes it over, and says so in the database alone.
                while (now := await self._executors.last(self._name)) and now.taken_at:  # noqa: ASYNC110
                    await asyncio.sleep(self._renewal_seconds)
        return await self._executors.last(self._name)

    @property
    def _renewal_seconds(self) -> float:
        return self._length.total_seconds() / RENEWALS

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._renewal_seconds)
            try:
                await self.confirm()
                for name in await self._executors.claim(self._length):
                    log.warning("lease.taken_over", executor=name)
                    await self._take_over(name)
                    await self._executors.forget(name)
            except DatabaseFault as fault:
                log.warning("lease.not_renewed", fault=str(fault))
