"""Adds below which message an attempt has posted a reply."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column."""
    op.add_column("outbox", sa.Column("thread", sa.String(40)))
