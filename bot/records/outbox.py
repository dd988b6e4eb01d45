"""The outbox: notifications that people have not been told yet.

A notification is added in the transaction of the change that it tells of, under a key that makes it
one message. One process at a time claims it, for a short time; a later claim has a larger number,
and only the holder of the latest one can cross the notification off. All times are the database's.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Update, case, func, or_, select, true, update

from bot.campaigns.notifications import (
    AnyNotification,
    ApprovalRequest,
    Notification,
)
from bot.campaigns.values import Frozen
from bot.records.cards import Post, replace_live, say_on
from bot.records.clock import database_now
from bot.records.database import one_writer
from bot.records.faults import while_away
from bot.records.late import Late, late
from bot.records.tables import approvals, outbox
from bot.records.telling import add, touch
from bot.records.writing import Look, Write

# A process sends within its claim's time, minus a margin: see ATTEMPT in `bot.slack.outbox`.
CLAIM = timedelta(seconds=20)
# The fault of a notification that waits for the message to which it belongs.
NOT_YET = "not_yet"

_table = outbox.c


class Entry(Frozen):
    """A claimed notification.

    `claims` numbers the claim. `unsure`: an earlier attempt may have posted it. `channel` and `ts`
    are where it was posted; it is then updated. `file` is what an earlier attempt has uploaded, and
    `thread` the message below which one may have posted it.
    """

    key: str
    submission: str | None
    content: Notification
    version: int
    claims: int
    unsure: bool
    failures: int
    asked_at: AwareDatetime
    channel: str | None
    ts: str | None
    file: str | None = None
    thread: str | None = None


class Told(Frozen):
    """Whether Slack has a notification, and where, unless it took it at a response_url."""

    is_delivered: bool
    channel: str | None
    ts: str | None


class Outbox:
    """The outbox. `news` is set whenever this process has added something to it."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._look = look
        self._write = write
        self.news = asyncio.Event()

    async def add(self, submission: str, *notifications: AnyNotification) -> None:
        """Add notifications about a submission, unless it has them already."""
        await self._change(partial(add, submission, notifications))

    async def refresh(self, submission: str, shown: AnyNotification) -> None:
        """Let what a notification shows be told again; add it if it is not there."""

        def again(db: Connection) -> None:
            add(submission, [shown], db)
            touch(submission, (shown.kind,), db)

        await self._change(again)

    async def due(self, limit: int) -> list[str]:
        """Return the keys of notifications that are due and free, the longest due first."""
        return await self._look(partial(_due, limit))

    async def claim(self, key: str) -> Entry | None:
        """Claim a notification; None if it is not due, or another process holds it."""
        return await self._write(partial(_claim, key))

    async def delivered(
        self, entry: Entry, place: tuple[str, str] | None = None, card: Post | None = None
    ) -> None:
        """Cross off a notification, posted at `place`: a channel and a timestamp.

        A notification that was changed meanwhile is due again. `card` is the live card from now on:
        what was posted, or the one that it was posted below. What waits for it is due at once.
        """
        await self._settle(partial(_delivered, entry, place, card))

    async def keep_file(self, entry: Entry, file: str) -> None:
        """Store the ID of the file that is about to be shared, for the next attempt to look for."""
        await self._settle(lambda db: db.execute(_held(entry).values(file=file)))

    async def keep_thread(self, entry: Entry, thread: str) -> None:
        """Store below which message it is about to be posted, where the next attempt looks."""
        await self._settle(lambda db: db.execute(_held(entry).values(thread=thread)))

    async def told(self, submission: str, kind: str) -> Told | None:
        """Return what became of a submission's notification of a kind; None if it has none."""
        return await self._look(partial(_told, f"{submission} {kind}"))

    async def postpone(
        self,
        entry: Entry,
        delay: timedelta,
        fault: str,
        *,
        unsure: bool,
        on_its_way: bool = False,
    ) -> None:
        """Make a notification due again later. `unsure`: this attempt may have posted it.

        With `on_its_way`, Slack may still post it: until then it stays claimed, so that `hasten`
        leaves it alone, and the next attempt finds what this one posted.
        """

        def later(db: Connection) -> None:
            due_at = database_now(db) + delay
            values = {"claimed_until": due_at if on_its_way else None, "unsure": unsure}
            again = {"due_at": due_at, "failures": entry.failures + 1, "fault": fault}
            db.execute(_held(entry).values(values | again))

        await self._settle(later)

    async def hasten(self) -> None:
        """Make every postponed notification due now, because Slack works again."""
        waits = (_table.due_at.is_not(None), _table.claimed_until.is_(None), _table.failures > 0)

        def now(db: Connection) -> None:
            db.execute(update(outbox).where(*waits).values(due_at=database_now(db)))

        await self._change(now)

    async def pending(self) -> int:
        """Return how many notifications are not delivered."""
        query = select(func.count()).where(_table.due_at.is_not(None))
        return await self._look(lambda db: int(db.execute(query).scalar_one()))

    async def late(self, author: str, limit: int) -> list[Late]:
        """Return the late notifications about a person's submissions, the oldest first."""
        return await self._look(partial(late, author, limit))

    async def _settle(self, change: Callable[[Connection], object]) -> None:
        """End a claim. If the database is away for a moment, try again as long as it is held."""
        async for attempt in while_away(CLAIM):
            with attempt:
                await self._change(change)

    async def _change(self, change: Callable[[Connection], object]) -> None:
        await self._write(change)
        self.news.set()


