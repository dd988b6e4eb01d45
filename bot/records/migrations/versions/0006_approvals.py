"""Creates the approvals by a second person, at most one per submission."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "approvals",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_by", sa.String(40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text),
        sa.Column("release_at", sa.DateTime(timezone=True)),
        sa.Column("canceled_by", sa.String(40)),
        sa.Column("canceled_at", sa.DateTime(timezone=True)),
        sa.Column("card_channel", sa.String(40)),
        sa.Column("card_ts", sa.String(40)),
    )
    op.create_index("approvals_by_state", "approvals", ["state"])
