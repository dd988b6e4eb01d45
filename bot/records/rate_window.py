"""Counts the Kore.ai calls of the last minute across all processes on one database."""

from datetime import timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select

from bot.records.clock import database_now
from bot.records.database import one_writer
from bot.records.tables import calls

MINUTE = timedelta(seconds=60)


def take(db: Connection, account: str, limit: int) -> float:
    """Count a call if the account made fewer than `limit` in the last minute. Return 0.

    Otherwise return the seconds to wait.
    """
    one_writer(db)
    now = database_now(db)
    db.execute(delete(calls).where(calls.c.at <= now - MINUTE))
    # Calls of an older version name no account, so they count for each.
    its_own = or_(calls.c.account == account, calls.c.account.is_(None))
    if db.execute(select(func.count()).select_from(calls).where(its_own)).scalar_one() < limit:
        db.execute(insert(calls).values(at=now, account=account))
        return 0.0
    newest_first = select(calls.c.at).where(its_own).order_by(calls.c.at.desc())
    freed = db.execute(newest_first.offset(limit - 1).limit(1)).scalar_one()
    return float(max((freed + MINUTE - now).total_seconds(), 0.01))
