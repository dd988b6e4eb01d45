"""The clock for times that processes compare with each other: the database's."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from bot.records.tables import Moment


def database_now(db: Connection) -> datetime:
    """Return the current time by the database's clock, as the clocks of several machines differ.

    A SQLite file has one process, on the same machine. Its CURRENT_TIMESTAMP has whole seconds.
    """
    if db.dialect.name == "sqlite":
        return datetime.now(UTC)
    # Not now(), which is when the transaction began: it may have waited for a lock since then.
    now: datetime = db.execute(select(func.clock_timestamp(type_=Moment))).scalar_one()
    return now
