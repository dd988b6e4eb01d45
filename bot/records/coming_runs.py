"""Who has scheduled the runs that come, and what they are warned of."""

from functools import partial

from sqlalchemy import Connection, select

from bot.campaigns.actions import Action
from bot.campaigns.notifications import CalendarAsked, OfRun
from bot.records.submissions import State, Submission
from bot.records.tables import submissions
from bot.records.telling import put
from bot.records.writing import Look, Write


class ComingRuns:
    """The runs that come soon. Every call is one transaction."""

    def __init__(self, look: Look, write_news: Write) -> None:
        """Use these to read from the records and to write to the outbox."""
        self._look = look
        self._write_news = write_news

    async def scheduled_by(self, campaign: str) -> Submission | None:
        """Return the latest submission that has scheduled a campaign; None if the bot has not."""
        return await self._look(partial(_scheduled_by, campaign))

    async def tell(self, told: OfRun) -> None:
        """Tell the author of a schedule something of a run, unless it was told."""
        key = f"{told.campaign.id} {told.kind} {told.run_at:%Y-%m-%d %H:%M}"
        await self._write_news(lambda db: put(db, key, told))

    async def show(self, key: str, asked: CalendarAsked) -> None:
        """Show a person the runs of the coming week; `key` is Slack's name for the request."""
        await self._write_news(lambda db: put(db, f"{key} {asked.kind}", asked))


def _scheduled_by(campaign: str, db: Connection) -> Submission | None:
    asked = submissions.c
    query = select(submissions).where(asked.action == Action.SCHEDULE, asked.state == State.DONE)
    query = query.where(asked.outcome["campaign"].as_string() == campaign)
    row = db.execute(query.order_by(asked.accepted_at.desc()).limit(1)).mappings().first()
    return Submission.of(dict(row)) if row else None
