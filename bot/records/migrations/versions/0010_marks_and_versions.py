"""Adds when a submission was marked, and the version of each process."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns: an earlier mark was long ago, and earlier versions have no number."""
    op.add_column("submissions", sa.Column("marked_at", sa.DateTime(timezone=True)))
    op.add_column("executors", sa.Column("version", sa.String(20)))
