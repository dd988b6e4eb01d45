"""Translates database errors into messages for the operator."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import stamina
from sqlalchemy import exc

from bot.outages import Outage

_LOCKED = "database is locked"
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
    _LOCKED: (
        "another program is writing to the database and keeps it locked: "
        "close other programs that have the file open, then try again"
    ),
    "disk is full": "the disk that holds the database is full: make room on it, then try again",
}
# Why PostgreSQL, or its client, never makes a connection with these settings. Only the message
# tells: libpq gives no SQLSTATE for a connection that was not made.
_REFUSALS = (
    "authentication failed",
    "no password supplied",
    "no pg_hba.conf entry",
    "does not exist",
    "is not permitted to log in",
    "permission denied for database",
    "does not support SSL",
    "certificate verify failed",
    "unrecognized configuration parameter",
)
# The database works, and the statement is wrong: a bug of the bot, not a fault of the database.
_BUGS = (exc.DataError, exc.IntegrityError, exc.NotSupportedError, exc.ProgrammingError)


class DatabaseFault(Exception):
    """The database cannot be used. The message says why and what to do."""


class DatabaseAway(DatabaseFault):
    """The database does not answer or is locked, and waiting may help."""


def while_away(longest: timedelta) -> AsyncIterator[stamina.Attempt]:
    """Return attempts at something, repeated until the database is back, but not for longer."""
    return stamina.retry_context(
        on=DatabaseFault, attempts=None, timeout=longest, wait_initial=0.1, wait_max=1.0
    )


@contextmanager
def database_faults(outage: Outage) -> Iterator[None]:
    """Raise a fault of the database as a DatabaseFault, and report it to the `outage`."""
    made_at = time.monotonic()
    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError) as error:
        fault = database_fault(error)
        if fault is None:
            raise
        outage.failed(str(fault), made_at)
        raise fault from error


def database_fault(error: BaseException | None) -> DatabaseFault | None:
    """Return the fault that an error of SQLAlchemy or its driver means; None for other errors."""
    if isinstance(error, exc.DBAPIError | exc.TimeoutError) and not isinstance(error, _BUGS):
        return fault_of(error)
    return fault_of(error) if isinstance(error, psycopg.OperationalError) else None


def connection_lost(error: BaseException | None) -> bool:
    """Return whether a connection broke that had been made, or may have: only SQLAlchemy tells."""
    return isinstance(error, psycopg.OperationalError) or (
        isinstance(error, exc.DBAPIError) and error.connection_invalidated
    )


def fault_of(error: exc.SQLAlchemyError | psycopg.OperationalError) -> DatabaseFault:
    """Return the fault for an error of the driver, or of SQLAlchemy: its pool can time out.

    An unknown error keeps its message.
    """
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    said = str(cause).strip()
    may_pass = connection_lost(error) or _may_pass(cause, said)
    kind = DatabaseAway if may_pass else DatabaseFault
    for words, sentence in _SENTENCES.items():
        if words in said:
            return kind(sentence)
    return kind(f"the database cannot be used: {said}")


def _may_pass(cause: BaseException | None, said: str) -> bool:
    if isinstance(cause, psycopg.OperationalError):
        return not any(words in said for words in _REFUSALS)
    return isinstance(cause, exc.TimeoutError) or _LOCKED in said
