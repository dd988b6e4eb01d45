"""Posts, finds and updates messages in Slack, and answers people."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from blocks.kit import Message
from bot.slack.answers import FoundMessage, History
from bot.slack.client import SlackClient
from bot.slack.errors import Closed, SlackError

log = structlog.get_logger()

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

    @property
    def metadata(self) -> dict[str, object]:
        """Return the key as message metadata: docs.slack.dev/messaging/message-metadata."""
        return {"event_type": f"campaign_{self.kind}", "event_payload": {"submission": self.key}}


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is: its channel, its timestamp there, and its thread's if it is a reply."""

    channel: str
    ts: str
    thread: str | None = None


class Poster:
    """Posts, finds and updates the bot's messages."""

    def __init__(self, slack: SlackClient) -> None:
        self._slack = slack

    async def post(
        self,
        channel: str,
        message: Message,
        key: MessageKey,
        *,
        thread: str | None = None,
        broadcast: bool = False,
        look: bool = True,
    ) -> Posted:
        """Post the only message with this key in a channel, or in a thread of it.

        With `broadcast`, a reply is shown in the channel too.

        With `look`, an earlier attempt may have posted it, so search for it first. If the bot can
        write there but not read, a possible duplicate is better than no message.

        Raises:
            Closed: the bot may not post there.
            SlackError: the message may or may not have been posted.
        """
        ts = await self.find(channel, key, thread) if look else None
        if ts is None:
            ts = await self._slack.post_message(
                channel,
                message.payload(),
                metadata=key.metadata,
                thread_ts=thread,
                broadcast=broadcast,
            )
        return Posted(channel, ts, thread)

    async def find(self, channel: str, key: MessageKey, thread: str | None = None) -> str | None:
        """Return the timestamp of the message with this key; None if it is not found."""
        try:
            async for message in self._messages(channel, key.since, thread):
                if message.metadata == key.metadata:
                    return message.ts
        except Closed as error:
            log.warning("history.closed", channel=channel, reason=error.reason)
        return None

    async def link(self, place: Posted) -> str:
        """Return the address at which people open a message.

        Raises:
            Closed, Gone: it is not there.
        """
        return await self._slack.permalink(place.channel, place.ts)

    async def tell(
        self, person: str, message: Message, key: MessageKey, *, look: bool = True
    ) -> Posted:
        """Send the only direct message with this key to a person.

        Raises:
            SlackError: the message may or may not have been sent.
        """
        return await self.post(await self.direct(person), message, key, look=look)

    async def direct(self, person: str) -> str:
        """Return the bot's direct conversation with a person."""
        return await self._slack.open_direct(person)

    async def update(self, place: Posted, message: Message) -> None:
        """Replace a message.

        Raises:
            Closed, Gone: the message can no longer be changed.
        """
        await self._slack.update_message(place.channel, place.ts, message.payload())

    async def answer(self, person: str, url: str | None, message: Message, key: MessageKey) -> None:
        """Answer privately through a response_url, or by direct message if that no longer works.

        Raises:
            SlackError: Slack accepted neither.
        """
        if not await self.respond(url, message):
            await self.tell(person, message, key)

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

    async def _messages(
        self, channel: str, since: datetime, thread: str | None
    ) -> AsyncIterator[FoundMessage]:
        """Yield messages since a time of this machine's clock, or the replies in a thread."""
        oldest = (since - CLOCKS_DIFFER).timestamp()
        cursor = ""
        for _ in range(PAGES_MAX):
            page = await self._page(channel, oldest, cursor, thread)
            for message in page.messages:
                yield message
            cursor = page.cursor
            if not cursor:
                return
        log.warning("history.cut", channel=channel)

    async def _page(self, channel: str, oldest: float, cursor: str, thread: str | None) -> History:
        if thread:
            return await self._slack.replies(channel, thread, cursor=cursor)
        return await self._slack.history(channel, oldest=oldest, cursor=cursor)
