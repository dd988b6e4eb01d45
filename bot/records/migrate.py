"""Runs the missing Alembic migrations when a database is opened.

The migrations are part of the package (alembic.sqlalchemy.org/en/latest/cookbook.html, on sharing a
connection with commands).
"""

from datetime import timedelta

from alembic import command
from sqlalchemy import Connection, inspect, text

from bot.records.versions import database_version, migrations, refuse_newer, refuse_others

FIRST = "0001"


def migrate(db: Connection, lease: timedelta) -> None:
    """Run the missing migrations in the caller's transaction: all of them or none.

    Raises:
        DatabaseFault: a newer version of the bot has changed the database, or a process of another
            version was seen within `lease`.
    """
    refuse_newer(db)
    refuse_others(db, lease)
    config = migrations()
    config.attributes["connection"] = db
    if database_version(db) is None and inspect(db).has_table("submissions"):
        # Created before there were migrations: it has exactly the tables of the first one.
        command.stamp(config, FIRST)
    command.upgrade(config, "head")
    # Only a write reveals a read-only database or a full disk.
    db.execute(text("UPDATE alembic_version SET version_num = version_num"))
