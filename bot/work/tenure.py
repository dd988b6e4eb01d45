"""The right to work on a database: alone on a SQLite file, under a lease on PostgreSQL.

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

from bot.records import Beat, DatabaseFault, Executors
from bot.records.database import lock_file, sqlite_file

log = structlog.get_logger()

# So many times a lease is renewed before it would run out.
BEATS = 10


class EngineBusy(Exception):
    """Another process works in this one's place; two would do everything twice."""


class Tenure(Protocol):
    """What an engine holds while it works."""

    async def begin(self) -> None:
        """Take it up.

        Raises:
            EngineBusy: another process has it.
        """

    async def hold(self) -> None:
        """Return if it is still held; a process that has lost it goes no further."""

    async def end(self) -> None:
        """Let it go."""


class Alone:
    """The one process on a SQLite file, by a lock that ends with the process."""

    def __init__(self, url: str) -> None:
        file = sqlite_file(url)
        assert file  # noqa: S101 # tells the type checker; others hold a lease
        self._file = file
        self._lock = FileLock(lock_file(file))

    async def begin(self) -> None:
        """Lock the file."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise EngineBusy(
                f"another campaign-bot works on {self._file}: stop it first, "
                "or give this one another DATABASE_URL"
            ) from None

    async def hold(self) -> None:
        """Nobody can take a lock away."""

    async def end(self) -> None:
        """Unlock the file."""
        self._lock.release()


class Lease:
    """One of several processes on a PostgreSQL database, which takes over what others leave.

    The lease must be longer than any stall: who does not renew it in time is taken for dead.
    """

    def __init__(
        self,
        executors: Executors,
        name: str,
        lease: timedelta,
        take_over: Callable[[str], Awaitable[None]],
    ) -> None:
        self._executors = executors
        self._name = name
        self._life = uuid4().hex
        self._lease = lease
        self._take_over = take_over

    async def begin(self) -> None:
        """Enter this life, once it is seen that no other process has the name.

        After a crash that takes some beats: only by watching can it be told from a living one.
        """
        before = now = await self._executors.last(self._name)
        if before and before.life:
            await asyncio.sleep(3 * self._beat_seconds)
            now = await self._taken_over()
        is_alive = before and now and now.life and now.seen_at != before.seen_at
        if is_alive or not await self._executors.join(self._name, self._life, now):
            raise EngineBusy(
                f"another campaign-bot runs as {self._name}: stop it first, "
                "or give this one another EXECUTOR_ID"
            )
        self._keeper = asyncio.create_task(self._keep())

    async def hold(self) -> None:
        """Renew the lease. A process that has lost it ends, and its supervisor begins anew."""
        if await self._executors.beat(self._name, self._life):
            return
        log.error("lease.lost", executor=self._name)
        self._keeper.cancel()
        signal.raise_signal(signal.SIGTERM)
        await asyncio.Event().wait()

    async def end(self) -> None:
        """Leave what is not finished to the next life, or to the others once the lease is over."""
        self._keeper.cancel()
        with contextlib.suppress(DatabaseFault):
            await self._executors.leave(self._name, self._life)

    async def _taken_over(self) -> Beat | None:
        """The last beat under this name, once nobody is taking its work over, or died over it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._lease.total_seconds()):
                # Another process takes it over, and says so in the database alone.
                while (now := await self._executors.last(self._name)) and now.taken_at:  # noqa: ASYNC110
                    await asyncio.sleep(self._beat_seconds)
        return await self._executors.last(self._name)

    @property
    def _beat_seconds(self) -> float:
        return self._lease.total_seconds() / BEATS

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._beat_seconds)
            try:
                await self.hold()
                for name in await self._executors.claim(self._lease):
                    log.warning("lease.taken_over", executor=name)
                    await self._take_over(name)
                    await self._executors.forget(name)
            except DatabaseFault as fault:
                log.warning("lease.not_renewed", fault=str(fault))
