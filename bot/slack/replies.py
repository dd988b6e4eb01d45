"""Posts replies below cards, each once, although a card may move between two attempts."""

import contextlib
from dataclasses import dataclass

from blocks.kit import Message
from bot.records import Entry, Records
from bot.slack.errors import Gone
from bot.slack.poster import MessageKey, Posted, Poster


@dataclass(frozen=True, slots=True)
class Replies:
    """Posts the notifications of the outbox that are replies."""

    poster: Poster
    records: Records

    async def post(
        self, entry: Entry, message: Message, key: MessageKey, below: Posted, *, broadcast: bool
    ) -> Posted:
        """Post a notification's only reply below a message, unless an earlier attempt has.

        That may have posted it below another message: the card that was the live one then.

        Raises:
            Closed: the bot may not post there. Gone: somebody has deleted the message.
            SlackError: the reply may or may not have been posted.
        """
        earlier = entry.thread if entry.unsure and entry.thread != below.ts else None
        if earlier and (ts := await self._find(below.channel, key, earlier)):
            return Posted(below.channel, ts, below.ts)
        if entry.thread != below.ts:
            await self.records.outbox.keep_thread(entry, below.ts)
        return await self.poster.post(
            below.channel,
            message,
            key,
            thread=below.ts,
            broadcast=broadcast,
            look=entry.unsure,
        )

    async def _find(self, channel: str, key: MessageKey, thread: str) -> str | None:
        with contextlib.suppress(Gone):
            return await self.poster.find(channel, key, thread)
        return None
