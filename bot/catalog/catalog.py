"""Looks up campaigns and contact lists in the copy of an environment."""

import asyncio
import contextlib
import time
from datetime import datetime, timedelta

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.names import best, folded
from bot.campaigns.reasons import ListProgress
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind
from bot.catalog.passes import Passes
from bot.catalog.states import FRESH, Coverage, Latest, Lists, Part, Whole
from bot.kore import KoreClient, ListIncomplete, Listing, NotFound, Operation
from bot.records import Known, Reading, Records

log = structlog.get_logger()

# The clocks of Kore.ai and of the bot differ by less.
POLL_SECONDS = 0.5
CLOCKS_DIFFER = timedelta(minutes=10)


class Catalog:
    """The copy of one environment. Every call raises DatabaseFault if the database fails.

    `fresh` is how old the copy may be for a review. Right before a change, and before the bot says
    that a campaign does not exist, the latest changes are read.
    """

    def __init__(self, kore: KoreClient, environment: str, records: Records) -> None:
        """Use the client for what the copy alone cannot answer."""
        self._kore = kore
        self._environment = environment
        self._records = records
        self._passes = Passes(kore, environment, records)
        self.fresh = FRESH

    async def find(self, ref: CampaignRef) -> list[Snapshot]:
        """Return the campaigns that a reference means, as they are in Kore.ai now.

        Raises:
            KoreError: Kore.ai could not be asked; ListIncomplete if the copy is not complete yet.
        """
        if ref.id:
            found = await self.get(ref.id)
            if found or await self._records.campaigns.known(ref.id):
                return [found] if found else []
        return await self._find_named(ref.whole)

    async def get(self, campaign_id: str) -> Snapshot | None:
        """Return a campaign as it is in Kore.ai now; None if it does not exist.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        try:
            return await self._records.campaigns.remember(
                await self._kore.get_campaign(campaign_id)
            )
        except NotFound:
            await self._records.campaigns.gone(campaign_id)
            return None

    async def _find_named(self, name: str) -> list[Snapshot]:
        """Look in the copy, and if the name is not there, also among the latest changes."""
        began = time.monotonic()
        await self.freshen(self.fresh)
        if found := await self._confirmed(name):
            return found
        progress = await self.freshen(timedelta(seconds=time.monotonic() - began))
        found = await self._meant(name)
        if progress and not found:
            raise _incomplete(progress)
        return found

    async def _confirmed(self, name: str) -> list[Snapshot]:
        """Return the campaigns of this name; a single one as it is in Kore.ai now."""
        found = await self._meant(name)
        if len(found) != 1:
            return found
        now = await self.get(found[0].id)
        return [now] if now and folded(now.name) == folded(name) else []

    async def namesakes(self, name: str, within: timedelta = timedelta()) -> list[Snapshot]:
        """Return every campaign that Kore.ai may match by this name, as of a time ago at most.

        Raises:
            KoreError: Kore.ai could not be asked; ListIncomplete if the copy is not complete.
        """
        if progress := await self.freshen(within):
            raise _incomplete(progress)
        return [each for each in await self._named(name) if each.is_called(name)]

    async def made_since(self, name: str, kind: Kind, since: datetime) -> list[Snapshot]:
        """Return the campaigns of this name among those that were created since a time.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        made = await self._passes.made_since(kind, since - CLOCKS_DIFFER)
        return [each for each in made if each.is_called(name)]

    async def freshen(self, within: timedelta = timedelta()) -> ListProgress | None:
        """Read the latest changes of both kinds side by side, unless they were read a time ago.

        Return how far a list is read, if not every campaign is known then; else None.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        coverage = await self.coverage()
        since = coverage[0].now - within
        if stale := [each.kind for each in coverage if not each.knows_all(since)]:
            await asyncio.gather(*map(self._read_latest, stale))
            coverage = await self.coverage()
        return next((each.progress for each in coverage if not each.knows_all(since)), None)

    async def _read_latest(self, kind: Kind) -> None:
        """Read them now, even if the background is about to."""
        reading = await self._take(Part.LATEST.of(kind))
        state = await self._passes.latest(kind, Latest.model_validate(reading.state), reading.now)
        await self._records.catalog.settle(reading, state.model_dump(mode="json"), FRESH)

    async def read_once(self, longest: timedelta) -> bool:
        """Wait while the account is read for the first time; return False if that takes longer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(longest.total_seconds()):
                while any(  # noqa: ASYNC110 # any process may read it
                    each.is_first_reading for each in await self.coverage()
                ):
                    await asyncio.sleep(POLL_SECONDS)  # another process reads
                return True
        return False

    async def coverage(self) -> list[Coverage]:
        """Return what is known of each kind of campaigns."""
        states, now = await self._records.catalog.states(self._environment)
        return [
            Coverage(
                kind=kind,
                whole=Whole.model_validate(states.get(Part.WHOLE.of(kind), {})),
                latest=Latest.model_validate(states.get(Part.LATEST.of(kind), {})),
                now=now,
            )
            for kind in Kind
        ]

    async def contact_lists(self) -> Listing[ContactList]:
        """Return the contact lists, read again unless they are fresh.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        states, now = await self._records.catalog.states(self._environment)
        lists = Lists.model_validate(states.get(Part.CONTACT_LISTS, {}))
        since = now - self.fresh
        if lists.proven_at is None or lists.proven_at < since:
            reading = await self._take(str(Part.CONTACT_LISTS))
            lists = await self._passes.contact_lists(lists, reading.now)
            await self._records.catalog.settle(reading, lists.model_dump(mode="json"), FRESH)
        rows = await self._records.catalog.contact_lists(self._environment)
        return Listing(rows, complete=lists.proven_at is not None and lists.proven_at >= since)

    async def _take(self, part: str) -> Reading:
        return await self._records.catalog.take(self._environment, part)

    async def _meant(self, name: str) -> list[Snapshot]:
        """Return the campaigns of exactly this name, or else of the name as people type it."""
        return best(await self._named(name), name, lambda each: each.name)

    async def _named(self, name: str) -> list[Snapshot]:
        known: list[Known] = await self._records.campaigns.named(name, self._environment)
        return [each.snapshot for each in known]


def _incomplete(progress: ListProgress) -> ListIncomplete:
    log.warning("catalog.incomplete", **progress.model_dump(mode="json"))
    error = ListIncomplete(Operation.LIST_CAMPAIGNS)
    error.progress = progress
    return error
