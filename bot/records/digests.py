"""Stores when channels get their digests, and puts those that are due into the outbox."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, delete, select, update

from bot.campaigns.digests import DigestTime
from bot.campaigns.notifications import DigestNotice
from bot.records.clock import database_now
from bot.records.database import one_writer
from bot.records.tables import digests
from bot.records.telling import put
from bot.records.writing import Look, Write, upsert

_table = digests.c


class Digests:
    """When channels get their digests. Every call is one transaction."""

    def __init__(self, look: Look, write: Write, write_news: Write) -> None:
        """Use these to read from and write to the records; `write_news` may add to the outbox."""
        self._look = look
        self._write = write
        self._write_news = write_news

    async def keep(self, chosen: DigestTime) -> None:
        """Store when a channel gets its digest, from the next time on."""
        await self._write(partial(_keep, chosen))

    async def of(self, channel: str) -> DigestTime | None:
        """Return when a channel gets its digest; None if it gets none."""
        query = select(_table.content).where(_table.channel == channel)
        found = await self._look(lambda db: db.execute(query).scalar())
        return DigestTime.model_validate(found) if found else None

    async def stop(self, channel: str) -> bool:
        """Let a channel get no more digests; return False if it got none."""
        gone = delete(digests).where(_table.channel == channel)
        return await self._write(lambda db: db.execute(gone).rowcount == 1)

    async def tell_due(self) -> None:
        """Tell the channels whose digest is due."""
        if await self._look(_is_due):
            await self._write_news(_tell_due)


def _keep(chosen: DigestTime, db: Connection) -> None:
    now = database_now(db)
    row = {
        "channel": chosen.channel,
        "due_at": chosen.after(now),
        "told_at": now,
        "content": chosen.model_dump(mode="json"),
    }
    upsert(db, digests, row, ["channel"])


def _is_due(db: Connection) -> bool:
    query = select(_table.channel).where(_table.due_at <= database_now(db)).limit(1)
    return db.execute(query).first() is not None


def _tell_due(db: Connection) -> None:
    one_writer(db)
    now = database_now(db)
    for row in db.execute(select(digests).where(_table.due_at <= now)).all():
        chosen = DigestTime.model_validate(row.content)
        notice = DigestNotice(chosen=chosen, since=row.told_at)
        put(db, f"{row.channel} digest {row.due_at.isoformat()}", notice)
        _move_on(chosen, now, db)


def _move_on(chosen: DigestTime, now: datetime, db: Connection) -> None:
    this = update(digests).where(_table.channel == chosen.channel)
    db.execute(this.values(due_at=chosen.after(now), told_at=now))
