"""The cards of campaigns in channels: which message is the live one, and what is told of it."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from bot.campaigns.changes import CampaignChange
from bot.campaigns.notifications import CardUpdate, ChangeBelow, RetiredCard
from bot.campaigns.values import Frozen
from bot.records.clock import database_now
from bot.records.tables import outbox, posts
from bot.records.telling import due_again, put
from bot.records.writing import Look, Write, upsert

_table = outbox.c
_post = posts.c


class Post(Frozen):
    """The live card of a campaign in a channel; `news` says what was last done."""

    campaign_id: str
    channel: str
    ts: str
    news: str = ""


class LiveCards:
    """The live cards. Every call is one transaction."""

    def __init__(self, look: Look, write: Write, write_news: Write) -> None:
        """Use these to read from and write to the records; `write_news` may add to the outbox."""
        self._look = look
        self._write = write
        self._write_news = write_news

    async def of(self, campaign: str) -> list[Post]:
        """Return the campaign's live cards, one per channel."""
        return await self._look(partial(live_posts, campaign))

    async def keep(self, post: Post) -> None:
        """Make this message the campaign's live card in its channel."""
        await self._write(partial(make_live, post))

    async def forget(self, post: Post) -> None:
        """Forget a card that somebody has deleted, unless another is live by now."""
        await self._write(lambda db: db.execute(delete(posts).where(*_is(post))))

    async def update(self, campaign: str) -> None:
        """Update the campaign's live card in every channel."""
        await self._write_news(partial(_update_cards, campaign))


def live_posts(campaign: str, db: Connection) -> list[Post]:
    """Return the campaign's live cards in a transaction."""
    return [Post(**row) for row in db.execute(_posts(campaign)).mappings()]


def make_live(post: Post, db: Connection) -> None:
    """Make this message the live card in its channel, in a transaction."""
    upsert(db, posts, post.model_dump(), ["campaign_id", "channel"])


def tell_below(change: CampaignChange, db: Connection) -> None:
    """Tell of a campaign's change below each of its cards, in a transaction."""
    campaign, at = change.campaign.id or "", int(database_now(db).timestamp() * 1000)
    for post in live_posts(campaign, db):
        below = ChangeBelow(channel=post.channel, change=change)
        put(db, f"{post.channel} {campaign} change {at}", below)


def update_cards(campaigns: Collection[str], db: Connection) -> None:
    """Update the cards of those of these campaigns that have one in a channel, in a transaction."""
    shown = select(posts.c.campaign_id).where(posts.c.campaign_id.in_(campaigns))
    posting = select(_table.campaign).where(
        _table.campaign.in_(campaigns), _table.kind == "card", _table.due_at.is_not(None)
    )
    for each in sorted(set(db.execute(shown.union(posting)).scalars())):
        _update_cards(each, db)


def update_elsewhere(campaign: str, channel: str, db: Connection) -> None:
    """Update a campaign's cards in all channels but one, in a transaction."""
    now = database_now(db)
    for post in live_posts(campaign, db):
        if post.channel != channel:
            _update_card(post, now, db)


def replace_live(live: Post, db: Connection) -> None:
    """Make a posted card the live one, and let the earlier one say so, in a transaction."""
    for post in live_posts(live.campaign_id, db):
        if post.channel == live.channel and post.ts != live.ts:
            retired = RetiredCard(
                campaign=post.campaign_id, channel=post.channel, ts=post.ts, news=post.news
            )
            put(db, f"{post.channel} {post.ts}", retired)
    make_live(live, db)


def say_on(card: Post, db: Connection) -> None:
    """Keep what a card says was done, if it is the live one, in a transaction.

    It is drawn again: what it shows may have changed since it was last drawn.
    """
    live = update(posts).where(*_is(card))
    if db.execute(live.values(news=card.news)).rowcount:
        _update_card(card, database_now(db), db)


def _update_cards(campaign: str, db: Connection) -> None:
    """Update live cards, and cards that are being posted, which show an earlier state."""
    now = database_now(db)
    posting = (_table.kind == "card", _table.campaign == campaign, _table.due_at.is_not(None))
    db.execute(due_again(update(outbox).where(*posting), now))
    for post in live_posts(campaign, db):
        _update_card(post, now, db)


def _update_card(post: Post, now: datetime, db: Connection) -> None:
    key = f"{post.channel} {post.campaign_id}"
    db.execute(due_again(update(outbox).where(_table.key == key), now))
    put(db, key, CardUpdate(campaign=post.campaign_id, channel=post.channel))


def _posts(campaign: str) -> Select[Any]:
    return select(posts).where(_post.campaign_id == campaign)


def _is(post: Post) -> tuple[Any, ...]:
    return _post.campaign_id == post.campaign_id, _post.channel == post.channel, _post.ts == post.ts
