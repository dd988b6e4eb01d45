"""Deletes old records, some at a time. The audit is kept for ever."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, select

from bot.records.tables import approvals, campaigns, names, posts, submissions

AT_ONCE = 500


def prune(db: Connection, before: datetime) -> None:
    """Delete submissions finished before a time, and what only they needed; also campaigns not
    seen and names not used since then. Unfinished work is kept, however old it is.
    """
    _delete(db, submissions, submissions.c.key, submissions.c.finished_at < before)
    lost = ~exists().where(submissions.c.key == approvals.c.key)
    _delete(db, approvals, approvals.c.key, lost)
    _delete(db, campaigns, campaigns.c.id, campaigns.c.seen_at < before)
    db.execute(delete(posts).where(~exists().where(campaigns.c.id == posts.c.campaign_id)))
    db.execute(delete(names).where(names.c.used_at < before))


def _delete(
    db: Connection, table: Table, key: ColumnElement[str], old: ColumnElement[bool]
) -> None:
    some = select(key).where(old).limit(AT_ONCE)
    db.execute(delete(table).where(key.in_(some)))
