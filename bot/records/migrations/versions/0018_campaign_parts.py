"""Adds what became of each campaign of a submission that creates several."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "campaign_parts",
        sa.Column("submission", sa.String(120), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("part", sa.String(20), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.JSON),
        sa.Column("before", sa.JSON),
        sa.Column("marked_at", sa.DateTime(timezone=True)),
    )
