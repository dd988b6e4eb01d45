"""Runs the missing Alembic migrations when a database is opened.

The migrations are part of the package, so an installed bot needs no alembic.ini
(alembic.sqlalchemy.org/en/latest/cookbook.html, on sharing a connection with commands).
"""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.records.faults import DatabaseFault

FIRST = "0001"


def migrate(db: Connection) -> None:
    """Run the missing migrations in the caller's transaction: all of them or none.

    Raises:
        DatabaseFault: a newer version of the bot has changed the database.
    """
    config = Config()
    config.set_main_option("script_location", "bot.records:migrations")
    config.attributes["connection"] = db
    present = MigrationContext.configure(db).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is None and inspect(db).has_table("submissions"):
        # Created before there were migrations: it has exactly the tables of the first one.
        command.stamp(config, FIRST)
    elif present is not None and present not in known:
        raise DatabaseFault(
            f"a newer campaign-bot has changed this database (to {present}): "
            "install that version again, or restore a backup from before"
        )
    command.upgrade(config, "head")
    # Only a write reveals a read-only database or a full disk.
    db.execute(text("UPDATE alembic_version SET version_num = version_num"))
