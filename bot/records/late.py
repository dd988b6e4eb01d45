"""Finds the notifications that Slack has not accepted for a while."""

from datetime import timedelta
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, select

from bot.campaigns.actions import Action
from bot.campaigns.values import Frozen
from bot.records.clock import database_now
from bot.records.submissions import Submission
from bot.records.tables import outbox, submissions

# A notification that failed so long is shown as not delivered.
LATE = timedelta(minutes=1)

_table = outbox.c


class Late(Frozen):
    """A notification that Slack has not accepted for a while, and the reason of the last attempt.

    `name` is what it is about, as its author named it, and `action` what was to be done with it.
    """

    name: str
    action: Action
    asked_at: AwareDatetime
    fault: str


def late(author: str, limit: int, db: Connection) -> list[Late]:
    """Return the late notifications about a person's submissions, the oldest first."""
    waits = (_table.due_at.is_not(None), _table.asked_at < database_now(db) - LATE)
    query = select(submissions, _table.asked_at, _table.fault)
    query = query.join(submissions, submissions.c.key == _table.submission)
    query = query.where(submissions.c.author == author, _table.fault.is_not(None), *waits)
    rows = db.execute(query.order_by(_table.asked_at).limit(limit)).mappings()
    return [_late_row(dict(row)) for row in rows]


def _late_row(row: dict[str, Any]) -> Late:
    asked_at, fault = row.pop("asked_at"), row.pop("fault")
    command = Submission.of(row).command
    return Late(name=command.label, action=command.action, asked_at=asked_at, fault=fault)