def _is_due(now: datetime) -> list[Any]:
    return [
        _table.due_at <= now,
        or_(_table.claimed_until.is_(None), _table.claimed_until <= now),
    ]


def _due(limit: int, db: Connection) -> list[str]:
    query = select(_table.key).where(*_is_due(database_now(db))).order_by(_table.due_at)
    return list(db.execute(query.limit(limit)).scalars())


def _claim(key: str, db: Connection) -> Entry | None:
    now = database_now(db)
    query = select(outbox).where(_table.key == key, *_is_due(now)).with_for_update()
    row = db.execute(query).mappings().first()
    if row is None:
        return None
    # A claim that ran out without a result may have posted the message.
    unsure = row["unsure"] or row["claimed_until"] is not None
    claimed = {"claims": row["claims"] + 1, "claimed_until": now + CLAIM, "unsure": unsure}
    db.execute(update(outbox).where(_table.key == key).values(claimed))
    found = dict(row) | claimed
    return Entry(**{name: found[name] for name in Entry.model_fields})


def _delivered(
    entry: Entry, place: tuple[str, str] | None, card: Post | None, db: Connection
) -> None:
    if is_request := isinstance(entry.content, ApprovalRequest):
        # A concurrent decision could otherwise write the approval back without its card.
        one_writer(db)
    channel, ts = place or (entry.channel, entry.ts)
    done = {"claimed_until": None, "unsure": False, "failures": 0, "fault": None}
    is_reply = card is not None and place != (card.channel, card.ts)
    # What a reply says was true when it was posted; the card above it shows what is true now.
    unchanged = true() if is_reply else _table.version == entry.version
    due_at = case((unchanged, None), else_=_table.due_at)
    values = done | {"due_at": due_at, "channel": channel, "ts": ts}
    if db.execute(_held(entry).values(values)).rowcount == 0:
        return
    if entry.submission:
        _hasten_waiting(entry.submission, db)
    if place is None:
        return
    if is_request:
        asked = update(approvals).where(approvals.c.key == entry.submission)
        db.execute(asked.values(card_channel=channel, card_ts=ts))
    if card and is_reply:
        say_on(card, db)
    elif card:
        replace_live(card, db)


def _hasten_waiting(submission: str, db: Connection) -> None:
    waits = (_table.submission == submission, _table.fault == NOT_YET, _table.due_at.is_not(None))
    db.execute(update(outbox).where(*waits).values(due_at=database_now(db)))


def _told(key: str, db: Connection) -> Told | None:
    query = select(_table.due_at, _table.channel, _table.ts).where(_table.key == key)
    row = db.execute(query).first()
    return Told(is_delivered=row.due_at is None, channel=row.channel, ts=row.ts) if row else None


def _held(entry: Entry) -> Update:
    """Return an update of the entry that does nothing if another process has claimed it since."""
    return update(outbox).where(_table.key == entry.key, _table.claims == entry.claims)
