"""Creates the register of processes that share a database and take over each other's work."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "executors",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("life", sa.String(32)),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
    )
