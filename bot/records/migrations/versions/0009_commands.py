"""Replaces untyped payloads by commands, and adds the campaign's snapshot before a change."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.records.migrations.review_json import upgraded

revision = "0009"
down_revision = "0008"

Json = dict[str, Any]
_SUBMISSIONS = sa.table(
    "submissions",
    *(sa.column(name, sa.String) for name in ("key", "action", "state")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("accepted_at", "finished_at")),
    *(sa.column(name, sa.JSON) for name in ("payload", "command", "review")),
)
_ENDED = ("posted", "failed", "unknown", "dropped")
_DRAFTS = sa.table("drafts", sa.column("key", sa.String), sa.column("draft", sa.JSON))
_ORIGIN = ("key", "author", "channel", "asked_in", "response_url", "environment", "form", "digest")


def upgrade() -> None:
    """Convert the stored submissions and drafts."""
    op.add_column("submissions", sa.Column("command", sa.JSON))
    op.add_column("submissions", sa.Column("before", sa.JSON))
    op.add_column("submissions", sa.Column("finished_at", sa.DateTime(timezone=True)))
    op.create_index("submissions_by_end", "submissions", ["finished_at"])
    db = op.get_bind()
    for row in db.execute(sa.select(_SUBMISSIONS)).mappings().all():
        changed = {
            "command": _command(dict(row)),
            "review": row["review"] and upgraded(row["review"]),
        }
        where = _SUBMISSIONS.c.key == row["key"]
        db.execute(sa.update(_SUBMISSIONS).where(where).values(changed))
    ended = sa.update(_SUBMISSIONS).where(_SUBMISSIONS.c.state.in_(_ENDED))
    db.execute(ended.values(finished_at=_SUBMISSIONS.c.accepted_at))
    for row in db.execute(sa.select(_DRAFTS)).mappings().all():
        where = _DRAFTS.c.key == row["key"]
        db.execute(sa.update(_DRAFTS).where(where).values(draft=_draft(row["draft"])))
    with op.batch_alter_table("submissions") as table:
        table.alter_column("command", existing_type=sa.JSON, nullable=False)
        table.drop_column("payload")


def _command(row: Json) -> Json:
    """Return the command of a submission; the key of a retried creation contains the attempt."""
    payload = dict(row["payload"])
    kind = row["action"]
    if kind == "create":
        kind = f"create_{payload['campaign']['kind']}"
    if mode := payload.pop("again", None):
        first, _, rest = row["key"].partition(":")
        payload["retry"] = {"mode": mode, "first": first, "attempt": int(rest.partition(":")[0])}
    return {"version": 1, "type": kind, **payload}


def _draft(old: Json) -> Json:
    """Convert a draft, which is no longer a submission; no command if the form was incomplete."""
    asked = old["submission"]
    return {
        **{name: asked[name] for name in _ORIGIN},
        "command": _command(asked) if asked["payload"] else None,
        "review": asked["review"] and upgraded(asked["review"]),
        "view": old["view"],
        "made_at": old["made_at"],
    }
