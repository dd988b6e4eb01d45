"""Speaking in Slack: cards into channels by whatever way is open, notices to one person."""

import asyncio
from dataclasses import replace

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from blocks.card import CardFacts, card
from blocks.kit import Message, context
from blocks.messages import posted_elsewhere
from bot.records import Post, Records, Submission

log = structlog.get_logger()

# What a message of the bot's is, in its metadata: a submission has each of them once at most.
CARD, NOTICE = "card", "notice"
# What Slack answers where the bot may not post or read; any other failure may pass, and may have
# been carried out: docs.slack.dev/reference/methods/chat.postMessage.
CLOSED = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "team_access_not_granted",
    }
)
# What Slack answers where a message of the bot's is no longer there to be changed.
_GONE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})
# Messages searched for a card; more are not written in a channel while a bot restarts.
HISTORY = 200
# What may pass by itself when Slack is asked again; anything else is a fault of ours.
SLACK_FAULTS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError)


class Poster:
    """The bot's voice in Slack."""

    def __init__(self, slack: AsyncWebClient, records: Records, bot_user: str) -> None:
        self._slack = slack
        self._records = records
        self._bot_user = bot_user

    async def post_card(self, asked: Submission, facts: CardFacts, *, again: bool) -> None:
        """Show a card where it was asked for: the channel, else the command's answer, else a DM.

        A campaign has one living card in a channel; the one before it keeps its text alone. With
        `again`, an earlier try may have posted the card already, so the channel is searched first.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: it may or may not be posted.
        """
        try:
            ts = await self.find(asked.channel, asked, CARD) if again else None
            ts = ts or await self._post(asked.channel, asked, card(facts), CARD)
        except SlackApiError as error:
            if _reason(error) not in CLOSED:
                raise
            log.warning("card.not_posted", campaign=facts.snapshot.id, reason=_reason(error))
            await self._post_elsewhere(asked, card(facts), again=again)
        else:
            await self._make_living(asked.channel, ts, facts)

    async def post_once(self, channel: str, asked: Submission, shown: Message, what: str) -> str:
        """Post in a channel what this submission has once; when it was posted.

        In a channel that the bot may write to and not read, an earlier try is not found: what may
        stand there twice is better than what stands there never.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: it may or may not be posted.
        """
        try:
            found = await self.find(channel, asked, what)
        except SlackApiError as error:
            if _reason(error) not in CLOSED:
                raise
            found = None
        return found or await self._post(channel, asked, shown, what)

    async def find(self, channel: str, asked: Submission, what: str) -> str | None:
        """When this submission's message of that kind was posted there; None if it was not."""
        history = await self._slack.conversations_history(
            channel=channel,
            oldest=str(asked.accepted_at.timestamp()),
            limit=HISTORY,
            include_all_metadata=True,
        )
        wanted = _metadata(asked, what)
        there = (m["ts"] for m in history["messages"] if m.get("metadata") == wanted)
        return next((str(ts) for ts in there), None)

    async def replace(self, channel: str, ts: str, shown: Message) -> None:
        """Put something else in a message's place, if it still is where the bot can change it."""
        try:
            await self._slack.chat_update(channel=channel, ts=ts, **shown.payload())
        except SlackApiError as error:
            if _reason(error) not in CLOSED | _GONE:
                raise
            log.warning("message.not_replaced", channel=channel, reason=_reason(error))

    async def replace_posted(
        self, channel: str, asked: Submission, shown: Message, what: str
    ) -> None:
        """Put something else in the place of what this submission has there, if it is found."""
        try:
            ts = await self.find(channel, asked, what)
        except SlackApiError as error:
            if _reason(error) not in CLOSED:
                raise
            log.warning("message.not_found", channel=channel, reason=_reason(error))
            return
        if ts:
            await self.replace(channel, ts, shown)

    async def reply(self, channel: str, ts: str, shown: Message) -> None:
        """Say something in a message's thread."""
        await self._slack.chat_postMessage(channel=channel, thread_ts=ts, **shown.payload())

    async def _post(self, channel: str, asked: Submission, shown: Message, what: str) -> str:
        sent = await self._slack.chat_postMessage(
            channel=channel, metadata=_metadata(asked, what), **shown.payload()
        )
        return str(sent["ts"])

    async def _make_living(self, channel: str, ts: str, facts: CardFacts) -> None:
        for earlier in await self._records.posts(facts.snapshot.id):
            if earlier.channel == channel and earlier.ts != ts:
                await self._update(earlier, facts, with_buttons=False)
        post = Post(campaign_id=facts.snapshot.id, channel=channel, ts=ts, news=facts.news)
        await self._records.remember_post(post)

    async def update_cards(self, facts: CardFacts) -> None:
        """Bring the campaign's living card up to date in every channel."""
        for post in await self._records.posts(facts.snapshot.id):
            await self._update(post, facts, with_buttons=True)

    async def _update(self, post: Post, facts: CardFacts, *, with_buttons: bool) -> None:
        shown = card(replace(facts, news=post.news), with_buttons=with_buttons).payload()
        try:
            await self._slack.chat_update(channel=post.channel, ts=post.ts, **shown)
        except SLACK_FAULTS as error:
            log.warning("card.not_updated", campaign=post.campaign_id, reason=_reason(error))

    async def tell(self, person: str, message: Message) -> None:
        """Say something to one person, where it stays: a direct message.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: Slack did not take it.
        """
        await self._slack.chat_postMessage(channel=person, **message.payload())

    async def tell_once(self, asked: Submission, message: Message, what: str = NOTICE) -> bool:
        """Tell the author something of a submission; False if an earlier try did so.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: it may or may not be told.
        """
        opened = await self._slack.conversations_open(users=asked.author)
        channel = str(opened["channel"]["id"])
        if await self.find(channel, asked, what):
            return False
        await self._post(channel, asked, message, what)
        return True

    async def replace_told(self, asked: Submission, message: Message, what: str) -> None:
        """Put something else in the place of what the author was told, if they were."""
        opened = await self._slack.conversations_open(users=asked.author)
        await self.replace_posted(str(opened["channel"]["id"]), asked, message, what)

    async def answer(self, person: str, url: str | None, message: Message) -> None:
        """Answer privately by a response_url; as a direct message where there is none any more.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: Slack took neither.
        """
        if not await self.respond(url, message):
            await self.tell(person, message)

    async def respond(
        self,
        url: str | None,
        message: Message,
        *,
        in_channel: bool = False,
        replace_original: bool = False,
    ) -> bool:
        """Use a command's or a button's response_url; False if it is not there or used up."""
        if not url:
            return False
        webhook = AsyncWebhookClient(url, session=self._slack.session)
        try:
            sent = await webhook.send(
                **message.payload(),
                response_type="in_channel" if in_channel else "ephemeral",
                replace_original=replace_original,
            )
        except SLACK_FAULTS as error:
            log.warning("answer.not_sent", reason=_reason(error))
            return False
        return sent.status_code == 200  # noqa: PLR2004 # HTTP's OK

    async def _post_elsewhere(self, asked: Submission, shown: Message, *, again: bool) -> None:
        """Through the command's answer, which the channel sees, or to the author alone.

        A second time only to the author: what came through the answer cannot be looked for.
        """
        note = posted_elsewhere(asked.channel, self._bot_user)
        noted = replace(shown, text=f"{shown.text} {note}", blocks=[*shown.blocks, context(note)])
        same_place = asked.channel == asked.asked_in and not again
        if same_place and await self.respond(asked.response_url, noted, in_channel=True):
            return
        await self.tell(asked.author, noted)


def _metadata(asked: Submission, what: str) -> dict[str, object]:
    return {"event_type": f"campaign_{what}", "event_payload": {"submission": asked.key}}


def _reason(error: Exception) -> str:
    """Slack's word for what went wrong, or the kind of network fault."""
    if isinstance(error, SlackApiError):
        return str(error.response["error"])
    return type(error).__name__
