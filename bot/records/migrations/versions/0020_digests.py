"""Adds when channels get their digests, and when the status of campaigns changed."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the table, and the column with its index."""
    op.create_table(
        "digests",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_index("digests_by_time", "digests", ["due_at"])
    op.add_column("campaigns", sa.Column("turned_at", sa.DateTime(timezone=True)))
    op.create_index("campaigns_by_turn", "campaigns", ["turned_at"])
