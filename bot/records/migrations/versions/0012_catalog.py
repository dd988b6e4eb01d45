"""Makes the known campaigns a copy of the account, with its contact lists."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.campaigns.names import folded

revision = "0012"
down_revision = "0011"

_Moment = sa.DateTime(timezone=True)
_CAMPAIGNS = sa.table(
    "campaigns",
    *(sa.column(name, sa.String) for name in ("id", "name", "folded", "dnc_list")),
    sa.column("snapshot", sa.JSON),
    *(sa.column(name, _Moment) for name in ("seen_at", "changed_at")),
)


def upgrade() -> None:
    """Add the columns and tables; the bot fills them when it starts."""
    op.drop_index("campaigns_by_name", "campaigns")
    op.drop_index("campaigns_by_seen", "campaigns")
    op.add_column("campaigns", sa.Column("folded", sa.Text))
    op.add_column("campaigns", sa.Column("changed_at", _Moment))
    op.add_column("campaigns", sa.Column("gone_at", _Moment))
    op.add_column("campaigns", sa.Column("dnc_list", sa.Text))
    db = op.get_bind()
    for row in db.execute(sa.select(_CAMPAIGNS)).mappings().all():
        there = sa.update(_CAMPAIGNS).where(_CAMPAIGNS.c.id == row["id"])
        values = {"folded": folded(row["name"]), "changed_at": _changed_at(dict(row))}
        db.execute(there.values(values | {"dnc_list": row["snapshot"].get("dnc_list")}))
    with op.batch_alter_table("campaigns") as table:
        table.alter_column("folded", existing_type=sa.Text, nullable=False)
        table.alter_column("changed_at", existing_type=_Moment, nullable=False)
        table.drop_column("name")
        table.drop_column("lname")
    op.create_index("campaigns_by_name", "campaigns", ["folded"])
    op.create_index("campaigns_by_dnc_list", "campaigns", ["dnc_list", "environment"])
    _create_list_index()
    _create_tables()


def _changed_at(row: dict[str, Any]) -> datetime:
    stored = row["snapshot"].get("updated_at") or row["snapshot"].get("created_at")
    changed: datetime = datetime.fromisoformat(stored) if stored else row["seen_at"]
    return changed if changed.tzinfo else changed.replace(tzinfo=UTC)


def _create_list_index() -> None:
    listed = sa.text("gone_at IS NULL")
    op.create_index(
        "campaigns_by_change",
        "campaigns",
        [sa.text("changed_at DESC"), "id", "environment", "kind", "status", "folded"],
        postgresql_where=listed,
        sqlite_where=listed,
    )


def _create_tables() -> None:
    op.create_table(
        "contact_lists",
        sa.Column("environment", sa.String(30), primary_key=True),
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_index("contact_lists_by_name", "contact_lists", ["environment", "folded"])
    op.create_table(
        "readings",
        sa.Column("environment", sa.String(30), primary_key=True),
        sa.Column("list", sa.String(30), primary_key=True),
        sa.Column("due_at", _Moment, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("claimed_until", _Moment),
        sa.Column("state", sa.JSON, nullable=False),
    )
