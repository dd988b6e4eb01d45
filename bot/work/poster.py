"""Posts the bot's messages in Slack: cards in channels and notices to one person."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

import structlog

from blocks.card import CardFacts, card
from blocks.kit import Message, context
from blocks.messages import posted_elsewhere
from bot.records import Post, Records, Submission
from bot.slack import Closed, Gone, SlackClient, SlackError
from bot.slack.answers import FoundMessage

log = structlog.get_logger()

# Kinds of messages, stored in their metadata. A submission has at most one message of each kind.
CARD, NOTICE = "card", "notice"
# Largest difference expected between Slack's clock, which sets message timestamps, and this one.
CLOCKS_DIFFER = timedelta(hours=1)
# Pages of history to search. No channel gets more messages than that while a bot restarts.
PAGES_MAX = 10


@dataclass(frozen=True, slots=True)
class MessageKey:
    """Identifies a message of the bot: no two messages have the same key and kind.

    `since` is a time before the message was first sent.
    """

    key: str
    kind: str
    since: datetime

    @classmethod
    def of(cls, asked: Submission, kind: str) -> Self:
        """Return the key of the submission's only message of this kind."""
        return cls(asked.key, kind, asked.accepted_at)

    @property
    def metadata(self) -> dict[str, object]:
        """Return the key as message metadata: docs.slack.dev/messaging/message-metadata."""
        return {"event_type": f"campaign_{self.kind}", "event_payload": {"submission": self.key}}


