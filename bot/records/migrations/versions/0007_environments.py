"""Which environment a submission is for and a campaign is in; which account a call was made to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns. What is there already belongs to the first environment, once one is set."""
    op.add_column("submissions", sa.Column("environment", sa.String(30)))
    op.add_column("campaigns", sa.Column("environment", sa.String(30)))
    op.add_column("calls", sa.Column("account", sa.Text))
