"""Creates the tables that predate the migrations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _make_submissions()
    _make_campaigns()
    op.create_table(
        "posts",
        sa.Column("campaign_id", sa.String(80), primary_key=True),
        sa.Column("channel", sa.String(40), primary_key=True),
        sa.Column("ts", sa.String(40), nullable=False),
        sa.Column("news", sa.Text, nullable=False),
    )
    op.create_table(
        "names",
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "zones",
        sa.Column("person", sa.String(40), primary_key=True),
        sa.Column("zone", sa.String(80), nullable=False),
    )


def _make_submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("asked_in", sa.String(40), nullable=False),
        sa.Column("response_url", sa.Text),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("form", sa.JSON),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.JSON),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("submissions_by_state", "submissions", ["state"])


def _make_campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("lname", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10)),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("snapshot", sa.JSON, nullable=False),
        sa.Column("schedule", sa.JSON),
        sa.Column("created_by", sa.String(40)),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("campaigns_by_name", "campaigns", ["lname"])
    op.create_index("campaigns_by_seen", "campaigns", ["seen_at"])
