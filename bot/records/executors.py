"""Registers the processes that share a PostgreSQL database, with their heartbeats."""

from datetime import timedelta
from functools import partial

from pydantic import AwareDatetime
from sqlalchemy import Connection, delete, insert, or_, select, update

from bot.campaigns.values import Frozen
from bot.records.clock import database_now
from bot.records.database import one_writer
from bot.records.tables import executors
from bot.records.versions import code_version, refuse_newer
from bot.records.writing import Write


class Heartbeat(Frozen):
    """An executor's last heartbeat, its process run, and when another executor took over its work.

    `run` is None after an orderly shutdown.
    """

    run: str | None
    seen_at: AwareDatetime
    taken_at: AwareDatetime | None


class Executors:
    """The register of executors."""

    def __init__(self, write: Write) -> None:
        self._write = write

    async def last(self, name: str) -> Heartbeat | None:
        """Return the last heartbeat of an executor; None if the name is not registered."""
        return await self._write(partial(_last, name))

    async def join(self, name: str, run: str, after: Heartbeat | None) -> bool:
        """Register a run if `after` is still the last heartbeat; False if another came first.

        Raises:
            DatabaseFault: a newer version of the bot has changed the database meanwhile.
        """
        return await self._write(partial(_join, name, run, after))

    async def beat(self, name: str, run: str) -> bool:
        """Record a heartbeat. Return False if another executor has taken over this run's work."""
        return await self._write(partial(_beat, name, run)) == 1

    async def claim(self, lease: timedelta) -> list[str]:
        """Claim the executors silent for longer than `lease`, each for as long."""
        return await self._write(partial(_claim, lease))

    async def forget(self, name: str) -> None:
        """Delete an executor whose work was taken over."""
        gone = delete(executors).where(executors.c.name == name, executors.c.taken_at.is_not(None))
        await self._write(lambda db: db.execute(gone))

    async def leave(self, name: str, run: str) -> None:
        """End a run in order.

        Its remaining work waits for its next run or, after the lease, for other executors.
        """
        mine = (executors.c.name == name, executors.c.run == run)
        await self._write(lambda db: db.execute(update(executors).where(*mine).values(run=None)))


def _last(name: str, db: Connection) -> Heartbeat | None:
    row = db.execute(select(executors).where(executors.c.name == name)).mappings().first()
    return Heartbeat(**{key: row[key] for key in Heartbeat.model_fields}) if row else None


def _join(name: str, run: str, after: Heartbeat | None, db: Connection) -> bool:
    one_writer(db)
    # A newer version looks for live processes only before it migrates, under the same lock.
    refuse_newer(db)
    if _last(name, db) != after:
        return False
    db.execute(delete(executors).where(executors.c.name == name))
    mine = {"name": name, "run": run, "seen_at": database_now(db), "version": code_version()}
    db.execute(insert(executors).values(mine))
    return True


def _beat(name: str, run: str, db: Connection) -> int:
    mine = (executors.c.name == name, executors.c.run == run, executors.c.taken_at.is_(None))
    return db.execute(update(executors).where(*mine).values(seen_at=database_now(db))).rowcount


def _claim(lease: timedelta, db: Connection) -> list[str]:
    one_writer(db)
    now = database_now(db)
    silent = executors.c.seen_at < now - lease
    # An earlier claimant may have died before it finished.
    free = or_(executors.c.taken_at.is_(None), executors.c.taken_at < now - lease)
    names = list(db.execute(select(executors.c.name).where(silent, free)).scalars())
    db.execute(update(executors).where(executors.c.name.in_(names)).values(taken_at=now))
    return names
