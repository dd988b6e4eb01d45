"""Creates the audit trail, which the database protects from changes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# INSERT OR REPLACE drops rows without asking the DELETE trigger (sqlite.org/lang_conflict.html).
SQLITE = (
    """
    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
    WHEN EXISTS (
        SELECT 1 FROM audit WHERE number = NEW.number OR (
            submission = NEW.submission
            AND event = NEW.event
            AND discriminator = NEW.discriminator
        )
    )
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
    """,
    """
    CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
)


def upgrade() -> None:
    """Create the table and its triggers."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("submission", sa.String(120), nullable=False),
        sa.Column("reference", sa.String(8), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("discriminator", sa.String(120), nullable=False),
        sa.Column("campaign_id", sa.String(80)),
        sa.Column("campaign_name", sa.Text),
        sa.Column("channel", sa.String(40)),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("submission", "event", "discriminator", name="audit_once"),
    )
    for guard in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(guard)
