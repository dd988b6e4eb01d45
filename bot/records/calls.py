"""The calls of the last minute, counted over all processes on one database."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from bot.records.database import one_writer
from bot.records.tables import calls

MINUTE = timedelta(seconds=60)


def take(db: Connection, limit: int, now: datetime) -> float:
    """Count one call if fewer than `limit` were made in the last minute; else seconds to wait."""
    one_writer(db)
    db.execute(delete(calls).where(calls.c.at <= now - MINUTE))
    if db.execute(select(func.count()).select_from(calls)).scalar_one() < limit:
        db.execute(insert(calls).values(at=now))
        return 0.0
    newest_first = select(calls.c.at).order_by(calls.c.at.desc())
    freed = db.execute(newest_first.offset(limit - 1).limit(1)).scalar_one()
    return float(max((freed + MINUTE - now).total_seconds(), 0.01))
