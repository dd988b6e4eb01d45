"""Opening the database: SQLite in WAL mode, or PostgreSQL."""

import sqlite3
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.records.faults import DatabaseFault, fault_of
from bot.records.migrate import migrate

# DBOS writes unixepoch('subsec') on Python 3.12 and later; SQLite knows it from 3.42 on.
SQLITE_NEEDED = (3, 42)
# How long a busy SQLite writer is waited for.
BUSY_SECONDS = 2.0
# A transaction takes milliseconds. One left open longer is a paused machine's or a lost one's, and
# PostgreSQL ends it, for its locks hold up every other process.
STALLED = timedelta(seconds=5)
# Any number will do, as long as nothing else in the same PostgreSQL database takes it.
ADVISORY_LOCK = 7_262_243


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


def engine_file(file: Path) -> Path:
    """The durable engine's own SQLite file, beside the records' `file`."""
    return file.with_suffix(f".engine{file.suffix}")


def lock_file(file: Path) -> Path:
    """The file that a running bot holds locked, beside the records' `file`."""
    return file.with_suffix(".lock")


def open_database(url: str) -> Engine:
    """An engine for `url` with the bot's tables in place and up to date.

    Raises:
        DatabaseFault: the database cannot be reached or written, or is a newer version's.
    """
    engine = _engine(url)
    try:
        if engine.dialect.name == "sqlite":
            _use_wal(engine)
        with engine.begin() as db:
            one_writer(db)
            migrate(db)
    except DBAPIError as error:
        engine.dispose()
        raise fault_of(error) from error
    except DatabaseFault:
        engine.dispose()
        raise
    return engine


def one_writer(db: Connection) -> None:
    """Keep every other process from writing as one writer until this transaction ends.

    The first statement of a transaction: SQLite takes its lock with BEGIN.
    """
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        db.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))


def _engine(url: str) -> Engine:
    """An engine whose errors do not repeat what was to be written: it holds people's texts."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        waiting = {"timeout": BUSY_SECONDS}
        driver = sqlite_driver()
        return create_engine(parsed, module=driver, connect_args=waiting, hide_parameters=True)
    there = parsed.set(drivername="postgresql+psycopg")
    ends = f"-c idle_in_transaction_session_timeout={STALLED // timedelta(milliseconds=1)}"
    options = {"options": f"{parsed.query.get('options', '')} {ends}"}
    return create_engine(there, connect_args=options, pool_pre_ping=True, hide_parameters=True)


def _use_wal(engine: Engine) -> None:
    """WAL lets readers go on beside the writer; once set, it stays set on the file."""
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA journal_mode = WAL")
