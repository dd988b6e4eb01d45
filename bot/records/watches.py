"""Stores what channels follow, and tells them what changes."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby

from sqlalchemy import Connection, delete, select, update

from bot.campaigns.changes import CampaignChange
from bot.campaigns.notifications import WatchedChanges
from bot.campaigns.watches import Watch
from bot.records.clock import database_now
from bot.records.tables import outbox, watches
from bot.records.telling import put
from bot.records.writing import Look, Write, add_new

# So long are changes gathered before a channel is told of them: many at once are one message.
GATHERED_FOR = timedelta(seconds=10)

_table = watches.c


class Watches:
    """What channels follow. Every call is one transaction."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._look = look
        self._write = write

    async def add(self, watch: Watch) -> bool:
        """Store a watch; return False if the channel follows the same already."""
        return await self._write(partial(_add, watch))

    async def of(self, channel: str) -> list[Watch]:
        """Return what a channel follows, the earliest first."""
        query = select(_table.content).where(_table.channel == channel)
        query = query.order_by(_table.since, _table.id)
        rows = await self._look(lambda db: list(db.execute(query).scalars()))
        return [Watch.model_validate(each) for each in rows]

    async def remove(self, watch_id: str) -> bool:
        """Forget a watch; return False if it was not there."""
        gone = delete(watches).where(_table.id == watch_id)
        return await self._write(lambda db: db.execute(gone).rowcount == 1)

    async def forget(self, channel: str) -> None:
        """Forget what a channel follows, because the bot cannot post there any more."""
        gone = delete(watches).where(_table.channel == channel)
        await self._write(lambda db: db.execute(gone))


def tell_watchers(changes: Sequence[CampaignChange], db: Connection) -> None:
    """Tell the channels of those changes that they follow, in a transaction."""
    if not changes:
        return
    rows = db.execute(select(_table.content).order_by(_table.channel)).scalars()
    every = [Watch.model_validate(each) for each in rows]
    for channel, theirs in groupby(every, lambda each: each.channel):
        followed = list(theirs)
        told = [each for each in changes if any(watch.tells(each) for watch in followed)]
        if told and not _joined(channel, told, db):
            _tell(channel, told, db)


def _add(watch: Watch, db: Connection) -> bool:
    row = {
        "id": watch.id,
        "channel": watch.channel,
        "since": watch.since,
        "content": watch.model_dump(mode="json"),
    }
    return add_new(db, watches, row)


def _joined(channel: str, told: Iterable[CampaignChange], db: Connection) -> bool:
    """Add changes to a message of the channel that nobody has begun to send; False without one."""
    waits = (
        outbox.c.key.startswith(f"{channel} watched ", autoescape=True),
        outbox.c.kind == "watched",
        outbox.c.due_at.is_not(None),
        outbox.c.claims == 0,
    )
    row = db.execute(select(outbox.c.key, outbox.c.content).where(*waits).with_for_update()).first()
    if row is None:
        return False
    gathered = WatchedChanges.model_validate(row.content).and_also(told)
    these = update(outbox).where(outbox.c.key == row.key, outbox.c.claims == 0)
    return db.execute(these.values(content=gathered.model_dump(mode="json"))).rowcount == 1


def _tell(channel: str, told: Iterable[CampaignChange], db: Connection) -> None:
    at = int(database_now(db).timestamp() * 1_000_000)
    content = WatchedChanges(channel=channel, changes=()).and_also(told)
    put(db, f"{channel} watched {at}", content, after=GATHERED_FOR)
