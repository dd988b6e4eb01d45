"""Keeps the cards of campaigns true, one in each channel, and tells what happened below them."""

from dataclasses import dataclass

import structlog

from blocks.changes import below
from blocks.kit import Message
from blocks.progress import run_ended
from bot.campaigns.notifications import (
    CardUpdate,
    ChangeBelow,
    OfLivingCard,
    RetiredCard,
    RunEnded,
)
from bot.records import Entry, Post, Records
from bot.slack.cards import Cards
from bot.slack.errors import Closed, Gone
from bot.slack.poster import MessageKey, Posted, Poster
from bot.slack.replies import Replies

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class LivingCards:
    """Updates cards, and replies in their threads."""

    poster: Poster
    records: Records
    cards: Cards

    async def deliver(self, entry: Entry, content: OfLivingCard) -> None:
        """Deliver a notification about a card that is posted, if it still is.

        Raises:
            SlackError: Slack failed; the change may or may not have been made.
        """
        match content:
            case ChangeBelow(channel=channel, change=change):
                if post := await self.live(change.campaign.id or "", channel):
                    await self._reply(entry, post, below(change))
            case RunEnded(channel=channel, campaign=ended):
                if post := await self.live(ended.id or "", channel):
                    await self._reply(entry, post, run_ended(content))
            case CardUpdate(campaign=campaign, channel=channel):
                if post := await self.live(campaign, channel):
                    await self._redraw(post)
            case RetiredCard(campaign=campaign, channel=channel, ts=ts, news=news):
                await self._retire(Post(campaign_id=campaign, channel=channel, ts=ts, news=news))

    async def live(self, campaign: str, channel: str) -> Post | None:
        """Return the campaign's live card in a channel."""
        posts = await self.records.cards.of(campaign)
        return next((each for each in posts if each.channel == channel), None)

    async def acted(self, post: Post) -> Message | None:
        """Show on a live card what was done, its `news`, and return the reply to post below it.

        Return None if somebody has deleted the card.

        Raises:
            SlackError: the card may or may not have changed.
        """
        is_there = await self._redraw(post)
        return await self.cards.acted(post.campaign_id, post.news) if is_there else None

    async def _redraw(self, post: Post) -> bool:
        """Draw a live card anew; return False if somebody has deleted it."""
        message = await self.cards.card(post.campaign_id, post.news)
        if message is None:
            return True
        if not await self._update(post, message):
            await self.records.cards.forget(post)
            return False
        live = await self.live(post.campaign_id, post.channel)
        if live and live.ts != post.ts:
            # Another one became the live card meanwhile: this one may have its buttons back.
            await self._retire(post)
        return True

    async def _retire(self, post: Post) -> None:
        """Let an earlier card say where the live one is."""
        live = await self.live(post.campaign_id, post.channel)
        link = await self._link(live) if live else None
        if message := await self.cards.moved(post.campaign_id, post.news, link):
            await self._update(post, message)

    async def _link(self, post: Post) -> str | None:
        """Return the address of a card; None if somebody has deleted it."""
        try:
            return await self.poster.link(Posted(post.channel, post.ts))
        except (Closed, Gone):
            return None

    async def _update(self, post: Post, message: Message) -> bool:
        """Update a card; return False if it is gone."""
        try:
            await self.poster.update(Posted(post.channel, post.ts), message)
        except (Closed, Gone) as error:
            log.warning("card.not_updated", channel=post.channel, reason=error.reason)
            return not isinstance(error, Gone)
        return True

    async def _reply(self, entry: Entry, post: Post, message: Message) -> None:
        key = MessageKey(entry.key, entry.content.kind, entry.asked_at)
        below = Posted(post.channel, post.ts)
        try:
            await Replies(self.poster, self.records).post(
                entry, message, key, below, broadcast=False
            )
        except (Closed, Gone) as error:
            log.warning("change.not_told", channel=post.channel, reason=error.reason)
