"""The outbox: notifications that people have not been told yet.

A notification is added in the transaction of the change that it tells of, under a key that makes it
one message. One process at a time claims it, for a short time; a later claim has a larger number,
and only the holder of the latest one can cross the notification off. All times are the database's.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Update, case, func, or_, select, update

from bot.campaigns.notifications import (
    AnyNotification,
    ApprovalRequest,
    Card,
    CardUpdate,
    Notification,
    RetiredCard,
)
from bot.campaigns.values import Frozen
from bot.records.campaigns import Post, live_posts, make_live
from bot.records.clock import database_now
from bot.records.database import one_writer
from bot.records.faults import while_away
from bot.records.submissions import Submission
from bot.records.tables import approvals, outbox, submissions
from bot.records.writing import Look, Write, insert_into

# A process sends within its claim's time, minus a margin: see ATTEMPT in `bot.slack.outbox`.
CLAIM = timedelta(seconds=20)
# A notification that failed so long is shown as not delivered.
LATE = timedelta(minutes=1)

_table = outbox.c


class Entry(Frozen):
    """A claimed notification.

    `claims` numbers the claim. `unsure`: an earlier attempt may have posted it. `channel` and `ts`
    are where it was posted; it is then updated.
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


class Late(Frozen):
    """A notification that Slack has not accepted for a while, and the reason of the last attempt.

    `name` is the campaign that it is about, as its author named it.
    """

    name: str
    asked_at: AwareDatetime
    fault: str


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

    async def update_cards(self, campaign: str) -> None:
        """Update the campaign's live card in every channel."""
        await self._change(partial(_update_cards, campaign))

    async def due(self, limit: int) -> list[str]:
        """Return the keys of notifications that are due and free, the longest due first."""
        return await self._look(partial(_due, limit))

    async def claim(self, key: str) -> Entry | None:
        """Claim a notification; None if it is not due, or another process holds it."""
        return await self._write(partial(_claim, key))

    async def delivered(
        self, entry: Entry, place: tuple[str, str] | None = None, news: str | None = None
    ) -> None:
        """Cross off a notification, posted at `place`: a channel and a timestamp.

        A notification that was changed meanwhile is due again. With `news`, it is a card that
        becomes the live one in its channel.
        """
        await self._settle(partial(_delivered, entry, place, news))

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
        return await self._look(partial(_late, author, limit))

    async def _settle(self, change: Callable[[Connection], None]) -> None:
        """End a claim. If the database is away for a moment, try again as long as it is held."""
        async for attempt in while_away(CLAIM):
            with attempt:
                await self._change(change)

    async def _change(self, change: Callable[[Connection], None]) -> None:
        await self._write(change)
        self.news.set()


def add(submission: str, notifications: Iterable[AnyNotification], db: Connection) -> None:
    """Add notifications in the transaction of the change that they tell of."""
    for each in notifications:
        _put(db, f"{submission} {each.kind}", each, submission)


def touch(submission: str, kinds: Sequence[str], db: Connection) -> None:
    """Make these notifications about a submission due again, because what they show has changed."""
    theirs = update(outbox).where(_table.submission == submission, _table.kind.in_(kinds))
    db.execute(_changed(theirs, database_now(db)))


def _put(db: Connection, key: str, content: AnyNotification, submission: str | None = None) -> None:
    now = database_now(db)
    row = {
        "key": key,
        "submission": submission,
        "campaign": content.campaign if isinstance(content, Card) else None,
        "kind": content.kind,
        "content": content.model_dump(mode="json"),
        "version": 1,
        "asked_at": now,
        "due_at": now,
        "claims": 0,
        "unsure": False,
        "failures": 0,
    }
    db.execute(insert_into(db, outbox).values(row).on_conflict_do_nothing())


def _changed(rows: Update, now: datetime) -> Update:
    return rows.values(version=_table.version + 1, due_at=now)


def _update_cards(campaign: str, db: Connection) -> None:
    """Update live cards, and cards that are being posted, which show an earlier state."""
    now = database_now(db)
    posting = (_table.kind == "card", _table.campaign == campaign, _table.due_at.is_not(None))
    db.execute(_changed(update(outbox).where(*posting), now))
    for post in live_posts(campaign, db):
        key = f"{post.channel} {campaign}"
        db.execute(_changed(update(outbox).where(_table.key == key), now))
        _put(db, key, CardUpdate(campaign=campaign, channel=post.channel))


def _replace_live(live: Post, db: Connection) -> None:
    for post in live_posts(live.campaign_id, db):
        if post.channel == live.channel and post.ts != live.ts:
            retired = RetiredCard(
                campaign=post.campaign_id, channel=post.channel, ts=post.ts, news=post.news
            )
            _put(db, f"{post.channel} {post.ts}", retired)
    make_live(live, db)


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
    entry: Entry, place: tuple[str, str] | None, news: str | None, db: Connection
) -> None:
    if is_request := isinstance(entry.content, ApprovalRequest):
        # A concurrent decision could otherwise write the approval back without its card.
        one_writer(db)
    channel, ts = place or (entry.channel, entry.ts)
    done = {"claimed_until": None, "unsure": False, "failures": 0, "fault": None}
    due_at = case((_table.version == entry.version, None), else_=_table.due_at)
    values = done | {"due_at": due_at, "channel": channel, "ts": ts}
    if db.execute(_held(entry).values(values)).rowcount == 0 or place is None:
        return
    if is_request:
        asked = update(approvals).where(approvals.c.key == entry.submission)
        db.execute(asked.values(card_channel=channel, card_ts=ts))
    if isinstance(entry.content, Card) and news is not None:
        campaign = entry.content.campaign
        _replace_live(Post(campaign_id=campaign, channel=place[0], ts=place[1], news=news), db)


def _held(entry: Entry) -> Update:
    """Return an update of the entry that does nothing if another process has claimed it since."""
    return update(outbox).where(_table.key == entry.key, _table.claims == entry.claims)


def _late(author: str, limit: int, db: Connection) -> list[Late]:
    waits = (_table.due_at.is_not(None), _table.asked_at < database_now(db) - LATE)
    query = select(submissions, _table.asked_at, _table.fault)
    query = query.join(submissions, submissions.c.key == _table.submission)
    query = query.where(submissions.c.author == author, _table.fault.is_not(None), *waits)
    rows = db.execute(query.order_by(_table.asked_at).limit(limit)).mappings()
    return [_late_row(dict(row)) for row in rows]


def _late_row(row: dict[str, Any]) -> Late:
    asked_at, fault = row.pop("asked_at"), row.pop("fault")
    return Late(name=Submission.of(row).command.ref.label, asked_at=asked_at, fault=fault)
