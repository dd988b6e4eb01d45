"""Adds notifications to the outbox, in the transaction of the change that they tell of."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, update

from bot.campaigns.notifications import AnyNotification, Card
from bot.records.clock import database_now
from bot.records.tables import outbox
from bot.records.writing import add_new

_table = outbox.c


def add(submission: str, notifications: Iterable[AnyNotification], db: Connection) -> bool:
    """Add notifications about a submission; return False if it has them all already."""
    added = [put(db, f"{submission} {each.kind}", each, submission) for each in notifications]
    return any(added)


def touch(submission: str, kinds: Sequence[str], db: Connection) -> None:
    """Make these notifications about a submission due again, because what they show has changed."""
    theirs = update(outbox).where(_table.submission == submission, _table.kind.in_(kinds))
    db.execute(due_again(theirs, database_now(db)))


def put(
    db: Connection,
    key: str,
    content: AnyNotification,
    submission: str | None = None,
    *,
    after: timedelta = timedelta(),
) -> bool:
    """Add a notification that is due `after` a time; return False if there is one with this key."""
    now = database_now(db)
    row = {
        "key": key,
        "submission": submission,
        "campaign": content.campaign if isinstance(content, Card) else None,
        "kind": content.kind,
        "content": content.model_dump(mode="json"),
        "version": 1,
        "asked_at": now,
        "due_at": now + after,
        "claims": 0,
        "unsure": False,
        "failures": 0,
    }
    return add_new(db, outbox, row)


def due_again(rows: Update, now: datetime) -> Update:
    """Return an update that makes notifications due, because what they show has changed."""
    return rows.values(version=_table.version + 1, due_at=now)
