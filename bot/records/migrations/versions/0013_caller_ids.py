"""Finds the senders that known campaigns of each kind use, without reading their snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_CAMPAIGNS = sa.table(
    "campaigns",
    *(sa.column(name, sa.String) for name in ("id", "caller_id")),
    sa.column("snapshot", sa.JSON),
)
_NAMES = sa.table(
    "names",
    *(sa.column(name, sa.String) for name in ("field", "name")),
    sa.column("used_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Add the column, and fill it from the stored snapshots.

    The senders of SMS campaigns are remembered apart. Until now, those were numbers.
    """
    op.add_column("campaigns", sa.Column("caller_id", sa.Text))
    db = op.get_bind()
    for row in db.execute(sa.select(_CAMPAIGNS.c.id, _CAMPAIGNS.c.snapshot)).all():
        there = sa.update(_CAMPAIGNS).where(_CAMPAIGNS.c.id == row.id)
        db.execute(there.values(caller_id=row.snapshot.get("caller_id")))
    op.create_index("campaigns_by_caller_id", "campaigns", ["environment", "kind", "caller_id"])
    numbers = sa.select(sa.literal("sms_caller_ids"), _NAMES.c.name, _NAMES.c.used_at)
    numbers = numbers.where(_NAMES.c.field == "caller_ids", _NAMES.c.name.startswith("+"))
    db.execute(_NAMES.insert().from_select(["field", "name", "used_at"], numbers))
