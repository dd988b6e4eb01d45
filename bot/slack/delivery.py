"""Delivers one notification: where it goes, and where else if the bot cannot post there."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace

import structlog

from blocks.failures import failure_pointer
from blocks.kit import Message, context
from blocks.messages import card_not_shown, posted_elsewhere
from bot.campaigns import notifications as told
from bot.campaigns.actions import LOOK_UPS
from bot.campaigns.environment import Environments
from bot.records import Entry, Post, Records, Submission
from bot.slack.calendars import Calendars
from bot.slack.errors import Closed, Gone
from bot.slack.following import Following
from bot.slack.living_cards import LivingCards
from bot.slack.places import OF_CHANNEL, PLACES, Place
from bot.slack.poster import MessageKey, Posted, Poster
from bot.slack.renderer import Renderer
from bot.slack.replies import Replies
from bot.slack.sharing import NotYet, Sharing

log = structlog.get_logger()


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
    sharing: Sharing
    living: LivingCards
    following: Following
    calendars: Calendars

    async def deliver(self, entry: Entry) -> None:
        """Post or update a notification's message, and cross it off.

        Raises:
            Undeliverable: the bot may post in none of its places.
            NotYet: another message has to be posted first, or a chart was not drawn.
            SlackError: Slack failed; the message may or may not have been posted.
        """
        asked = await self.records.submission(entry.submission) if entry.submission else None
        if telling := self._telling(entry, asked):
            await telling
            await self.records.outbox.delivered(entry)
            return
        message = await self.renderer.render(entry, asked)
        if message and asked and not entry.ts:
            await self._post(_Telling(self, entry, asked, message, await self._news(entry, asked)))
            return
        if message and entry.channel and entry.ts:
            await self._update(Posted(entry.channel, entry.ts), message)
        await self.records.outbox.delivered(entry)

    def _telling(self, entry: Entry, asked: Submission | None) -> Awaitable[None] | None:
        """Return what delivers a notification that is more than a message, or has its own place."""
        content = entry.content
        if asked and isinstance(content, told.OfFile):
            return self.sharing.share(entry, asked, content)
        if isinstance(content, told.OfLivingCard):
            return self.living.deliver(entry, content)
        if isinstance(content, told.OfChange | told.OfRun):
            return self.following.tell(entry, content)
        if isinstance(content, told.CalendarAsked):
            return self.calendars.send(entry, content)
        return None

    async def _news(self, entry: Entry, asked: Submission) -> str:
        """Return the sentence for a card about what was just done."""
        return await self.renderer.news(asked) if isinstance(entry.content, told.Card) else ""

    async def admit(self, entry: Entry) -> None:
        """Tell the author that a request is done whose card the bot cannot show now.

        Raises:
            SlackError: the message may or may not have been sent.
        """
        asked = await self.records.submission(entry.submission) if entry.submission else None
        if asked and isinstance(entry.content, told.Card):
            place = self.environments.to_name(asked.environment)
            key = MessageKey(asked.key, "card_missing", entry.asked_at)
            await self.poster.tell(asked.author, card_not_shown(asked.command.label, place), key)

    async def _update(self, shown: Posted, message: Message) -> None:
        """Update a message, unless it is gone."""
        try:
            await self.poster.update(shown, message)
        except (Closed, Gone) as error:
            log.warning("message.not_updated", channel=shown.channel, reason=error.reason)

    async def _post(self, telling: "_Telling") -> None:
        posted = await telling.post()
        entry, asked = telling.entry, telling.asked
        if (
            posted
            and entry.unsure
            and isinstance(entry.content, told.ContactsProgress | told.ImportProgress)
        ):
            # An earlier attempt may have posted how far it was then.
            await self._update(posted, telling.message)
        if isinstance(entry.content, told.FailureNotice) and posted and not entry.unsure:
            pointer = failure_pointer(self.renderer.failed(asked, entry.content.failure))
            await self.poster.respond(asked.response_url, pointer)
        place = (posted.channel, posted.ts) if posted else None
        await self.records.outbox.delivered(entry, place, telling.card(posted))


@dataclass(frozen=True, slots=True)
class _Telling:
    """One attempt to post a notification's message; `news` is what a card says was done."""

    delivery: Delivery
    entry: Entry
    asked: Submission
    message: Message
    news: str

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
        looked_up = self.asked.action in LOOK_UPS
        if looked_up and isinstance(self.entry.content, told.FailureNotice):
            return Place.RESPONSE, Place.AUTHOR
        places = PLACES[type(self.entry.content)]
        # What was asked for on the Home tab has no channel.
        if self.asked.channel:
            return places
        return tuple(each for each in places if each not in OF_CHANNEL)

    async def _post_in(self, place: Place) -> Posted | None:
        poster, asked, key, look = self.delivery.poster, self.asked, self._key, self.entry.unsure
        match place:
            case Place.CHANNEL:
                return await self._post_to(asked.channel)
            case Place.AUTHOR:
                return await self._post_to(await poster.direct(asked.author))
            case Place.APPROVERS:
                return await poster.post(self._approvers(), self.message, key, look=look)
            case Place.THREAD:
                channel, ts = await self._request()
                return await poster.post(channel, self.message, key, thread=ts, look=look)
            case Place.CARD:
                return await self._post_below_card()
            case Place.RESPONSE | Place.PUBLIC_RESPONSE:
                await self._respond(public=place is Place.PUBLIC_RESPONSE)
        return None

    async def _post_to(self, channel: str) -> Posted:
        """Post in a channel, or below the campaign's live card there, which is updated."""
        poster, unsure = self.delivery.poster, self.entry.unsure
        card = await self._card_in(channel)
        reply = await self.delivery.living.acted(card) if card else None
        if card is None or reply is None:
            return await poster.post(
                channel, self._for(channel, self.message), self._key, look=unsure
            )
        # Visible in the channel too, as the card may be far up.
        return await self._reply(
            self._for(channel, reply), replace(self._key, kind="card_reply"), card, broadcast=True
        )

    async def _reply(
        self, message: Message, key: MessageKey, card: Post, *, broadcast: bool
    ) -> Posted:
        below = Posted(card.channel, card.ts)
        replies = Replies(self.delivery.poster, self.delivery.records)
        return await replies.post(self.entry, message, key, below, broadcast=broadcast)

    async def _card_in(self, channel: str) -> Post | None:
        """Return the live card in a channel, with the news, instead of which no other is posted.

        A card that was looked up is posted at the end of the channel.
        """
        card = self.entry.content
        if not isinstance(card, told.Card) or self.asked.action in LOOK_UPS:
            return None
        post = await self.delivery.living.live(card.campaign, channel)
        if post and self.entry.unsure and await self.delivery.poster.find(channel, self._key):
            # There was none at an earlier attempt, which has posted one.
            return None
        return post.model_copy(update={"news": self.news}) if post else None

    def card(self, posted: Posted | None) -> Post | None:
        """Return the live card after a card or the reply below it was posted."""
        card = self.entry.content
        if posted is None or not isinstance(card, told.Card):
            return None
        return Post(
            campaign_id=card.campaign,
            channel=posted.channel,
            ts=posted.thread or posted.ts,
            news=self.news,
        )

    async def _post_below_card(self) -> Posted:
        """Post in the thread of the campaign's live card in the channel.

        Raises:
            NotYet: the card is about to be posted. Closed: there is none, and will be none.
        """
        records, channel = self.delivery.records, self.asked.channel
        # Asked first: a card that is delivered meanwhile is then found below.
        own = await records.outbox.told(self.asked.key, "card")
        if own and not own.is_delivered:
            raise NotYet
        card = await self.delivery.living.live(_campaign(self.entry.content), channel)
        if card is None:
            raise Closed("chat.postMessage", "no_thread")
        try:
            # Nobody sees it in the thread of a card that is far up.
            return await self._reply(self.message, self._key, card, broadcast=own is None)
        except Gone as error:
            raise Closed(error.method, error.code) from None

    async def _respond(self, *, public: bool) -> None:
        """Post through the response_url, unless an earlier attempt may have: nobody can look.

        Raises:
            Closed: it was not posted.
        """
        asked = self.asked
        here = asked.channel == asked.asked_in or not public
        if not here or self.entry.unsure:
            raise Closed("response_url", "not_accepted")
        message = self._elsewhere(self.message) if public else self.message
        if not await self.delivery.poster.respond(asked.response_url, message, in_channel=public):
            raise Closed("response_url", "not_accepted")

    def _for(self, channel: str, message: Message) -> Message:
        return message if channel == self.asked.channel else self._elsewhere(message)

    def _elsewhere(self, message: Message) -> Message:
        """Return the message for another place than its channel: a card says why it is there."""
        if not isinstance(self.entry.content, told.Card) or not self.asked.channel:
            return message
        note = posted_elsewhere(self.asked.channel, self.delivery.bot_user)
        return replace(
            message, text=f"{message.text} {note}", blocks=[*message.blocks, context(note)]
        )

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


def _campaign(content: told.AnyNotification) -> str:
    return content.campaign if isinstance(content, told.Results) else ""
