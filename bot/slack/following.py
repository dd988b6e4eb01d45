"""Tells channels and people what became, or will become, of the campaigns that concern them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from blocks.changes import drift
from blocks.coming_runs import hour_moves, missed_run, run_ahead
from blocks.kit import Message
from blocks.watches import changed
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import (
    DigestNotice,
    Drift,
    HourMoves,
    MissedRun,
    OfChange,
    OfRun,
    RunAhead,
    WatchedChanges,
)
from bot.records import Entry, Records
from bot.slack.digests import DigestRenderer
from bot.slack.errors import Closed
from bot.slack.poster import MessageKey, Poster

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Following:
    """Posts what channels follow, and sends what approvers and authors have to know."""

    poster: Poster
    records: Records
    environments: Environments

    async def tell(self, entry: Entry, told: OfChange | OfRun) -> None:
        """Post what changed in the channel, or send it to the person.

        Raises:
            SlackError: Slack failed; the message may or may not have been posted.
        """
        match told:
            case WatchedChanges():
                await self._tell_channel(entry, told)
            case Drift():
                await self._tell_approver(entry, told)
            case RunAhead() | HourMoves() | MissedRun():
                await self._tell_author(entry, told)
            case DigestNotice():
                await self._tell_digest(entry, told)

    async def _tell_digest(self, entry: Entry, told: DigestNotice) -> None:
        """Post the digest, if it is still true and there is anything to say."""
        message = await DigestRenderer(self.records, self.environments).render(told)
        if message is None or told.chosen.after(entry.asked_at) <= datetime.now(UTC):
            return
        channel = told.chosen.channel
        try:
            await self.poster.post(channel, message, _key(entry), look=entry.unsure)
        except Closed as error:
            log.warning("digest.ended", channel=channel, reason=error.reason)
            await self.records.digests.stop(channel)

    async def _tell_approver(self, entry: Entry, told: Drift) -> None:
        known = await self.records.campaigns.known(told.change.campaign.id or "")
        may_set_back = known is not None and known.sent is not None
        message = drift(told, self.environments, may_set_back=may_set_back)
        await self.poster.tell(told.person, message, _key(entry), look=entry.unsure)

    async def _tell_author(self, entry: Entry, told: OfRun) -> None:
        """Tell the author of a schedule of a run, unless that is over."""
        if told.expires_at is None or told.expires_at > datetime.now(UTC):
            message = _of_run(told, self.environments)
            await self.poster.tell(told.person, message, _key(entry), look=entry.unsure)

    async def _tell_channel(self, entry: Entry, told: WatchedChanges) -> None:
        """Post the changes. A channel in which the bot cannot post follows nothing any more."""
        message = changed(told, self.environments)
        try:
            await self.poster.post(told.channel, message, _key(entry), look=entry.unsure)
        except Closed as error:
            log.warning("watch.ended", channel=told.channel, reason=error.reason)
            await self.records.watches.forget(told.channel)


def _of_run(told: OfRun, environments: Environments) -> Message:
    match told:
        case RunAhead():
            return run_ahead(told, environments)
        case HourMoves():
            return hour_moves(told, environments)
        case MissedRun():
            return missed_run(told, environments)


def _key(entry: Entry) -> MessageKey:
    return MessageKey(entry.key, entry.content.kind, entry.asked_at)
