"""Builds the digest of a channel's day, from what the records say when it is told."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from blocks.digests import digest
from blocks.kit import Message
from bot.campaigns.digests import Digest
from bot.campaigns.environment import Environments
from bot.campaigns.notifications import DigestNotice
from bot.campaigns.upcoming import upcoming
from bot.records import Records

# More than a digest counts.
CAMPAIGNS_MAX = 500


@dataclass(frozen=True, slots=True)
class DigestRenderer:
    """Turns a channel's day into a message."""

    records: Records
    environments: Environments

    async def render(self, told: DigestNotice) -> Message | None:
        """Return the digest; None on a day with nothing."""
        now, among = datetime.now(UTC), told.chosen.environments
        found = await self.records.campaigns.scheduled(among, CAMPAIGNS_MAX + 1)
        known = [(each.snapshot, each.schedule) for each in found[:CAMPAIGNS_MAX]]
        more = len(found) > CAMPAIGNS_MAX
        # Runs are computed day by day, which takes a while for hundreds of schedules.
        coming = await asyncio.to_thread(upcoming, known, now, CAMPAIGNS_MAX, more=more)
        ended = await self.records.campaigns.ended(among, told.since, CAMPAIGNS_MAX)
        day = Digest.of_day(
            coming,
            told.chosen.end_of_day(now),
            tuple(each.snapshot for each in ended),
            waiting=await self._waiting(among),
            since=told.since,
        )
        return digest(day, self.environments) if day else None

    async def _waiting(self, among: tuple[str, ...] | None) -> int:
        waiting = await self.records.approvals.waiting()
        if among is None:
            return len(waiting)
        asked = [await self.records.submission(each.key) for each in waiting]
        return sum(each is not None and each.environment in among for each in asked)
