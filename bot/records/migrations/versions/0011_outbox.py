"""Adds the outbox, which replaces the states in which a submission's card was posted.

An older version may have told people already about a submission that it has not finished, so these
messages are looked for before they are sent.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_Moment = sa.DateTime(timezone=True)
_SUBMISSIONS = sa.table(
    "submissions",
    *(sa.column(name, sa.String) for name in ("key", "state")),
    *(sa.column(name, _Moment) for name in ("accepted_at", "finished_at")),
    sa.column("outcome", sa.JSON),
)
_APPROVALS = sa.table(
    "approvals",
    *(sa.column(name, sa.String) for name in ("key", "state", "card_channel", "card_ts")),
    sa.column("asked_at", _Moment),
)


def upgrade() -> None:
    """Create the outbox, and fill it with what an older version has not finished telling."""
    op.add_column("submissions", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
    outbox = _create_outbox()
    db = op.get_bind()
    for row in db.execute(sa.select(_SUBMISSIONS).where(_SUBMISSIONS.c.finished_at.is_(None))):
        if content := _untold(row.state, row.outcome):
            db.execute(outbox.insert().values(_due(row.key, content, row.accepted_at)))
    for row in db.execute(sa.select(_APPROVALS).where(_APPROVALS.c.state == "waiting")):
        shown = {"channel": row.card_channel, "ts": row.card_ts}
        values = _due(row.key, {"kind": "approval"}, row.asked_at) | shown
        db.execute(outbox.insert().values(values))
    posted = sa.update(_SUBMISSIONS).where(_SUBMISSIONS.c.state.in_(("posting", "posted")))
    db.execute(posted.values(state="done"))


def _create_outbox() -> sa.Table:
    outbox = op.create_table(
        "outbox",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("submission", sa.String(120)),
        sa.Column("campaign", sa.String(80)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("asked_at", _Moment, nullable=False),
        sa.Column("due_at", _Moment),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("claimed_until", _Moment),
        sa.Column("unsure", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("fault", sa.String(80)),
        sa.Column("channel", sa.String(40)),
        sa.Column("ts", sa.String(40)),
    )
    op.create_index("outbox_by_time", "outbox", ["due_at"])
    op.create_index("outbox_by_submission", "outbox", ["submission"])
    op.create_index("outbox_by_campaign", "outbox", ["campaign"])
    return outbox


def _untold(state: str, outcome: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the author of an unfinished submission may not have been told."""
    match state:
        case "posting":
            return {"kind": "card", "campaign": outcome["campaign"]}
        case "failed" | "unknown":
            return {"kind": "notice", "failure": outcome}
        case "dropped":
            return {"kind": "ended"}
        case _:
            return None


def _due(submission: str, content: dict[str, Any], asked_at: datetime) -> dict[str, Any]:
    """Return the row of a notification that an older version may have posted already."""
    return {
        "key": f"{submission} {content['kind']}",
        "submission": submission,
        "campaign": content.get("campaign"),
        "kind": content["kind"],
        "content": content,
        "version": 1,
        "asked_at": asked_at,
        "due_at": datetime.now(UTC),
        "claims": 0,
        "unsure": True,
        "failures": 0,
    }
