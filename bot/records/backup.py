"""Backs up a SQLite database while the bot runs, and restores it while the bot is stopped.

SQLite's backup API can read a database while others write to it (sqlite.org/backup.html). Copying
the files would miss the content of the write-ahead log.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout

from bot.records.database import engine_file, lock_file, sqlite_driver, sqlite_file
from bot.records.faults import DatabaseFault


def back_up(url: str, target: Path) -> None:
    """Copy the records to `target` and the engine's file to the corresponding name next to it.

    Raises:
        DatabaseFault: the database is not SQLite or is missing, or `target` exists already.
    """
    file = _file(url)
    for there in (target, engine_file(target)):
        if there.exists():
            raise DatabaseFault(f"{there} is there already: name another file")
    # Copy the engine's file first: the records must contain all that it refers to. The engine can
    # catch up with newer records, but not the reverse.
    _copy(engine_file(file), engine_file(target))
    _copy(file, target)


def restore(url: str, source: Path) -> None:
    """Replace the records and the engine's file with a backup.

    Raises:
        DatabaseFault: the database is not SQLite, a bot is running, or `source` is no valid backup.
    """
    file = _file(url)
    try:
        with FileLock(lock_file(file)).acquire(timeout=0):
            for each in (source, engine_file(source)):
                _check(each)
            _copy(source, file)
            _copy(engine_file(source), engine_file(file))
    except Timeout:
        raise DatabaseFault(f"a campaign-bot works on {file}: stop it first") from None


def _file(url: str) -> Path:
    if file := sqlite_file(url):
        return file
    raise DatabaseFault("DATABASE_URL names PostgreSQL: use pg_dump and pg_restore")


def _check(source: Path) -> None:
    """Reject a damaged backup before anything is overwritten."""
    with closing(_open(source)) as db:
        try:
            (found,) = db.execute("PRAGMA quick_check").fetchone()
        except sqlite_driver().DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise DatabaseFault(f"{source} is damaged or no backup: {found}")


def _copy(source: Path, target: Path) -> None:
    driver = sqlite_driver()
    try:
        with closing(_open(source)) as read, closing(driver.connect(target)) as written:
            read.backup(written)
    except driver.Error as error:
        raise DatabaseFault(f"{source} cannot be copied to {target}: {error}") from error


def _open(source: Path) -> sqlite3.Connection:
    """Open an existing file; SQLite would create a missing one."""
    if not source.is_file():
        raise DatabaseFault(f"{source} is missing")
    connection: sqlite3.Connection = sqlite_driver().connect(source)
    return connection
