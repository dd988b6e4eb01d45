"""Stores what the bot knows of campaigns in Kore.ai."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, func, select, update

from bot.campaigns.actions import LOOK_UPS
from bot.campaigns.campaign import Campaign, Snapshot
from bot.campaigns.edits import connection_of
from bot.campaigns.names import folded
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen, Kind, Status, status_word
from bot.records.changes import noticed
from bot.records.clock import database_now
from bot.records.tables import campaigns, submissions
from bot.records.writing import Read, Write, upsert

_OVER = (Status.COMPLETED, Status.STOPPED)
_SCHEDULED = (Status.SCHEDULED, Status.RESCHEDULED, Status.ACTIVE)
# More than anybody chooses among.
NAMESAKES_MAX = 20


class Known(Frozen):
    """A known campaign: its last snapshot, the settings and the schedule that the bot sent, and its
    creator. `turned_at` is when it was seen that its status had changed.
    """

    snapshot: Snapshot
    sent: Campaign | None = None
    schedule: Schedule | None
    created_by: str | None
    seen_at: datetime
    turned_at: datetime | None = None


class Campaigns:
    """The known campaigns. Every call is one transaction."""

    def __init__(self, read: Read, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._read = read
        self._write = write

    async def remember(
        self, seen: Snapshot, *, created_by: str | None = None, sent: Campaign | None = None
    ) -> Snapshot:
        """Store a campaign's snapshot. Constants that it lacks are taken from the earlier one.

        `sent` are the settings that the bot has just sent for it.
        """
        return await self._write(partial(_remember, seen, created_by, sent))

    async def gone(self, campaign_id: str) -> None:
        """Mark a campaign as deleted in Kore.ai."""
        there = (campaigns.c.id == campaign_id, campaigns.c.gone_at.is_(None))
        await self._write(partial(mark_gone, there))

    async def named(self, name: str, environment: str | None = None) -> list[Known]:
        """Return the campaigns of a name as people type it, last changed first."""
        query = select(campaigns).where(campaigns.c.folded == folded(name))
        query = query.where(campaigns.c.gone_at.is_(None))
        if environment is not None:
            query = query.where(campaigns.c.environment == environment)
        query = query.order_by(campaigns.c.changed_at.desc(), campaigns.c.id).limit(NAMESAKES_MAX)
        return [known_of(row) for row in await self._read(query)]

    async def called(self, names: Collection[str], environment: str | None) -> frozenset[str]:
        """Return those of these folded names that campaigns have, in an environment or in any."""
        name = campaigns.c.folded
        query = select(name).distinct().where(name.in_(names), campaigns.c.gone_at.is_(None))
        if environment is not None:
            query = query.where(campaigns.c.environment == environment)
        return frozenset(row["folded"] for row in await self._read(query))

    async def adopt(self, environment: str) -> None:
        """Assign the campaigns stored without an environment to this one."""
        change = update(campaigns).where(campaigns.c.environment.is_(None))
        await self._write(lambda db: db.execute(change.values(environment=environment)))

    async def remember_schedule(self, campaign_id: str, schedule: Schedule | None) -> None:
        """Store the schedule that the bot set, because Kore.ai never returns it; None for none."""
        value = schedule.model_dump(mode="json") if schedule else None
        change = update(campaigns).where(campaigns.c.id == campaign_id).values(schedule=value)
        await self._write(lambda db: db.execute(change))

    async def known(self, campaign_id: str) -> Known | None:
        """Return what is known of a campaign, or None."""
        rows = await self._read(select(campaigns).where(campaigns.c.id == campaign_id))
        return known_of(rows[0]) if rows else None

    async def was_known(self, ref: CampaignRef) -> bool:
        """Return whether a reference has the ID of a campaign that is or was in Kore.ai."""
        return ref.id is not None and await self.known(ref.id) is not None

    async def search(
        self,
        *,
        kind: Kind | None = None,
        status: str | None = None,
        text: str = "",
        environments: Collection[str] | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> list[Known]:
        """Return the campaigns whose name contains `text` as people type it, last changed first.

        Search every environment, unless `environments` limits the search.
        """
        query = select(campaigns).order_by(campaigns.c.changed_at.desc(), campaigns.c.id)
        query = query.where(campaigns.c.gone_at.is_(None))
        if text := folded(text):
            query = query.where(campaigns.c.folded.contains(text, autoescape=True))
        if kind:
            query = query.where(campaigns.c.kind == kind)
        if environments is not None:
            query = query.where(campaigns.c.environment.in_(environments))
        if status:
            query = query.where(campaigns.c.status == status_word(status))
        return [known_of(row) for row in await self._read(query.offset(offset).limit(limit))]

    async def scheduled(self, environments: Collection[str] | None, limit: int) -> list[Known]:
        """Return the campaigns that Kore.ai reports as scheduled or running, last changed first.

        The schedule of each is known if the bot has set it.
        """
        query = select(campaigns).order_by(campaigns.c.changed_at.desc(), campaigns.c.id)
        query = query.where(campaigns.c.gone_at.is_(None), campaigns.c.status.in_(_SCHEDULED))
        if environments is not None:
            query = query.where(campaigns.c.environment.in_(environments))
        rows = await self._read(query.limit(limit))
        # Thousands take a second, in which the bot must answer Slack.
        return await asyncio.to_thread(lambda: [known_of(row) for row in rows])

    async def ended(
        self, environments: Collection[str] | None, since: datetime, limit: int
    ) -> list[Known]:
        """Return the campaigns that were seen to be over since a time, the first one first."""
        query = select(campaigns).where(campaigns.c.turned_at > since)
        query = query.where(campaigns.c.status.in_(_OVER), campaigns.c.gone_at.is_(None))
        if environments is not None:
            query = query.where(campaigns.c.environment.in_(environments))
        query = query.order_by(campaigns.c.turned_at, campaigns.c.id)
        return [known_of(row) for row in await self._read(query.limit(limit))]

    async def dnc_lists(self, environment: str) -> frozenset[str]:
        """Return the names of the DNC lists that the known campaigns of an environment use."""
        return await self._used(campaigns.c.dnc_list, campaigns.c.environment == environment)

    async def caller_ids(self, environment: str, kind: Kind) -> frozenset[str]:
        """Return the senders of an environment's known campaigns of a kind, as Kore.ai has them."""
        here = (campaigns.c.environment == environment, campaigns.c.kind == kind)
        return await self._used(campaigns.c.caller_id, *here)

    async def queues(self, environment: str) -> frozenset[str]:
        """Return the names of the queues that the known campaigns of an environment use."""
        return await self._used(campaigns.c.queue, campaigns.c.environment == environment)

    async def flows(self, environment: str, kind: Kind) -> frozenset[str]:
        """Return the experience flows of an environment's known campaigns of a kind."""
        here = (campaigns.c.environment == environment, campaigns.c.kind == kind)
        return await self._used(campaigns.c.flow, *here)

    async def asked_for(
        self, person: str, *, among: Collection[str], limit: int
    ) -> list[tuple[Known, datetime]]:
        """Return the campaigns that a person created or changed in these environments, latest
        first.

        Each comes with the time of the person's last submission for it.
        """
        asked = submissions.c
        theirs = select(asked.accepted_at, asked.outcome["campaign"].as_string().label("campaign"))
        theirs = theirs.where(asked.author == person, asked.action.not_in(LOOK_UPS))
        done = theirs.subquery()
        last = func.max(done.c.accepted_at).label("asked_at")
        query = select(campaigns, last).join(done, done.c.campaign == campaigns.c.id)
        query = query.where(campaigns.c.environment.in_(among)).group_by(campaigns.c.id)
        rows = await self._read(query.order_by(last.desc(), campaigns.c.id).limit(limit))
        return [(known_of(row), row["asked_at"]) for row in rows]

    async def _used(self, column: Column[Any], *among: ColumnElement[bool]) -> frozenset[str]:
        """Return the values of a column for some campaigns, without empty ones."""
        value = column.label("value")
        # NULL is not unequal to anything, so this leaves out the campaigns without a value too.
        used = select(value).distinct().where(*among, column != "")
        return frozenset(row["value"] for row in await self._read(used))


