"""Translates database errors into messages for the operator."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import stamina
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# Parts of the drivers' messages, and the operator's message for each.
_SENTENCES = {
    "unable to open database file": (
        "the database cannot be opened: the folder that DATABASE_URL names must exist, "
        "and the bot must be allowed to write in it"
    ),
    "file is not a database": (
        "the file that DATABASE_URL names is not a SQLite database: name another file"
    ),
    "readonly database": (
        "the database is read-only: let the bot write to the file and to its folder"
    ),
    "read-only transaction": (
        "the database is read-only: DATABASE_URL must name PostgreSQL's primary server, "
        "and a user who may write there"
    ),
    "database is locked": (
        "another program is writing to the database and keeps it locked: "
        "close other programs that have the file open, then try again"
    ),
    "disk is full": "the disk that holds the database is full: make room on it, then try again",
}


class DatabaseFault(Exception):
    """The database cannot be used. The message says why and what to do."""


def while_away(longest: timedelta) -> AsyncIterator[stamina.Attempt]:
    """Return attempts at something, repeated until the database is back, but not for longer."""
    return stamina.retry_context(
        on=DatabaseFault, attempts=None, timeout=longest, wait_initial=0.1, wait_max=1.0
    )


@contextmanager
def database_faults() -> Iterator[None]:
    """Raise an error of the database or of SQLAlchemy as a DatabaseFault."""
    try:
        yield
    except SQLAlchemyError as error:
        raise fault_of(error) from error


def fault_of(error: SQLAlchemyError) -> DatabaseFault:
    """Return the fault for an error of the driver, or of SQLAlchemy: its pool can time out.

    An unknown error keeps its message.
    """
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    for words, sentence in _SENTENCES.items():
        if words in said:
            return DatabaseFault(sentence)
    return DatabaseFault(f"the database cannot be used: {said}")
