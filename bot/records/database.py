"""Opens the database: SQLite in WAL mode, or PostgreSQL."""

import sqlite3
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType

import stamina
from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.records.faults import DatabaseFault, fault_of
from bot.records.migrate import migrate

# DBOS uses unixepoch('subsec') on Python 3.12 and later; it needs SQLite 3.42.
SQLITE_NEEDED = (3, 42)
# How long to wait for another SQLite writer.
BUSY_SECONDS = 2.0
# How long to wait for PostgreSQL to answer, unless DATABASE_URL says otherwise.
CONNECT_SECONDS = 5
# A transaction takes milliseconds. PostgreSQL ends one that stays idle longer, as its machine is
# paused or lost and its locks block every other process.
STALLED = timedelta(seconds=5)
# How long a process that shares the database may be silent before others take over its work.
LEASE_LENGTH = timedelta(seconds=90)
# Any number that nothing else in the same PostgreSQL database uses.
ADVISORY_LOCK = 7_262_243


def sqlite_driver() -> ModuleType:
    """Return Python's SQLite module, or pysqlite3 if Python's is too old.

    Raises:
        DatabaseFault: Python's module is too old and pysqlite3 is not installed.
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
    """Return the file of a SQLite `url`; None for another database."""
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    return Path(parsed.database) if is_sqlite and parsed.database else None


def engine_file(file: Path) -> Path:
    """Return the path of the durable engine's SQLite file, next to the records' `file`."""
    return file.with_suffix(f".engine{file.suffix}")


def lock_file(file: Path) -> Path:
    """Return the path of the file that a running bot keeps locked, next to the records' `file`."""
    return file.with_suffix(".lock")


def open_database(url: str, lease: timedelta = LEASE_LENGTH) -> Engine:
    """Return an SQLAlchemy engine for `url`, after migrating its tables to the current version.

    Raises:
        DatabaseAway: the database does not answer or is locked, and waiting may help.
        DatabaseFault: it cannot be used or written, belongs to a newer version, or is in use by a
            process of another version, which was seen within `lease`.
    """
    engine = _engine(url)
    try:
        if engine.dialect.name == "sqlite":
            _use_wal(engine)
        with engine.begin() as db:
            one_writer(db)
            migrate(db, lease)
    except DBAPIError as error:
        engine.dispose()
        raise fault_of(error) from error
    except DatabaseFault:
        engine.dispose()
        raise
    return engine


def one_writer(db: Connection) -> None:
    """Take the exclusive write lock until the transaction ends.

    This must be the first statement of the transaction, because SQLite locks with BEGIN.
    """
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        db.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))


def _engine(url: str) -> Engine:
    """Create an engine whose errors hide statement parameters, which hold people's data."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        waiting = {"timeout": BUSY_SECONDS}
        driver = sqlite_driver()
        return create_engine(parsed, module=driver, connect_args=waiting, hide_parameters=True)
    there = parsed.set(drivername="postgresql+psycopg")
    ends = f"-c idle_in_transaction_session_timeout={STALLED // timedelta(milliseconds=1)}"
    options = {
        "options": f"{parsed.query.get('options', '')} {ends}",
        "connect_timeout": parsed.query.get("connect_timeout", CONNECT_SECONDS),
    }
    return create_engine(there, connect_args=options, pool_pre_ping=True, hide_parameters=True)


def _use_wal(engine: Engine) -> None:
    """Enable WAL, which lets readers work during a write. The file keeps the setting.

    SQLite itself does not wait for another process that opens the file at the same time, because
    each has a lock that the other would wait for: sqlite.org/c3ref/busy_handler.html.
    """
    for attempt in stamina.retry_context(
        on=OperationalError, attempts=None, timeout=BUSY_SECONDS, wait_initial=0.01, wait_max=0.1
    ):
        with attempt, engine.connect() as db:
            db.exec_driver_sql("PRAGMA journal_mode = WAL")
