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

_FAULTS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError)


class Poster:
    """The bot's voice in Slack."""

    def __init__(self, slack: AsyncWebClient, records: Records, bot_user: str) -> None:
        self._slack = slack
        self._records = records
        self._bot_user = bot_user

    async def post_card(self, asked: Submission, facts: CardFacts) -> None:
        """Show a card where it was asked for: the channel, else the command's answer, else a DM.

        A campaign has one living card in a channel; the one before it keeps its text alone.
        """
        campaign_id, shown = facts.snapshot.id, card(facts)
        try:
            sent = await self._slack.chat_postMessage(channel=asked.channel, **shown.payload())
        except _FAULTS as error:
            log.warning("card.not_posted", campaign=campaign_id, reason=_reason(error))
            await self._post_elsewhere(asked, shown)
            return
        channel, ts = str(sent["channel"]), str(sent["ts"])
        for earlier in await self._records.posts(campaign_id):
            if earlier.channel == channel:
                await self._update(earlier, facts, with_buttons=False)
        post = Post(campaign_id=campaign_id, channel=channel, ts=ts, news=facts.news)
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

    async def _post_elsewhere(self, asked: Submission, shown: Message) -> None:
        note = posted_elsewhere(asked.channel, self._bot_user)
        noted = replace(shown, text=f"{shown.text} {note}", blocks=[*shown.blocks, context(note)])
        same_place = asked.channel == asked.asked_in
        if same_place and await self.respond(asked.response_url, noted, in_channel=True):
            return
        await self.tell(asked.author, noted)


def _reason(error: Exception) -> str:
    """Slack's word for what went wrong, or the kind of network fault."""
    if isinstance(error, SlackApiError):
        return str(error.response["error"])
    return type(error).__name__
