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

CARD_EVENT = "campaign_card"
NOTICE_EVENT = "campaign_notice"
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
# Messages searched for a card; more are not written in a channel while a bot restarts.
HISTORY = 200
_FAULTS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError)


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
            ts = await self._posted(asked.channel, asked) if again else None
            ts = ts or await self._post(asked.channel, asked, card(facts), CARD_EVENT)
        except SlackApiError as error:
            if _reason(error) not in CLOSED:
                raise
            log.warning("card.not_posted", campaign=facts.snapshot.id, reason=_reason(error))
            await self._post_elsewhere(asked, card(facts), again=again)
        else:
            await self._make_living(asked.channel, ts, facts)

    async def _post(self, channel: str, asked: Submission, shown: Message, event: str) -> str:
        metadata = {"event_type": event, "event_payload": {"submission": asked.key}}
        sent = await self._slack.chat_postMessage(
            channel=channel, metadata=metadata, **shown.payload()
        )
        return str(sent["ts"])

    async def _posted(self, channel: str, asked: Submission) -> str | None:
        """What this submission posted there before, known by its metadata."""
        history = await self._slack.conversations_history(
            channel=channel,
            oldest=str(asked.accepted_at.timestamp()),
            limit=HISTORY,
            include_all_metadata=True,
        )
        for message in history["messages"]:
            payload = message.get("metadata", {}).get("event_payload", {})
            if payload.get("submission") == asked.key:
                return str(message["ts"])
        return None

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
        except _FAULTS as error:
            log.warning("card.not_updated", campaign=post.campaign_id, reason=_reason(error))

    async def tell(self, person: str, message: Message) -> None:
        """Say something to one person, where it stays: a direct message.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: Slack did not take it.
        """
        await self._slack.chat_postMessage(channel=person, **message.payload())

    async def tell_once(self, asked: Submission, message: Message) -> bool:
        """Tell the author what became of a submission; False if an earlier try did so.

        Raises:
            SlackApiError, aiohttp.ClientError, asyncio.TimeoutError: it may or may not be told.
        """
        opened = await self._slack.conversations_open(users=asked.author)
        channel = str(opened["channel"]["id"])
        if await self._posted(channel, asked):
            return False
        await self._post(channel, asked, message, NOTICE_EVENT)
        return True

    async def answer(self, asked: Submission, message: Message) -> None:
        """Answer privately beside the command; as a direct message where that is over."""
        if not await self.respond(asked.response_url, message):
            await self.tell(asked.author, message)

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
        except _FAULTS as error:
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


def _reason(error: Exception) -> str:
    """Slack's word for what went wrong, or the kind of network fault."""
    if isinstance(error, SlackApiError):
        return str(error.response["error"])
    return type(error).__name__
