"""Creates the drafts, and stores the review with each submission."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table and the submissions' new columns."""
    op.create_table(
        "drafts",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("view", sa.String(255), nullable=False),
        sa.Column("draft", sa.JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("submissions", sa.Column("review", sa.JSON))
    op.add_column("submissions", sa.Column("digest", sa.String(64)))
