"""Adds saved forms, and the values that were last used in each channel."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "saved_forms",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("folded", sa.Text, primary_key=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filled", sa.JSON, nullable=False),
    )
    op.create_table(
        "last_used",
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("environment", sa.String(30), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filled", sa.JSON, nullable=False),
    )
