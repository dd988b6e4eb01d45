"""Renders the cards of campaigns, from what the records say now."""

from dataclasses import dataclass

from blocks import card as cards
from blocks.kit import Message
from bot.campaigns.environment import Environments
from bot.records import Records


@dataclass(frozen=True, slots=True)
class Cards:
    """Turns a campaign into its card; None stands for a campaign that is not known any more."""

    records: Records
    environments: Environments

    async def card(self, campaign: str, news: str) -> Message | None:
        """Return a campaign's card."""
        facts = await self._facts(campaign, news)
        return cards.card(facts) if facts else None

    async def moved(self, campaign: str, news: str, link: str | None = None) -> Message | None:
        """Return what stays of a card; `link` is the address of the later one."""
        facts = await self._facts(campaign, news)
        return cards.moved(facts, link) if facts else None

    async def acted(self, campaign: str, news: str) -> Message | None:
        """Return the reply below a card about what was done."""
        facts = await self._facts(campaign, news)
        return cards.acted(facts) if facts else None

    async def _facts(self, campaign: str, news: str) -> cards.CardFacts | None:
        known = await self.records.campaigns.known(campaign)
        if known is None:
            return None
        named, lists = known.snapshot.contact_lists, self.records.catalog.contact_lists
        return cards.CardFacts(
            snapshot=known.snapshot,
            schedule=known.schedule,
            created_by=known.created_by,
            checked_at=known.seen_at,
            sizes=await lists.sizes(named, known.snapshot.environment or ""),
            counts=await self.records.run_progress.of(campaign),
            news=news,
            environment=self.environments.to_name(known.snapshot.environment),
        )
