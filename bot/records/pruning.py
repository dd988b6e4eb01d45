"""Deletes old records, some at a time. The audit is kept for ever."""

from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, delete, select

from bot.records.tables import (
    approvals,
    campaign_parts,
    campaigns,
    contact_chunks,
    contact_imports,
    names,
    outbox,
    posts,
    submissions,
)

AT_ONCE = 500


def prune(db: Connection, before: datetime) -> None:
    """Delete submissions finished before a time, and what only they needed; also campaigns not
    seen, names not used and notifications delivered since then. Unfinished work is kept, however
    old it is.
    """
    old, unseen = submissions.c.finished_at < before, campaigns.c.seen_at < before
    told = outbox.c.due_at.is_(None) & (outbox.c.asked_at < before)
    parts = (c.submission for c in (contact_imports.c, contact_chunks.c, campaign_parts.c))
    _delete(db, submissions.c.key, old, approvals.c.key, *parts)
    _delete(db, campaigns.c.id, unseen, posts.c.campaign_id)
    _delete(db, outbox.c.key, told)
    db.execute(delete(names).where(names.c.used_at < before))


def _delete(
    db: Connection, key: Column[str], old: ColumnElement[bool], *depending: Column[str]
) -> None:
    """Delete the first old rows by their key, and the rows that depend on them."""
    keys = list(db.execute(select(key).where(old).order_by(key).limit(AT_ONCE)).scalars())
    for column in (*depending, key):
        db.execute(delete(column.table).where(column.in_(keys)))
