"""Stores what Kore.ai's lists contain, and how far each list is read.

One process at a time reads a list: it claims the reading for a short time, and a later claim has a
larger number. All times are the database's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Connection, Select, exists, select, update

from bot.campaigns.campaign import Snapshot
from bot.campaigns.values import Frozen, Kind
from bot.records.campaigns import mark_gone, row_of, snapshot_of
from bot.records.changes import noticed
from bot.records.clock import database_now
from bot.records.contact_lists import ContactLists
from bot.records.database import one_writer
from bot.records.tables import campaigns, readings
from bot.records.writing import Look, Write, insert_into, upsert_all

# Longer than a page usually takes. If one takes longer, another process may read it too.
CLAIM = timedelta(seconds=20)

_table = readings.c


class Reading(Frozen):
    """A claimed reading of a list. `now` is when it was claimed, and `claims` numbers it."""

    environment: str
    list: str
    claims: int
    state: dict[str, Any]
    now: AwareDatetime


class StoredCatalog:
    """The campaigns and contact lists of the account. Every call is one transaction."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._look = look
        self._write = write
        self.contact_lists = ContactLists(look, write)

    async def add(self, environment: str, lists: Sequence[str]) -> None:
        """Add the readings of an environment's lists that are not there yet, to be done now."""
        await self._write(partial(_add, environment, lists))

    async def claim(self, environment: str) -> Reading | None:
        """Claim the reading that is due for the longest time; None if none is due, or another
        process reads a list of the environment.
        """
        if not await self._look(partial(_is_due, environment)):
            return None
        return await self._write(partial(_claim_due, environment))

    async def take(self, environment: str, name: str) -> Reading:
        """Claim the reading of a list now, even from another process, which then stores nothing."""
        return await self._write(partial(_take, environment, name))

    async def settle(self, reading: Reading, state: Mapping[str, Any], pause: timedelta) -> bool:
        """Store a reading's state and make it due after the pause.

        Return False and store nothing if another process has claimed it since.
        """
        return await self._write(partial(_settle, reading, dict(state), pause))

    async def states(self, environment: str) -> tuple[dict[str, dict[str, Any]], datetime]:
        """Return the state of each reading of an environment by its list, and the time."""
        return await self._look(partial(_states, environment))

    async def hasten(self, environment: str, lists: Sequence[str]) -> None:
        """Make readings due now."""
        await self._write(partial(_hasten, environment, lists))

    async def saw(self, rows: Sequence[Snapshot]) -> int:
        """Store campaigns that a list contained; return how many are new or changed.

        The cards of those that look different are updated.
        """
        return await self._write(partial(_saw, rows))

    async def seen_since(self, environment: str, kind: Kind, since: datetime) -> tuple[int, str]:
        """Return how many campaigns of a kind were seen since a time, and a hash of their IDs."""
        query = select(campaigns.c.id).where(*_there(environment, kind))
        query = query.where(campaigns.c.seen_at >= since).order_by(campaigns.c.id)
        return await self._look(lambda db: _hashed(db.execute(query).scalars()))

    async def unseen_since(self, environment: str, kind: Kind, since: datetime) -> None:
        """Mark the campaigns of a kind as gone that were not seen since a time, also on cards."""
        await self._write(
            partial(mark_gone, [*_there(environment, kind), campaigns.c.seen_at < since])
        )

    async def with_status(
        self, environment: str, kind: Kind, statuses: Collection[str], before: datetime, limit: int
    ) -> list[str]:
        """Return the IDs of campaigns that were last seen before a time, with these statuses."""
        query = select(campaigns.c.id).where(*_there(environment, kind))
        query = query.where(campaigns.c.status.in_(statuses), campaigns.c.seen_at < before)
        return await self._look(lambda db: list(db.execute(query.limit(limit)).scalars()))


