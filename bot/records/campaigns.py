"""Stores what the bot knows of campaigns in Kore.ai, and the message that shows each one."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.names import folded
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen, Kind, status_word
from bot.records.clock import database_now
from bot.records.tables import campaigns, posts, submissions
from bot.records.writing import Read, Write, upsert

# More than anybody chooses among.
NAMESAKES_MAX = 20


class Known(Frozen):
    """A known campaign: its last snapshot, the schedule that the bot set, and its creator."""

    snapshot: Snapshot
    schedule: Schedule | None
    created_by: str | None
    seen_at: datetime


class Post(Frozen):
    """The live message of a campaign in a channel; `news` says why it was posted."""

    campaign_id: str
    channel: str
    ts: str
    news: str = ""


class Campaigns:
    """The known campaigns and their messages. Every call is one transaction."""

    def __init__(self, read: Read, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._read = read
        self._write = write

    async def remember(self, seen: Snapshot, *, created_by: str | None = None) -> Snapshot:
        """Store a campaign's snapshot. Constants that it lacks are taken from the earlier one."""
        return await self._write(partial(_remember, seen, created_by))

    async def gone(self, campaign_id: str) -> None:
        """Mark a campaign as deleted in Kore.ai."""
        change = update(campaigns).where(campaigns.c.id == campaign_id)
        await self._write(lambda db: db.execute(change.values(gone_at=database_now(db))))

    async def named(self, name: str, environment: str | None = None) -> list[Known]:
        """Return the campaigns of a name as people type it, last changed first."""
        query = select(campaigns).where(campaigns.c.folded == folded(name))
        query = query.where(campaigns.c.gone_at.is_(None))
        if environment is not None:
            query = query.where(campaigns.c.environment == environment)
        query = query.order_by(campaigns.c.changed_at.desc(), campaigns.c.id).limit(NAMESAKES_MAX)
        return [_known(row) for row in await self._read(query)]

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
        return _known(rows[0]) if rows else None

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
        return [_known(row) for row in await self._read(query.offset(offset).limit(limit))]

    async def dnc_lists(self, environment: str) -> frozenset[str]:
        """Return the names of the DNC lists that the known campaigns of an environment use."""
        name = campaigns.c.dnc_list.label("name")
        # NULL is not unequal to anything, so this leaves out the campaigns without a DNC list too.
        used = select(name).distinct().where(campaigns.c.environment == environment, name != "")
        return frozenset(row["name"] for row in await self._read(used))

    async def asked_for(
        self, person: str, *, among: Collection[str], limit: int
    ) -> list[tuple[Known, datetime]]:
        """Return the campaigns that a person created or changed in these environments, latest
        first.

        Each comes with the time of the person's last submission for it.
        """
        asked = submissions.c
        theirs = select(asked.accepted_at, asked.outcome["campaign"].as_string().label("campaign"))
        theirs = theirs.where(asked.author == person, asked.action != Action.STATUS)
        done = theirs.subquery()
        last = func.max(done.c.accepted_at).label("asked_at")
        query = select(campaigns, last).join(done, done.c.campaign == campaigns.c.id)
        query = query.where(campaigns.c.environment.in_(among)).group_by(campaigns.c.id)
        rows = await self._read(query.order_by(last.desc(), campaigns.c.id).limit(limit))
        return [(_known(row), row["asked_at"]) for row in rows]

    async def remember_post(self, post: Post) -> None:
        """Make this message the campaign's live message in its channel."""
        await self._write(partial(make_live, post))

    async def posts(self, campaign_id: str) -> list[Post]:
        """Return the campaign's live messages, one per channel."""
        return [Post(**row) for row in await self._read(_posts(campaign_id))]


def row_of(snapshot: Snapshot, now: datetime) -> dict[str, Any]:
    """Return the row of a campaign that was seen now."""
    return {
        "id": snapshot.id,
        "folded": folded(snapshot.name),
        "kind": snapshot.kind,
        "status": snapshot.status,
        "snapshot": snapshot.model_dump(mode="json", exclude={"environment"}),
        "seen_at": now,
        "environment": snapshot.environment,
        "changed_at": snapshot.updated_at or snapshot.created_at or now,
        "gone_at": None,
        "dnc_list": snapshot.dnc_list,
    }


def _remember(seen: Snapshot, created_by: str | None, db: Connection) -> Snapshot:
    query = select(campaigns.c.snapshot).where(campaigns.c.id == seen.id).with_for_update()
    earlier = db.execute(query).scalar()
    snapshot = seen.knowing(Snapshot.model_validate(earlier) if earlier else None)
    row = row_of(snapshot, database_now(db))
    if created_by is not None:
        row["created_by"] = created_by
    upsert(db, campaigns, row, ["id"])
    return snapshot


def live_posts(campaign_id: str, db: Connection) -> list[Post]:
    """Return the campaign's live messages in a transaction."""
    return [Post(**row) for row in db.execute(_posts(campaign_id)).mappings()]


def make_live(post: Post, db: Connection) -> None:
    """Make this message the live one in its channel, in a transaction."""
    upsert(db, posts, post.model_dump(), ["campaign_id", "channel"])


def _posts(campaign_id: str) -> Select[Any]:
    return select(posts).where(posts.c.campaign_id == campaign_id)


def _known(row: dict[str, Any]) -> Known:
    return Known(
        snapshot=row["snapshot"] | {"environment": row["environment"]},
        schedule=row["schedule"],
        created_by=row["created_by"],
        seen_at=row["seen_at"],
    )