class Poster:
    """Posts, finds and updates the bot's messages."""

    def __init__(self, slack: SlackClient, records: Records, bot_user: str) -> None:
        self._slack = slack
        self._records = records
        self._bot_user = bot_user

    async def post_card(self, asked: Submission, facts: CardFacts, *, again: bool) -> None:
        """Post a card in the channel, else as the command's response, else as a direct message.

        A campaign has one live card per channel; the previous card loses its buttons. With `again`,
        an earlier attempt may have posted the card, so search the channel first.

        Raises:
            SlackError: the card may or may not have been posted.
        """
        try:
            key = MessageKey.of(asked, CARD)
            ts = await self._find(asked.channel, key) if again else None
            ts = ts or await self._post(asked.channel, card(facts), key)
        except Closed as error:
            log.warning("card.not_posted", campaign=facts.snapshot.id, reason=error.reason)
            await self._post_elsewhere(asked, card(facts), again=again)
        else:
            await self._make_living(asked.channel, ts, facts)

    async def post_once(self, channel: str, asked: Submission, shown: Message, what: str) -> str:
        """Post the submission's only message of this kind in a channel. Return its timestamp.

        If the bot can write to the channel but not read it, an earlier attempt is not found: a
        possible duplicate is better than no message.

        Raises:
            SlackError: the message may or may not have been posted.
        """
        key = MessageKey.of(asked, what)
        try:
            found = await self._find(channel, key)
        except Closed:
            found = None
        return found or await self._post(channel, shown, key)

    async def _find(self, channel: str, key: MessageKey) -> str | None:
        """Return the timestamp of the message with this key; None if it is not in the channel."""
        async for message in self._messages(channel, key.since):
            if message.metadata == key.metadata:
                return message.ts
        return None

    async def _messages(self, channel: str, since: datetime) -> AsyncIterator[FoundMessage]:
        """Yield the channel's messages since a time of this machine's clock, newest first."""
        oldest = (since - CLOCKS_DIFFER).timestamp()
        cursor = ""
        for _ in range(PAGES_MAX):
            page = await self._slack.history(channel, oldest=oldest, cursor=cursor)
            for message in page.messages:
                yield message
            cursor = page.cursor
            if not cursor:
                return
        log.warning("history.cut", channel=channel)

    async def replace(self, channel: str, ts: str, shown: Message) -> None:
        """Replace a message if it still exists and the bot can change it."""
        try:
            await self._slack.update_message(channel, ts, shown.payload())
        except (Closed, Gone) as error:
            log.warning("message.not_replaced", channel=channel, reason=error.reason)

    async def replace_posted(
        self, channel: str, asked: Submission, shown: Message, what: str
    ) -> None:
        """Replace the submission's message of this kind in the channel, if it is found."""
        try:
            ts = await self._find(channel, MessageKey.of(asked, what))
        except Closed as error:
            log.warning("message.not_found", channel=channel, reason=error.reason)
            return
        if ts:
            await self.replace(channel, ts, shown)

    async def reply_once(
        self, channel: str, ts: str, asked: Submission, shown: Message, what: str
    ) -> None:
        """Post the submission's only message of this kind in a thread."""
        metadata = MessageKey.of(asked, what).metadata
        replies = await self._slack.replies(channel, ts)
        if all(each.metadata != metadata for each in replies.messages):
            await self._slack.post_message(
                channel, shown.payload(), metadata=metadata, thread_ts=ts
            )

    async def _post(self, channel: str, shown: Message, key: MessageKey) -> str:
        return await self._slack.post_message(channel, shown.payload(), metadata=key.metadata)

    async def _make_living(self, channel: str, ts: str, facts: CardFacts) -> None:
        for earlier in await self._records.campaigns.posts(facts.snapshot.id):
            if earlier.channel == channel and earlier.ts != ts:
                await self._update(earlier, facts, with_buttons=False)
        post = Post(campaign_id=facts.snapshot.id, channel=channel, ts=ts, news=facts.news)
        await self._records.campaigns.remember_post(post)

    async def update_cards(self, facts: CardFacts) -> None:
        """Update the campaign's live card in every channel."""
        for post in await self._records.campaigns.posts(facts.snapshot.id):
            await self._update(post, facts, with_buttons=True)

    async def _update(self, post: Post, facts: CardFacts, *, with_buttons: bool) -> None:
        shown = card(replace(facts, news=post.news), with_buttons=with_buttons).payload()
        try:
            await self._slack.update_message(post.channel, post.ts, shown)
        except SlackError as error:
            log.warning("card.not_updated", campaign=post.campaign_id, reason=error.reason)

    async def tell_once(self, asked: Submission, message: Message, what: str = NOTICE) -> bool:
        """Send the author a direct message once. Return False if an earlier attempt sent it.

        Raises:
            SlackError: the message may or may not have been sent.
        """
        return await self._tell_once(asked.author, message, MessageKey.of(asked, what))

    async def _tell_once(self, person: str, message: Message, key: MessageKey) -> bool:
        channel = await self._slack.open_direct(person)
        if await self._find(channel, key):
            return False
        await self._post(channel, message, key)
        return True

    async def replace_told(self, asked: Submission, message: Message, what: str) -> None:
        """Replace the direct message of this kind to the author, if it is found."""
        channel = await self._slack.open_direct(asked.author)
        await self.replace_posted(channel, asked, message, what)

    async def answer(self, person: str, url: str | None, message: Message, key: MessageKey) -> None:
        """Answer privately through a response_url, or by direct message if that no longer works.

        Raises:
            SlackError: Slack accepted neither.
        """
        if not await self.respond(url, message):
            await self._tell_once(person, message, key)

    async def respond(
        self,
        url: str | None,
        message: Message,
        *,
        in_channel: bool = False,
        replace_original: bool = False,
    ) -> bool:
        """Respond through a response_url. Return False if there is none or Slack no longer accepts
        it.
        """
        if not url:
            return False
        body = message.payload() | {
            "response_type": "in_channel" if in_channel else "ephemeral",
            "replace_original": replace_original,
        }
        try:
            return await self._slack.respond(url, body)
        except SlackError as error:
            log.warning("answer.not_sent", reason=error.reason)
            return False

    async def _post_elsewhere(self, asked: Submission, shown: Message, *, again: bool) -> None:
        """Post through the command's response, visible in the channel, or by direct message.

        With `again`, send only a direct message: a message sent to a response_url cannot be found.
        """
        note = posted_elsewhere(asked.channel, self._bot_user)
        noted = replace(shown, text=f"{shown.text} {note}", blocks=[*shown.blocks, context(note)])
        same_place = asked.channel == asked.asked_in and not again
        if same_place and await self.respond(asked.response_url, noted, in_channel=True):
            return
        await self.tell_once(asked, noted, CARD)
