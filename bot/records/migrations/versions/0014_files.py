"""Adds the files that notifications share."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column."""
    op.add_column("outbox", sa.Column("file", sa.String(40)))
