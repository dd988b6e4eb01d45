"""An index by author, as the Home tab asks for what somebody asked for last."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the index."""
    op.create_index("submissions_by_author", "submissions", ["author", "accepted_at"])
