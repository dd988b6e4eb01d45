"""Keeps what was last sent for a campaign, its queue and its flow: Kore.ai shows little of it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_CAMPAIGNS = sa.table(
    "campaigns",
    *(sa.column(name, sa.String) for name in ("id", "queue", "flow")),
    sa.column("sent", sa.JSON),
)
_SUBMISSIONS = sa.table(
    "submissions",
    *(sa.column(name, sa.String) for name in ("action", "state")),
    *(sa.column(name, sa.JSON) for name in ("command", "outcome")),
    sa.column("accepted_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Add the columns, and fill them from the creations that the records still have."""
    op.add_column("campaigns", sa.Column("sent", sa.JSON))
    op.add_column("campaigns", sa.Column("queue", sa.Text))
    op.add_column("campaigns", sa.Column("flow", sa.Text))
    db, made = op.get_bind(), _SUBMISSIONS.c
    created = sa.select(made.command, made.outcome).order_by(made.accepted_at)
    created = created.where(made.action == "create", made.state == "done")
    for row in db.execute(created).mappings().all():
        there = sa.update(_CAMPAIGNS).where(_CAMPAIGNS.c.id == row["outcome"]["campaign"])
        sent = row["command"]["campaign"]
        db.execute(there.values(sent=sent, queue=sent.get("queue"), flow=sent.get("flow")))
    op.create_index("campaigns_by_queue", "campaigns", ["environment", "queue"])
    op.create_index("campaigns_by_flow", "campaigns", ["environment", "kind", "flow"])