def _add(environment: str, lists: Sequence[str], db: Connection) -> None:
    now = database_now(db)
    # Due one after the other, in the order given.
    rows = [
        {
            "environment": environment,
            "list": each,
            "due_at": now + at * timedelta(microseconds=1),
            "claims": 0,
            "state": {},
        }
        for at, each in enumerate(lists)
    ]
    db.execute(insert_into(db, readings).values(rows).on_conflict_do_nothing())


def _is_due(environment: str, db: Connection) -> bool:
    now = database_now(db)
    here = select(readings).where(_table.environment == environment)
    taken, due = here.where(_table.claimed_until > now), here.where(_table.due_at <= now)
    return bool(db.execute(select(exists(due.subquery()) & ~exists(taken.subquery()))).scalar())


def _claim_due(environment: str, db: Connection) -> Reading | None:
    one_writer(db)
    if not _is_due(environment, db):
        return None
    query = select(readings).where(_table.environment == environment)
    query = query.order_by(_table.due_at).limit(1).with_for_update()
    return _claimed(query, database_now(db), db)


def _take(environment: str, name: str, db: Connection) -> Reading:
    query = select(readings).where(_table.environment == environment, _table.list == name)
    reading = _claimed(query.with_for_update(), database_now(db), db)
    if reading is None:
        _add(environment, [name], db)
        return _take(environment, name, db)
    return reading


def _claimed(query: Select[Any], now: datetime, db: Connection) -> Reading | None:
    row = db.execute(query).mappings().first()
    if row is None:
        return None
    claims = row["claims"] + 1
    mine = (_table.environment == row["environment"], _table.list == row["list"])
    held = {"claims": claims, "claimed_until": now + CLAIM}
    db.execute(update(readings).where(*mine).values(held))
    return Reading(
        environment=row["environment"],
        list=row["list"],
        claims=claims,
        state=row["state"],
        now=now,
    )


def _settle(reading: Reading, state: dict[str, Any], pause: timedelta, db: Connection) -> bool:
    mine = (
        _table.environment == reading.environment,
        _table.list == reading.list,
        _table.claims == reading.claims,
    )
    values = {"state": state, "due_at": database_now(db) + pause, "claimed_until": None}
    return db.execute(update(readings).where(*mine).values(values)).rowcount == 1


def _states(environment: str, db: Connection) -> tuple[dict[str, dict[str, Any]], datetime]:
    query = select(_table.list, _table.state).where(_table.environment == environment)
    return {row.list: row.state for row in db.execute(query)}, database_now(db)


def _hasten(environment: str, lists: Sequence[str], db: Connection) -> None:
    now = database_now(db)
    later = (_table.environment == environment, _table.list.in_(lists), _table.due_at > now)
    db.execute(update(readings).where(*later).values(due_at=now))


def _hashed(ids: Iterable[str]) -> tuple[int, str]:
    count, seen = 0, sha256()
    for each in ids:
        count += 1
        seen.update(f"{each} ".encode())
    return count, seen.hexdigest()


def _there(environment: str, kind: Kind) -> tuple[Any, ...]:
    here = campaigns.c.environment == environment
    return here, campaigns.c.kind == kind, campaigns.c.gone_at.is_(None)


def _saw(rows: Sequence[Snapshot], db: Connection) -> int:
    # In the order of their IDs: two processes that store the same rows wait for each other.
    seen = {each.id: each for each in sorted(rows, key=lambda each: each.id)}
    query = select(campaigns).where(campaigns.c.id.in_(seen)).order_by("id").with_for_update()
    rows_before = {row.id: row for row in db.execute(query).all()}
    earlier = {id_: snapshot_of(row) for id_, row in rows_before.items()}
    merged = [each.knowing(earlier.get(id_)) for id_, each in seen.items()]
    changed = [each for each in merged if each != earlier.get(each.id)]
    now = database_now(db)
    made = [row_of(each, rows_before.get(each.id), now) for each in changed]
    upsert_all(db, campaigns, made, ["id"])
    noticed([(earlier.get(each.id), each) for each in changed], db)
    again = update(campaigns).where(campaigns.c.id.in_(seen))
    db.execute(again.values(seen_at=now, gone_at=None))
    return len(changed)
