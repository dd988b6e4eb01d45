"""Sends a person the calendar of the coming week: words, with a picture if it can be drawn."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from blocks.calendar import (
    TITLE,
    Calendar,
    calendar_alt_text,
    calendar_chart,
    calendar_words,
    nothing_planned,
)
from blocks.kit import notice
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import CalendarAsked
from bot.campaigns.upcoming import week
from bot.charts import Charts, NotDrawn
from bot.records import Entry, Records
from bot.slack.client import SlackClient
from bot.slack.errors import Closed, NoFiles
from bot.slack.files import File, Files
from bot.slack.poster import MessageKey, Poster

log = structlog.get_logger()

# More campaigns than are ever scheduled at once.
CAMPAIGNS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Calendars:
    """Sends calendars."""

    slack: SlackClient
    poster: Poster
    records: Records
    environments: Environments
    charts: Charts

    async def send(self, entry: Entry, asked: CalendarAsked) -> None:
        """Send the calendar, unless an earlier attempt has.

        Raises:
            SlackError: Slack failed; the person may or may not have it.
        """
        direct = await self.slack.open_direct(asked.person)
        if entry.file and await Files(self.slack).is_shared(entry.file, direct):
            return
        calendar = await self._calendar(asked)
        if not calendar.runs:
            await self._tell(entry, asked, nothing_planned(asked.zone))
            return
        try:
            await self._share(entry, calendar, direct)
        except (NotDrawn, NoFiles, Closed) as error:
            # The words say the same.
            log.warning("calendar.without_picture", reason=str(error))
            await self._tell(entry, asked, calendar_words(calendar))

    async def _share(self, entry: Entry, calendar: Calendar, direct: str) -> None:
        picture = await self.charts.draw(calendar_chart(calendar))
        files, alt_text = Files(self.slack), calendar_alt_text(calendar)
        file = await files.upload(File("calendar.png", TITLE, picture, alt_text))
        await self.records.outbox.keep_file(entry, file)
        await files.share(file, TITLE, channel=direct, comment=calendar_words(calendar))

    async def _tell(self, entry: Entry, asked: CalendarAsked, text: str) -> None:
        key = MessageKey(entry.key, entry.content.kind, entry.asked_at)
        await self.poster.tell(asked.person, notice(text), key, look=entry.unsure)

    async def _calendar(self, asked: CalendarAsked) -> Calendar:
        known = await self.records.campaigns.scheduled(asked.environments, CAMPAIGNS_MAX)
        scheduled, now = [(each.snapshot, each.schedule) for each in known], datetime.now(UTC)
        # Runs are computed day by day, which takes a while for hundreds of schedules.
        runs = await asyncio.to_thread(week, scheduled, now)
        return Calendar(runs, now, asked.zone, self.environments)
