"""Adds an index by author for the Home tab's list of a person's last submissions."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the index."""
    op.create_index("submissions_by_author", "submissions", ["author", "accepted_at"])
