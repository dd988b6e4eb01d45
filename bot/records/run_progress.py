"""How far the runs of voice campaigns are, for the campaigns that have a card in a channel."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, or_, select

from bot.campaigns.notifications import RunEnded
from bot.campaigns.refs import CampaignRef
from bot.campaigns.results import ResultCounts
from bot.campaigns.values import Frozen, Kind, Status
from bot.records.campaigns import Known, known_of
from bot.records.cards import live_posts, update_cards
from bot.records.clock import database_now
from bot.records.tables import campaigns, posts, run_progress
from bot.records.telling import put
from bot.records.writing import Look, Write, upsert

_RUNNING = (Status.ACTIVE, Status.PAUSED)
# A run is over in these, and a campaign that waits for the next run of its schedule had one.
_OVER = (Status.COMPLETED, Status.STOPPED, Status.SCHEDULED, Status.RESCHEDULED)
# After a longer time it is no news that a run has ended.
NEWS = timedelta(days=1)

_row = run_progress.c


class Progress(Frozen):
    """A campaign whose run has to be looked at, and the counts of the look before."""

    known: Known
    before: ResultCounts | None

    @property
    def is_running(self) -> bool:
        """Return whether the run goes on."""
        return self.known.snapshot.status in _RUNNING


class RunProgress:
    """How far runs are. Every call is one transaction."""

    def __init__(self, look: Look, write_news: Write) -> None:
        """Use these to read from the records, and to write to them and the outbox."""
        self._look = look
        self._write_news = write_news

    async def of(self, campaign: str) -> ResultCounts | None:
        """Return the counts of a campaign's latest run, as last read; None if none was read."""
        return await self._look(partial(_counts, campaign))

    async def next(self, environment: str) -> Progress | None:
        """Return the campaign to look at: of a run that has ended, else the one not read longest.

        Return None if no campaign with a card runs or has just ended.
        """
        return await self._look(partial(_next, environment))

    async def saw(self, progress: Progress, counts: ResultCounts) -> None:
        """Store a run's counts, show them on its cards, and tell below these if it has ended."""
        await self._write_news(partial(_saw, progress, counts))


def _counts(campaign: str, db: Connection) -> ResultCounts | None:
    found = db.execute(select(_row.counts).where(_row.campaign_id == campaign)).scalar()
    return ResultCounts.model_validate(found) if found else None


def _next(environment: str, db: Connection) -> Progress | None:
    since = database_now(db) - NEWS
    for query in (_ended(since), _running()):
        row = db.execute(query.where(campaigns.c.environment == environment)).mappings().first()
        if row:
            return Progress(known=known_of(dict(row)), before=row["counts"])
    return None


def _ended(since: datetime) -> Select[Any]:
    """Return the runs that have ended since they were last read, or before they were read at all.

    Without an earlier look, only a campaign that is Completed certainly had a run.
    """
    unread = and_(_row.read_at.is_(None), campaigns.c.status == Status.COMPLETED)
    ended = or_(unread, _row.read_at < campaigns.c.turned_at)
    shown = _shown().where(campaigns.c.status.in_(_OVER), campaigns.c.turned_at > since, ended)
    return shown.order_by(campaigns.c.turned_at)


def _running() -> Select[Any]:
    shown = _shown().where(campaigns.c.status.in_(_RUNNING))
    return shown.order_by(_row.read_at.is_not(None), _row.read_at, campaigns.c.id)


def _shown() -> Select[Any]:
    """Return the voice campaigns that have a card, each with the counts of its run."""
    query = select(campaigns, _row.counts).outerjoin(
        run_progress, _row.campaign_id == campaigns.c.id
    )
    query = query.where(campaigns.c.kind == Kind.VOICE, campaigns.c.gone_at.is_(None))
    return query.where(exists().where(posts.c.campaign_id == campaigns.c.id)).limit(1)


def _saw(progress: Progress, counts: ResultCounts, db: Connection) -> None:
    campaign = progress.known.snapshot
    row = {
        "campaign_id": campaign.id,
        "read_at": database_now(db),
        "counts": counts.model_dump(mode="json"),
    }
    upsert(db, run_progress, row, ["campaign_id"])
    if counts.is_other_than(progress.before):
        update_cards([campaign.id], db)
    if not counts.is_running and counts.contacts:
        _tell_ended(progress.known, counts, db)


def _tell_ended(known: Known, counts: ResultCounts, db: Connection) -> None:
    """Tell once below each card what came of the run."""
    campaign, turned = known.snapshot, known.turned_at or known.seen_at
    for post in live_posts(campaign.id, db):
        told = RunEnded(channel=post.channel, campaign=CampaignRef.of(campaign), counts=counts)
        put(db, f"{post.channel} {campaign.id} ended {turned:%Y-%m-%d %H:%M:%S}", told)
