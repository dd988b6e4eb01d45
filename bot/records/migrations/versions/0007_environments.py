"""Adds the environment of submissions and campaigns, and the account of calls."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns. Existing rows belong to the first environment once one is set."""
    op.add_column("submissions", sa.Column("environment", sa.String(30)))
    op.add_column("campaigns", sa.Column("environment", sa.String(30)))
    op.add_column("calls", sa.Column("account", sa.Text))
