"""Adds the progress of adding contacts from a file."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "contact_imports",
        sa.Column("submission", sa.String(120), primary_key=True),
        sa.Column("before", sa.Integer),
    )
    op.create_table(
        "contact_chunks",
        sa.Column("submission", sa.String(120), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("contacts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
    )
