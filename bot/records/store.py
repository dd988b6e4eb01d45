"""The records: stores submissions and what people typed before, and holds the other parts."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from math import inf
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, Update, select, update

from bot.campaigns.actions import ACTIONS
from bot.campaigns.base_command import content_of
from bot.campaigns.campaign import Snapshot
from bot.campaigns.notifications import AnyNotification
from bot.campaigns.review import digest
from bot.campaigns.saved_forms import Kept
from bot.outages import Outage
from bot.records import audit, rate_window, tables, telling
from bot.records.accepting import accept
from bot.records.approvals import Approvals
from bot.records.audit import AuditEntry, AuditTrail
from bot.records.campaign_parts import CampaignParts
from bot.records.campaigns import Campaigns
from bot.records.cards import LiveCards
from bot.records.catalog import StoredCatalog
from bot.records.changes import Changes
from bot.records.clock import database_now
from bot.records.coming_runs import ComingRuns
from bot.records.database import one_writer
from bot.records.digests import Digests
from bot.records.drafts import Drafts
from bot.records.executors import Executors
from bot.records.faults import DatabaseFault, database_faults
from bot.records.outbox import Outbox
from bot.records.pruning import prune
from bot.records.run_progress import RunProgress
from bot.records.saved_forms import SavedForms
from bot.records.submissions import (
    BEFORE,
    ENDED,
    Outcome,
    Overtaken,
    State,
    Submission,
    json_of,
)
from bot.records.watches import Watches
from bot.records.writing import upsert

T = TypeVar("T")
THREADS = 4


class Records:
    """The bot's database. Every call is one transaction, on a thread outside the event loop.

    Every call raises `DatabaseFault` if the database cannot be used; nothing is stored then, and
    the outage is logged as one.
    """

    def __init__(self, engine: Engine, outage: Outage | None = None) -> None:
        self.engine = engine
        self._outage = outage or Outage("database")
        # Own threads: the durable engine replaces the loop's executor, and shuts it down on stop.
        self._readers = ThreadPoolExecutor(THREADS, "records-read")
        # SQLite has one writer at a time. Several threads would wait for it in no order, and one
        # could time out.
        writers = 1 if engine.dialect.name == "sqlite" else THREADS
        self._writers = ThreadPoolExecutor(writers, "records-write")
        self.audit = AuditTrail(self._read, self._write)
        self.executors = Executors(self._write)
        self.campaigns = Campaigns(self._read, self._write)
        self.cards = LiveCards(self._look, self._write, self._write_news)
        self.changes = Changes(self._write_news)
        self.watches = Watches(self._look, self._write)
        self.coming_runs = ComingRuns(self._look, self._write_news)
        self.run_progress = RunProgress(self._look, self._write_news)
        self.digests = Digests(self._look, self._write, self._write_news)
        self.catalog = StoredCatalog(self._look, self._write)
        self.campaign_parts = CampaignParts(self._look, self._write_news)
        self.drafts = Drafts(self._write)
        self.saved_forms = SavedForms(self._look, self._write)
        self.approvals = Approvals(self._write_news)
        self.outbox = Outbox(self._look, self._write)

    async def close(self) -> None:
        """Close the database."""
        self._readers.shutdown()
        self._writers.shutdown()
        self.engine.dispose()

    async def writable(self) -> bool:
        """Return whether the database currently accepts writes."""
        probe = update(tables.submissions).where(tables.submissions.c.key == "").values(key="")
        try:
            await self._write(lambda db: db.execute(probe))
        except DatabaseFault:
            return False
        return True

    async def accept(self, submission: Submission, kept: Kept | None = None) -> bool:
        """Store a submission and what is kept of its form; False if its key is already stored."""
        return await self._write(partial(accept, submission, kept))

    async def submission(self, key: str) -> Submission | None:
        """Return the submission with this key, or None."""
        rows = await self._read(select(tables.submissions).where(tables.submissions.c.key == key))
        return Submission.of(rows[0]) if rows else None

    async def unfinished(self, *, before: datetime) -> list[str]:
        """Return the keys of unfinished submissions accepted before a time, oldest first.

        Submissions that wait for approval are left out.
        """
        table = tables.submissions
        query = select(table.c.key).where(table.c.finished_at.is_(None))
        query = query.where(table.c.state != State.WAITING, table.c.accepted_at < before)
        return [row["key"] for row in await self._read(query.order_by(table.c.accepted_at))]

    async def open_changes(self, environment: str) -> list[Submission]:
        """Return the unfinished submissions that change something in Kore.ai, oldest first."""
        table = tables.submissions
        changes = [action for action, row in ACTIONS.items() if row.audited]
        query = select(table).where(table.c.finished_at.is_(None), table.c.action.in_(changes))
        query = query.where(table.c.environment == environment).order_by(table.c.accepted_at)
        return [Submission.of(row) for row in await self._read(query)]

    async def waiting(self) -> list[str]:
        """Return the keys of submissions that wait for approval or for the end of a hold."""
        table = tables.submissions
        query = select(table.c.key).where(table.c.state == State.WAITING)
        return [row["key"] for row in await self._read(query)]

    async def release(self, asked: Submission, approved: str, due_at: datetime) -> bool:
        """Move a waiting submission to ACCEPTED, with `due_at` as its acceptance time.

        Return False and change nothing if the stored submission does not match the `approved`
        digest.
        """
        return await self._write(partial(_release, asked, approved, due_at))

    async def take_up(self, key: str) -> Submission | None:
        """Begin to carry out a submission; None if it does not exist or is finished.

        From now on, a process that began earlier can no longer change the submission's state.
        """
        return await self._write(partial(_take_up, key))

    async def mark(
        self,
        asked: Submission,
        state: State,
        outcome: Outcome | None = None,
        *,
        entry: AuditEntry | None = None,
        tell: Sequence[AnyNotification] = (),
    ) -> None:
        """Set the state and outcome of a submission, which is not finished then.

        The audit's entry and the notifications are added in the same transaction.

        Raises:
            Overtaken: another process has begun to carry it out, or has changed its state so that
                this one may not follow.
        """
        await self._write_news(partial(_mark, asked, state, outcome, entry=entry, tell=tell))

    async def seconds_since_mark(self, key: str) -> float:
        """Return how long ago the submission's state was set; infinity if that is not known."""
        return await self._look(partial(_seconds_since_mark, key))

    async def finish(self, asked: Submission) -> None:
        """Mark a submission as finished if its state is final."""
        change = _held(asked, ENDED).values(finished_at=datetime.now(UTC))
        await self._write(lambda db: db.execute(change))

    async def prune(self, before: datetime) -> None:
        """Delete some of the records that have not been needed since a time."""
        await self._write(lambda db: prune(db, before))

    async def keep_before(self, key: str, before: Snapshot) -> None:
        """Store the campaign's snapshot before a submission changes it."""
        table = tables.submissions
        change = update(table).where(table.c.key == key).values(before=json_of(before))
        await self._write(lambda db: db.execute(change))

    async def remember_names(self, field: str, used: Iterable[str]) -> None:
        """Store names typed into a field, to suggest them later."""
        now = datetime.now(UTC)
        rows = [{"field": field, "name": name, "used_at": now} for name in used]

        def keep(db: Connection) -> None:
            for row in rows:
                upsert(db, tables.names, row, ["field", "name"])

        await self._write(keep)

    async def names(self, field: str, text: str = "", limit: int = 50) -> list[str]:
        """Return names used in a field before that contain `text` in any case, last used first.

        The names are compared here, because databases differ in which letters they fold.
        """
        table = tables.names
        query = select(table.c.name).where(table.c.field == field)
        rows = await self._read(query.order_by(table.c.used_at.desc()))
        found = (row["name"] for row in rows if text.casefold() in row["name"].casefold())
        return list(islice(found, limit))

    async def take_call(self, account: str, limit: int) -> float:
        """Count a call unless the account made `limit` in a minute. Return the seconds to wait."""
        return await self._write(lambda db: rate_window.take(db, account, limit))

    async def remember_zone(self, person: str, zone: str) -> None:
        """Store a person's IANA time zone."""
        row = {"person": person, "zone": zone}
        await self._write(lambda db: upsert(db, tables.zones, row, ["person"]))

    async def zone(self, person: str) -> str | None:
        """Return a person's IANA time zone, or None."""
        rows = await self._read(select(tables.zones.c.zone).where(tables.zones.c.person == person))
        return str(rows[0]["zone"]) if rows else None

    async def _read(self, query: Select[Any]) -> Sequence[dict[str, Any]]:
        return await self._look(lambda db: [dict(row) for row in db.execute(query).mappings()])

    async def _look(self, look: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self.engine.connect() as db:
                return look(db)

        return await self._on_a_thread(self._readers, run)

    async def _write(self, change: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self.engine.begin() as db:
                return change(db)

        made_at = time.monotonic()
        result = await self._on_a_thread(self._writers, run)
        # Reading proves nothing: it works in a database that is read-only, locked or full.
        self._outage.over(made_at)
        return result

    async def _write_news(self, change: Callable[[Connection], T]) -> T:
        """Run a change that may add to the outbox."""
        result = await self._write(change)
        self.outbox.news.set()
        return result

    async def _on_a_thread(self, threads: ThreadPoolExecutor, run: Callable[[], T]) -> T:
        with database_faults(self._outage):
            return await asyncio.get_running_loop().run_in_executor(threads, run)


def _held(asked: Submission, states: Collection[State]) -> Update:
    """Return an update of a submission in these states, unless another process has begun it."""
    table = tables.submissions
    mine = (table.c.key == asked.key, table.c.turn == asked.turn)
    return update(table).where(*mine, table.c.state.in_(states))


def _take_up(key: str, db: Connection) -> Submission | None:
    table = tables.submissions
    begun = update(table).where(table.c.key == key, table.c.finished_at.is_(None))
    begun = begun.values(turn=table.c.turn + 1).returning(table)
    row = db.execute(begun).mappings().first()
    return Submission.of(dict(row)) if row else None


def _mark(
    asked: Submission,
    state: State,
    outcome: Outcome | None,
    db: Connection,
    *,
    entry: AuditEntry | None,
    tell: Sequence[AnyNotification],
) -> None:
    if entry:
        one_writer(db)
    values = {"state": state, "outcome": json_of(outcome), "finished_at": None}
    change = _held(asked, BEFORE[state]).values(values | {"marked_at": database_now(db)})
    if db.execute(change).rowcount == 0:
        raise Overtaken(asked.key)
    if entry:
        audit.add(entry, db)
    telling.add(asked.key, tell, db)


def _seconds_since_mark(key: str, db: Connection) -> float:
    table = tables.submissions
    marked_at = db.execute(select(table.c.marked_at).where(table.c.key == key)).scalar()
    return (database_now(db) - marked_at).total_seconds() if marked_at else inf


def _release(asked: Submission, approved: str, due_at: datetime, db: Connection) -> bool:
    one_writer(db)
    table = tables.submissions
    row = db.execute(select(table).where(table.c.key == asked.key)).mappings().one()
    # Hash the stored JSON: fields that commands gained later are not part of this digest.
    kept = digest(row["action"], str(row["environment"]), content_of(row["command"]))
    if not kept == row["digest"] == approved:
        return False
    waits = _held(asked, {State.WAITING})
    db.execute(waits.values(state=State.ACCEPTED, accepted_at=due_at))
    return True
