"""Who has scheduled the runs that come, and what they are warned of."""

from functools import partial

from sqlalchemy import Connection, select

from bot.campaigns.actions import Action
from bot.campaigns.notifications import RunAhead
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

    async def warn(self, ahead: RunAhead) -> None:
        """Warn of a run, unless its author was warned of it."""
        key = f"{ahead.campaign.id} run {ahead.run_at:%Y-%m-%d %H:%M}"
        await self._write_news(lambda db: put(db, key, ahead))


def _scheduled_by(campaign: str, db: Connection) -> Submission | None:
    asked = submissions.c
    query = select(submissions).where(asked.action == Action.SCHEDULE, asked.state == State.DONE)
    query = query.where(asked.outcome["campaign"].as_string() == campaign)
    row = db.execute(query.order_by(asked.accepted_at.desc()).limit(1)).mappings().first()
    return Submission.of(dict(row)) if row else None
