"""Delivers notifications that are files: each is shared once.

The ID of a file is stored before it is shared, so that the next attempt looks for it first.
"""

from dataclasses import dataclass

import structlog

from blocks.contact_import import report_comment, report_lost
from blocks.kit import Message, notice
from blocks.results import ShownResults, alt_text, chart, file_comment, file_lost
from bot.campaigns import notifications as told
from bot.campaigns.environment import Environments
from bot.campaigns.refs import CampaignRef
from bot.charts import Charts, NotDrawn
from bot.records import Entry, Records, Submission
from bot.slack.client import SlackClient
from bot.slack.errors import Closed, Gone, NoFiles
from bot.slack.files import File, Files
from bot.slack.poster import MessageKey, Poster

log = structlog.get_logger()

# A busy machine may draw too slowly; a chart that never works is not worth more attempts.
DRAWING_TRIES = 5


class NotYet(Exception):
    """It cannot be delivered now: another message has to come first, or the machine is busy."""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, and the timestamp of the message under which to share."""

    channel: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class _Private:
    """An uploaded file for one person: its ID, its words, and what to say if it is lost."""

    file: str
    title: str
    comment: str
    lost: Message


@dataclass(frozen=True, slots=True)
class Sharing:
    """Shares the files of notifications."""

    slack: SlackClient
    poster: Poster
    records: Records
    environments: Environments
    charts: Charts

    async def share(self, entry: Entry, asked: Submission, content: told.OfFile) -> None:
        """Share a notification's file, unless an earlier attempt has.

        Raises:
            NotYet: the message to which it belongs is not posted yet, or a chart was not drawn.
            SlackError: Slack failed; the file may or may not be shared.
        """
        if isinstance(content, told.ContactsReport):
            await self._share_report(entry, asked, content.file)
            return
        shown = await self._shown(content)
        match content:
            case told.ResultsChart():
                await self._share_chart(entry, asked, shown)
            case told.ResultsFile(file=file):
                await self._share_file(entry, asked, shown, file)

    async def _share_chart(self, entry: Entry, asked: Submission, shown: ShownResults) -> None:
        """Draw the chart and share it below the numbers, which say the same if that fails."""
        place = await self._below_results(asked, shown)
        if entry.file and await self._files.is_shared(entry.file, place.channel):
            return
        try:
            file = await self._uploaded_chart(asked, shown)
            await self.records.outbox.keep_file(entry, file)
            await self._files.share(file, shown.title, channel=place.channel, thread=place.thread)
        except NotDrawn as error:
            if entry.failures < DRAWING_TRIES:
                raise NotYet from None
            log.warning("chart.left_out", reason=str(error))
        except (NoFiles, Closed) as error:
            log.warning("chart.left_out", reason=error.reason)

    async def _uploaded_chart(self, asked: Submission, shown: ShownResults) -> str:
        picture = await self.charts.draw(chart(shown))
        name = f"results-{asked.reference}.png"
        return await self._files.upload(File(name, shown.title, picture, alt_text(shown)))

    async def _share_file(
        self, entry: Entry, asked: Submission, shown: ShownResults, file: str
    ) -> None:
        """Share the uploaded file with the author alone."""
        await self._share_privately(
            entry,
            asked,
            _Private(file, shown.title, file_comment(shown), file_lost(shown.ref.label)),
        )

    async def _share_report(self, entry: Entry, asked: Submission, file: str) -> None:
        """Share the report on a file of contacts with the author alone."""
        label, where = asked.command.label, self.environments.to_name(asked.environment)
        comment, lost = report_comment(label, where), notice(report_lost(label))
        await self._share_privately(entry, asked, _Private(file, label, comment, lost))

    async def _share_privately(self, entry: Entry, asked: Submission, shared: _Private) -> None:
        direct = await self.slack.open_direct(asked.author)
        if entry.unsure and await self._files.is_shared(shared.file, direct):
            return
        try:
            await self._files.share(
                shared.file, shared.title, channel=direct, comment=shared.comment
            )
        except Gone:
            # A file is completed once, so this may also mean that it was.
            if not await self._files.is_shared(shared.file, direct):
                key = MessageKey(asked.key, "file_lost", entry.asked_at)
                await self.poster.tell(asked.author, shared.lost, key)

    async def _below_results(self, asked: Submission, shown: ShownResults) -> Place:
        """Return where the numbers are.

        Raises:
            NotYet: nowhere yet.
        """
        found = await self.records.outbox.told(asked.key, "results")
        if found is None or not found.is_delivered or not found.channel:
            raise NotYet
        posts = await self.records.cards.of(shown.ref.id or "")
        card = next((post.ts for post in posts if post.channel == found.channel), None)
        return Place(found.channel, card or found.ts)

    async def _shown(self, content: told.ResultsChart | told.ResultsFile) -> ShownResults:
        known = await self.records.campaigns.known(content.campaign)
        ref = CampaignRef.of(known.snapshot) if known else CampaignRef(id=content.campaign)
        where = self.environments.to_name(ref.environment)
        return ShownResults(ref, content.counts, where)

    @property
    def _files(self) -> Files:
        return Files(self.slack)
