"""Looks up campaigns and contact lists in the copy of an environment."""

import asyncio
import contextlib
from datetime import datetime, timedelta

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.names import best, folded
from bot.campaigns.reasons import ListProgress
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind
from bot.catalog.passes import RUNNING, Passes
from bot.catalog.states import FRESH, Coverage, Latest, Lists, Part, Running, Whole
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
        self._reading = {kind: asyncio.Lock() for kind in Kind}
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
            return await self.keep(await self._kore.get_campaign(campaign_id))
        except NotFound:
            await self._records.campaigns.gone(campaign_id)
            return None

    async def keep(self, seen: Snapshot) -> Snapshot:
        """Store a campaign that was just read. If it runs, what becomes of it is read soon."""
        kept = await self._records.campaigns.remember(seen)
        if kept.kind and kept.status in RUNNING:
            await self._records.catalog.hasten(self._environment, [Part.MOVING.of(kept.kind)])
        return kept

    async def _find_named(self, name: str) -> list[Snapshot]:
        """Look in the copy, and if the name is not there, also among the latest changes."""
        now = await self._now()
        await self._read_since(now - self.fresh)
        if found := await self._confirmed(name):
            return found
        progress = await self._read_since(now)
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
        if progress := await self._read_since(await self._now() - within):
            raise _incomplete(progress)
        return [each for each in await self._named(name) if each.is_called(name)]

    async def made_since(self, name: str, kind: Kind, since: datetime) -> list[Snapshot]:
        """Return the campaigns of this name among those that were created since a time.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        made = await self._passes.made_since(kind, since - CLOCKS_DIFFER)
        return [each for each in made if each.is_called(name)]

    async def running(self) -> Running:
        """Return every campaign that runs now.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        kinds = await asyncio.gather(*(self._passes.running(kind) for kind in Kind))
        campaigns = tuple(each for found, _ in kinds for each in found)
        return Running(campaigns=campaigns, complete=all(complete for _, complete in kinds))

    async def _read_since(self, since: datetime) -> ListProgress | None:
        """Read the latest changes of both kinds side by side, unless they are known as of a time.

        Return how far a list is read, if not every campaign is known then; else None.
        """
        questions = (self._known_since(each, since) for each in await self.coverage())
        # Both end, even if one fails: the other's reading must not go on after this question.
        answers = await asyncio.gather(*questions, return_exceptions=True)
        coverage = [_or_raise(each) for each in answers]
        return next((each.progress for each in coverage if not each.knows_all(since)), None)

    async def _known_since(self, coverage: Coverage, since: datetime) -> Coverage:
        """Read the latest changes of a kind, unless they are known as of that time."""
        if coverage.knows_all(since):
            return coverage
        async with self._reading[coverage.kind]:
            # Another question may have had them read meanwhile.
            coverage = await self._coverage(coverage.kind)
            if coverage.knows_all(since):
                return coverage
            return coverage.model_copy(update={"latest": await self._read_latest(coverage.kind)})

    async def _read_latest(self, kind: Kind) -> Latest:
        """Read them now, even if another process is about to, and return how far they are read.

        It is true of this process's reading, even if another one begins before it is stored.
        """
        reading = await self._take(Part.LATEST.of(kind))
        state = Latest.model_validate(reading.state)
        try:
            state = await self._passes.latest(kind, state, reading.now)
        finally:
            await self._records.catalog.settle(reading, state.model_dump(mode="json"), FRESH)
        return state

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

    async def _coverage(self, kind: Kind) -> Coverage:
        return next(each for each in await self.coverage() if each.kind is kind)

    async def contact_lists(self, within: timedelta | None = None) -> Listing[ContactList]:
        """Return the contact lists as of a time ago at most; without one, as they are fresh.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        lists, now = await self._lists()
        since = now - (self.fresh if within is None else within)
        if lists.proven_at is None or lists.proven_at < since:
            reading = await self._take(str(Part.CONTACT_LISTS))
            try:
                lists = await self._passes.contact_lists(lists, reading.now)
            finally:
                await self._records.catalog.settle(reading, lists.model_dump(mode="json"), FRESH)
        rows = await self._records.catalog.contact_lists.search([self._environment])
        return Listing(
            tuple(rows), complete=lists.proven_at is not None and lists.proven_at >= since
        )

    async def contact_list(self, list_id: str) -> ContactList | None:
        """Return a contact list as it is in Kore.ai now; None if it does not exist.

        Raises:
            KoreError: Kore.ai could not be asked.
        """
        stored = self._records.catalog.contact_lists
        try:
            found = await self._kore.get_contact_list(list_id)
        except NotFound:
            await stored.gone(self._environment, list_id)
            return None
        await stored.saw(self._environment, [found], complete=False)
        return found.model_copy(update={"environment": self._environment})

    async def saw_list(self, seen: ContactList) -> None:
        """Store a contact list that was just created or changed."""
        stored = self._records.catalog.contact_lists
        await stored.saw(self._environment, [seen], complete=False)
        await self.read_lists_soon()

    async def forget_list(self, list_id: str) -> None:
        """Forget a contact list that was just deleted."""
        await self._records.catalog.contact_lists.gone(self._environment, list_id)
        await self.read_lists_soon()

    async def read_lists_soon(self) -> None:
        """Let the contact lists be read again: a reading that began before may store old ones."""
        reading = await self._take(str(Part.CONTACT_LISTS))
        await self._records.catalog.settle(reading, reading.state, timedelta())

    async def lists_as_of(self) -> datetime | None:
        """Return the latest time of which every contact list is known; None if there is none."""
        lists, _ = await self._lists()
        return lists.proven_at

    async def _lists(self) -> tuple[Lists, datetime]:
        """Return how far the contact lists are read, and the time."""
        states, now = await self._records.catalog.states(self._environment)
        return Lists.model_validate(states.get(Part.CONTACT_LISTS, {})), now

    async def _now(self) -> datetime:
        """Return the time by the clock of the readings."""
        return (await self.coverage())[0].now

    async def _take(self, part: str) -> Reading:
        return await self._records.catalog.take(self._environment, part)

    async def _meant(self, name: str) -> list[Snapshot]:
        """Return the campaigns of exactly this name, or else of the name as people type it."""
        return best(await self._named(name), name, lambda each: each.name)

    async def _named(self, name: str) -> list[Snapshot]:
        known: list[Known] = await self._records.campaigns.named(name, self._environment)
        return [each.snapshot for each in known]


def _or_raise(found: Coverage | BaseException) -> Coverage:
    if isinstance(found, BaseException):
        raise found
    return found


def _incomplete(progress: ListProgress) -> ListIncomplete:
    log.warning("catalog.incomplete", **progress.model_dump(mode="json"))
    error = ListIncomplete(Operation.LIST_CAMPAIGNS)
    error.progress = progress
    return error
