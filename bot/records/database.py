"""Opening the database: SQLite in WAL mode, or PostgreSQL."""

import sqlite3
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from bot.records.tables import metadata

# DBOS writes unixepoch('subsec') on Python 3.12 and later; SQLite knows it from 3.42 on.
SQLITE_NEEDED = (3, 42)


class DatabaseFault(Exception):
    """The database cannot be used; the text says why and what to do."""


def sqlite_driver() -> ModuleType:
    """The SQLite module to use: Python's own, or pysqlite3 where Python's is too old.

    Raises:
        DatabaseFault: Python's is too old and pysqlite3 is not installed.
    """
    if sys.version_info < (3, 12) or sqlite3.sqlite_version_info >= SQLITE_NEEDED:
        return sqlite3
    try:
        return import_module("pysqlite3")
    except ImportError:
        raise DatabaseFault(
            f"SQLite {sqlite3.sqlite_version} is too old for this Python: install pysqlite3, "
            "use Python 3.11, or set DATABASE_URL to a PostgreSQL database"
        ) from None


def sqlite_file(url: str) -> Path | None:
    """The file that a SQLite `url` names; None for another database."""
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    return Path(parsed.database) if is_sqlite and parsed.database else None


def open_database(url: str) -> Engine:
    """An engine for `url` with the bot's tables in place.

    Raises:
        DatabaseFault: the SQLite here is too old.
        sqlalchemy.exc.DBAPIError: the database cannot be reached or written.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, module=sqlite_driver())
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    metadata.create_all(engine)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """WAL lets readers go on beside the writer; a busy writer is waited for, in milliseconds."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA busy_timeout = 2000")
