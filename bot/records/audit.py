"""The audit trail: an append-only chain in which each entry holds the hash of the previous one.

A hash covers every stored column of its entry. To change, drop or insert an entry unnoticed, an
attacker would have to rewrite all later entries, and a copy of the last hash would still reveal it.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any

from pydantic import AwareDatetime, Field, JsonValue
from sqlalchemy import Connection, Select, or_, select

from bot.campaigns.values import Frozen
from bot.records.database import one_writer
from bot.records.faults import DatabaseFault
from bot.records.tables import audit

# The `previous` hash of the first entry.
GENESIS = "0" * 64
PAGE = 500
_JSON_FIELDS = ("before", "after", "outcome")

Row = Mapping[str, Any]
Read = Callable[[Select[Any]], Awaitable[Sequence[Row]]]
Write = Callable[[Callable[[Connection], None]], Awaitable[None]]


class AuditEntry(Frozen):
    """One audited event. A submission has each combination of `event` and `discriminator` once.

    `submission` is its key, `actor` the Slack ID of the person on whose behalf it happened.
    `before` is the earlier value, `after` the requested one, and `outcome` the result.
    """

    at: AwareDatetime = Field(default_factory=partial(datetime.now, UTC))
    actor: str
    action: str
    submission: str
    reference: str
    event: str
    discriminator: str = ""
    campaign_id: str | None = None
    campaign_name: str | None = None
    channel: str | None = None
    before: JsonValue = None
    after: JsonValue = None
    outcome: JsonValue = None


class AuditRecord(AuditEntry):
    """An entry with its position in the chain."""

    number: int
    previous: str
    hash: str


class Broken(Frozen):
    """The first break in the chain: the number of the missing or false entry, and what is wrong."""

    number: int
    wrong: str


class Verdict(Frozen):
    """The number of valid entries, the hash of the last one, and the first break after it."""

    entries: int
    last: str
    broken: Broken | None


class AuditTrail:
    """Appends, reads and verifies audit entries."""

    def __init__(self, read: Read, write: Write) -> None:
        self._read = read
        self._write = write

    async def append(self, entry: AuditEntry) -> None:
        """Append an entry, unless its submission already has this event and discriminator."""
        await self._write(partial(_append, entry))

    async def entries(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        person: str | None = None,
        campaign: str | None = None,
    ) -> AsyncIterator[AuditRecord]:
        """Yield the entries in order, from `since` and before `until`, of one person or one
        campaign.

        `campaign` is an ID or a name. It selects every entry of each submission that involved it.

        Raises:
            DatabaseFault: an entry cannot be read.
        """
        query = select(audit).order_by(audit.c.number)
        if since:
            query = query.where(audit.c.at >= _moment(since))
        if until:
            query = query.where(audit.c.at < _moment(until))
        if person:
            query = query.where(audit.c.actor == person)
        if campaign:
            is_it = or_(audit.c.campaign_id == campaign, audit.c.campaign_name == campaign)
            query = query.where(audit.c.submission.in_(select(audit.c.submission).where(is_it)))
        async for row in self._rows(query):
            yield _record(row)

    async def verify(self) -> Verdict:
        """Verify the chain up to its end or its first break."""
        verdict = Verdict(entries=0, last=GENESIS, broken=None)
        async for row in self._rows(select(audit).order_by(audit.c.number)):
            if broken := _broken(row, verdict):
                return verdict.model_copy(update={"broken": broken})
            verdict = Verdict(entries=row["number"], last=row["hash"], broken=None)
        return verdict

    async def _rows(self, query: Select[Any]) -> AsyncIterator[Row]:
        """Yield the rows of a query by number, one page at a time."""
        page = await self._read(query.limit(PAGE))
        while page:
            for row in page:
                yield row
            page = await self._read(query.where(audit.c.number > page[-1]["number"]).limit(PAGE))


def reference_of(submission: str) -> str:
    """Return the eight-character reference that people can quote; log events show it."""
    return sha256(submission.encode()).hexdigest()[:8]


def add(entry: AuditEntry, db: Connection) -> None:
    """Append an entry in the transaction of the change that it records. Needs `one_writer`."""
    row = _stored(entry)
    same = [audit.c[name] == row[name] for name in ("submission", "event", "discriminator")]
    if db.execute(select(audit.c.number).where(*same)).first():
        return
    newest = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    number, previous = db.execute(newest).first() or (0, GENESIS)
    linked = {"number": number + 1, **row, "previous": previous}
    db.execute(audit.insert().values(**linked, hash=_hash(linked)))


def _append(entry: AuditEntry, db: Connection) -> None:
    one_writer(db)
    add(entry, db)


def _broken(row: Row, before: Verdict) -> Broken | None:
    """Return what is wrong with the entry that follows the valid ones, or None."""
    number = before.entries + 1
    if row["number"] != number:
        return Broken(number=number, wrong=f"is missing; entry {row['number']} is in its place")
    if row["hash"] != _hash(row):
        return Broken(number=number, wrong="was changed: its hash does not fit what it says")
    if row["previous"] != before.last:
        return Broken(number=number, wrong=f"does not follow from entry {before.entries}")
    return None


def _hash(row: Row) -> str:
    """Hash every column of an entry except the hash itself."""
    content = {name: value for name, value in row.items() if name != "hash"}
    # A manipulated text column in SQLite may hold bytes or other values that JSON cannot represent.
    return sha256(json.dumps(content, sort_keys=True, default=repr).encode()).hexdigest()


def _stored(entry: AuditEntry) -> Row:
    """Return the columns of an entry that do not depend on the chain."""
    columns = entry.model_dump()
    given = {name: columns[name] for name in _JSON_FIELDS}
    as_text = {
        name: None if value is None else json.dumps(value, sort_keys=True, allow_nan=False)
        for name, value in given.items()
    }
    return columns | as_text | {"at": _moment(entry.at)}


def _record(row: Row) -> AuditRecord:
    try:
        values = {name: row[name] and json.loads(row[name]) for name in _JSON_FIELDS}
        return AuditRecord.model_validate(dict(row) | values)
    except ValueError as error:
        raise DatabaseFault(
            f"entry {row['number']} of the audit trail cannot be read: "
            "`campaign-bot audit verify` says whether it was changed"
        ) from error


def _moment(moment: datetime) -> str:
    """Format a time in UTC at fixed length, so that text order is chronological order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
