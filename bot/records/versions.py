"""Keeps different versions of the bot apart: a version is the last migration that its code has."""

from datetime import timedelta
from functools import cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ColumnElement, Connection, inspect, select, update

from bot.records.clock import database_now
from bot.records.faults import DatabaseFault
from bot.records.tables import executors


def migrations() -> Config:
    """Return Alembic's configuration, as an installed bot has no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", "bot.records:migrations")
    return config


@cache
def code_version() -> str:
    """Return the version of this code."""
    head = ScriptDirectory.from_config(migrations()).get_current_head()
    assert head  # noqa: S101 # for the type checker; there are migrations
    return head


def database_version(db: Connection) -> str | None:
    """Return the version of the database; None before its first migration."""
    return MigrationContext.configure(db).get_current_revision()


def refuse_newer(db: Connection) -> None:
    """Return if this code knows the database's version.

    Raises:
        DatabaseFault: a newer version of the bot has changed the database.
    """
    scripts = ScriptDirectory.from_config(migrations())
    present = database_version(db)
    if present and present not in {each.revision for each in scripts.walk_revisions()}:
        raise DatabaseFault(
            f"a newer campaign-bot has changed this database (to {present}): "
            "install that version again, or restore a backup from before"
        )


def refuse_others(db: Connection, lease: timedelta) -> None:
    """Return if no process of another version is running. A silent one may not continue later.

    Raises:
        DatabaseFault: one has been seen within `lease`, so it could still work.
    """
    if not inspect(db).has_table(executors.name):
        return
    others: ColumnElement[bool] = executors.c.run.is_not(None)
    # Before this version's migration every process is of another one, and may not say of which.
    if database_version(db) == code_version():
        others &= executors.c.version.is_distinct_from(code_version())
    if names := _seen(db, others, lease):
        raise DatabaseFault(
            f"another version of campaign-bot is running ({', '.join(names)}): stop it first, "
            "then start this one; after a crash a process counts as running for "
            f"{lease.total_seconds():.0f} seconds"
        )
    # Its next heartbeat fails, even before its work is taken over.
    db.execute(update(executors).where(others).values(run=None))


def _seen(db: Connection, which: ColumnElement[bool], lease: timedelta) -> list[str]:
    alive = executors.c.seen_at > database_now(db) - lease
    return list(db.execute(select(executors.c.name).where(which, alive).order_by("name")).scalars())
