"""Delivers one notification: where it goes, and where else if the bot cannot post there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType

import structlog

from blocks.failures import failure_pointer
from blocks.kit import Message, context
from blocks.messages import card_not_shown, posted_elsewhere
from bot.campaigns import notifications as told
from bot.campaigns.actions import Action
from bot.campaigns.environment import Environments
from bot.records import Entry, Records, Submission
from bot.slack.errors import Closed, Gone
from bot.slack.poster import MessageKey, Posted, Poster
from bot.slack.renderer import Renderer

log = structlog.get_logger()


class Place(Enum):
    """Where a notification can be told.

    `CHANNEL`: the channel chosen for the submission. `RESPONSE`: privately beside the command.
    `PUBLIC_RESPONSE`: the same, visible in the channel. `AUTHOR`: a direct message. `APPROVERS`:
    the approvers' channel. `THREAD`: the thread of the approval request.
    """

    CHANNEL = auto()
    RESPONSE = auto()
    PUBLIC_RESPONSE = auto()
    AUTHOR = auto()
    APPROVERS = auto()
    THREAD = auto()


# The places of each notification, in the order in which they are tried.
PLACES: Mapping[type[told.AnyNotification], tuple[Place, ...]] = MappingProxyType(
    {
        told.Card: (Place.CHANNEL, Place.PUBLIC_RESPONSE, Place.AUTHOR),
        told.FailureNotice: (Place.AUTHOR,),
        told.Alarm: (Place.CHANNEL, Place.AUTHOR),
        told.Choice: (Place.RESPONSE, Place.AUTHOR),
        told.RateLimitNotice: (Place.RESPONSE, Place.AUTHOR),
        told.ReadingNotice: (Place.RESPONSE, Place.AUTHOR),
        told.SplitNotice: (Place.AUTHOR,),
        told.ApprovalRequest: (Place.APPROVERS,),
        told.ApprovalPending: (Place.CHANNEL, Place.AUTHOR),
        told.ApprovalReminder: (Place.THREAD,),
        told.ApprovalHold: (Place.CHANNEL, Place.AUTHOR),
        told.ApprovalEnd: (Place.AUTHOR,),
    }
)


class Undeliverable(Exception):
    """The bot can post in none of a notification's places. `reason` is Slack's, of the last one."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers notifications, each to the first place that takes it."""

    poster: Poster
    renderer: Renderer
    records: Records
    environments: Environments
    bot_user: str

    async def deliver(self, entry: Entry) -> None:
        """Post or update a notification's message, and cross it off.

        Raises:
            Undeliverable: the bot may post in none of its places.
            SlackError: Slack failed; the message may or may not have been posted.
        """
        asked = await self.records.submission(entry.submission) if entry.submission else None
        message = await self.renderer.render(entry, asked)
        shown = await self._shown(entry)
        if message and asked and not shown:
            await self._post(_Telling(self, entry, asked, message))
            return
        if message and shown:
            await self._update(shown, message)
        await self.records.outbox.delivered(entry)

    async def admit(self, entry: Entry) -> None:
        """Tell the author that a request is done whose card the bot cannot show now.

        Raises:
            SlackError: the message may or may not have been sent.
        """
        asked = await self.records.submission(entry.submission) if entry.submission else None
        if asked and isinstance(entry.content, told.Card):
            place = self.environments.to_name(asked.environment)
            key = MessageKey(asked.key, "card_missing", entry.asked_at)
            await self.poster.tell(asked.author, card_not_shown(asked.command.ref, place), key)

    async def _shown(self, entry: Entry) -> Posted | None:
        """Return the message that shows the notification already, if any."""
        match entry.content:
            case told.RetiredCard(channel=channel, ts=ts):
                return Posted(channel, ts)
            case told.CardUpdate(campaign=campaign, channel=channel):
                posts = await self.records.campaigns.posts(campaign)
                return next((Posted(channel, p.ts) for p in posts if p.channel == channel), None)
            case _ if entry.channel and entry.ts:
                return Posted(entry.channel, entry.ts)
        return None

    async def _update(self, shown: Posted, message: Message) -> None:
        try:
            await self.poster.update(shown, message)
        except (Closed, Gone) as error:
            log.warning("message.not_updated", channel=shown.channel, reason=error.reason)

    async def _post(self, telling: "_Telling") -> None:
        posted = await telling.post()
        entry, asked = telling.entry, telling.asked
        if isinstance(entry.content, told.FailureNotice) and posted and not entry.unsure:
            pointer = failure_pointer(self.renderer.failed(asked, entry.content.failure))
            await self.poster.respond(asked.response_url, pointer)
        news = await self.renderer.news(asked) if isinstance(entry.content, told.Card) else None
        place = (posted.channel, posted.ts) if posted else None
        await self.records.outbox.delivered(entry, place, news)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One attempt to post a notification's message."""

    delivery: Delivery
    entry: Entry
    asked: Submission
    message: Message

    async def post(self) -> Posted | None:
        """Post in the first place that is open; None if that was a response_url.

        Raises:
            Undeliverable: every place is closed.
        """
        reason = "no_place"
        for place in self._places():
            try:
                return await self._post_in(place)
            except Closed as error:
                reason = error.reason
                log.warning("place.closed", kind=self.entry.content.kind, reason=reason)
        raise Undeliverable(reason)

    def _places(self) -> tuple[Place, ...]:
        looked_up = self.asked.action is Action.STATUS
        if looked_up and isinstance(self.entry.content, told.FailureNotice):
            return Place.RESPONSE, Place.AUTHOR
        return PLACES[type(self.entry.content)]

    async def _post_in(self, place: Place) -> Posted | None:
        poster, asked, key, look = self.delivery.poster, self.asked, self._key, self.entry.unsure
        match place:
            case Place.CHANNEL:
                return await poster.post(asked.channel, self.message, key, look=look)
            case Place.AUTHOR:
                return await poster.tell(asked.author, self._moved(), key, look=look)
            case Place.APPROVERS:
                return await poster.post(self._approvers(), self.message, key, look=look)
            case Place.THREAD:
                channel, ts = await self._request()
                return await poster.post(channel, self.message, key, thread=ts, look=look)
            case Place.RESPONSE | Place.PUBLIC_RESPONSE:
                await self._respond(public=place is Place.PUBLIC_RESPONSE)
        return None

    async def _respond(self, *, public: bool) -> None:
        """Post through the response_url, unless an earlier attempt may have: nobody can look.

        Raises:
            Closed: it was not posted.
        """
        asked, message = self.asked, self._moved() if public else self.message
        here = asked.channel == asked.asked_in or not public
        if not here or self.entry.unsure:
            raise Closed("response_url", "not_accepted")
        if not await self.delivery.poster.respond(asked.response_url, message, in_channel=public):
            raise Closed("response_url", "not_accepted")

    def _moved(self) -> Message:
        """Return the message for another place than its channel: a card says why it is there."""
        if not isinstance(self.entry.content, told.Card):
            return self.message
        note = posted_elsewhere(self.asked.channel, self.delivery.bot_user)
        text, blocks = f"{self.message.text} {note}", [*self.message.blocks, context(note)]
        return replace(self.message, text=text, blocks=blocks)

    def _approvers(self) -> str:
        environment = self.delivery.environments.named(self.asked.environment)
        channel = environment.policy.approvers_channel if environment else None
        if channel is None:
            raise Closed("chat.postMessage", "no_approvers_channel")
        return channel

    async def _request(self) -> tuple[str, str]:
        """Return the channel and timestamp of the approval request."""
        approval = await self.delivery.records.approvals.get(self.asked.key)
        if approval is None or not approval.card_channel or not approval.card_ts:
            raise Closed("chat.postMessage", "no_thread")
        return approval.card_channel, approval.card_ts

    @property
    def _key(self) -> MessageKey:
        return MessageKey(self.asked.key, self.entry.content.kind, self.entry.asked_at)