def row_of(snapshot: Snapshot, earlier: Row[Any] | None, now: datetime) -> dict[str, Any]:
    """Return the row of a campaign that was seen now; `earlier` is its row until now."""
    is_other = earlier is not None and earlier.status != snapshot.status
    return {
        "turned_at": now if is_other else earlier and earlier.turned_at,
        "id": snapshot.id,
        "folded": folded(snapshot.name),
        "kind": snapshot.kind,
        "status": snapshot.status,
        "snapshot": snapshot.model_dump(mode="json", exclude={"environment", "details"}),
        "seen_at": now,
        "environment": snapshot.environment,
        "changed_at": snapshot.updated_at or snapshot.created_at or now,
        "gone_at": None,
        "dnc_list": snapshot.dnc_list,
        "caller_id": snapshot.caller_id,
        "queue": None if snapshot.connects_to_flow else snapshot.connection,
        "flow": snapshot.connection if snapshot.connects_to_flow else None,
    }


def _remember(
    seen: Snapshot, created_by: str | None, sent: Campaign | None, db: Connection
) -> Snapshot:
    query = select(campaigns).where(campaigns.c.id == seen.id).with_for_update()
    found = db.execute(query).first()
    earlier = snapshot_of(found) if found else None
    snapshot = seen.knowing(earlier)
    if sent is not None:
        snapshot = snapshot.model_copy(update={"connection": connection_of(sent)})
    row = row_of(snapshot, found, database_now(db))
    if created_by is not None:
        row["created_by"] = created_by
    if sent is not None:
        row["sent"] = sent.model_dump(mode="json")
    upsert(db, campaigns, row, ["id"])
    if earlier:
        noticed([(earlier, snapshot)], db)
    return snapshot


def mark_gone(those: Sequence[ColumnElement[bool]], db: Connection) -> None:
    """Mark the campaigns for which these conditions hold as deleted in Kore.ai."""
    found = [snapshot_of(row) for row in db.execute(select(campaigns).where(*those))]
    db.execute(update(campaigns).where(*those).values(gone_at=database_now(db)))
    noticed([(e, e.model_copy(update={"status": Status.DELETED})) for e in found], db)


def snapshot_of(row: Row[Any]) -> Snapshot:
    """Return the campaign of a row as it was last seen."""
    gone = {"status": Status.DELETED} if row.gone_at else {}
    return Snapshot.model_validate({**row.snapshot, "environment": row.environment, **gone})


def known_of(row: dict[str, Any]) -> Known:
    """Return the campaign of a row."""
    deleted = {"status": Status.DELETED} if row["gone_at"] else {}
    return Known(
        snapshot=row["snapshot"] | {"environment": row["environment"]} | deleted,
        sent=row["sent"],
        schedule=row["schedule"],
        created_by=row["created_by"],
        seen_at=row["seen_at"],
        turned_at=row["turned_at"],
    )
