"""Reads the results of a run, page by page, and proves that they are all there.

The rows have phone numbers, so they are kept in memory alone: after a crash they are read again.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactResults
from bot.campaigns.results import ResultCounts, ResultRows
from bot.campaigns.values import Status
from bot.kore import KoreClient, KoreError, RateLimited, in_background

log = structlog.get_logger()

# Kore.ai's limit: get-all-contact-details-voice-campaigns-v2.
PAGE_ROWS = 100
# A hundred thousand contacts, which take half an hour in the background's share of the calls.
PAGES_MAX = 1000
# A run changes while it is read. Another pass may find what moved; of more pages, it would take
# too long.
PASSES = 2
AGAIN_PAGES_MAX = 30
# A reading that takes longer is announced.
UNTOLD_SECONDS = 3.0
# Seconds before each further attempt to read a page, besides those of the client.
PAGE_PAUSES = (5.0, 20.0, 60.0)

# Called once with how many contacts were read, and how many there are.
OnSlow = Callable[[int, int], Awaitable[None]]


class NoResults(Exception):
    """Kore.ai has no results of the campaign."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The results of a run: of each contact, and as counts."""

    rows: ResultRows = field(repr=False)
    counts: ResultCounts


async def read_results(kore: KoreClient, campaign: Snapshot, on_slow: OnSlow) -> Finding:
    """Return the results of a voice campaign's latest run; `on_slow` is called if that takes long.

    Raises:
        NoResults: there are none.
        KoreError: they could not be read.
    """
    with in_background():
        reading = _Reading(kore, campaign.id, on_slow)
        await reading.read()
    if not reading.rows:
        raise NoResults(campaign.id)
    counts = reading.rows.counts(
        total=max(reading.total, len(reading.rows)),
        is_complete=reading.is_proven,
        is_running=campaign.status in {Status.ACTIVE, Status.PAUSED},
        as_of=datetime.now(UTC),
    )
    return Finding(reading.rows, counts)


class _Reading:
    """One reading of a campaign's results.

    It is proven to be complete if Kore.ai's total stayed the same during a pass, and so many
    different contacts were found.
    """

    def __init__(self, kore: KoreClient, campaign: str, on_slow: OnSlow) -> None:
        self._kore = kore
        self._campaign = campaign
        self._on_slow: OnSlow | None = on_slow
        self._began = time.monotonic()
        self.rows = ResultRows()
        self.total = 0
        self.is_proven = False

    async def read(self) -> None:
        for _ in range(PASSES):
            totals = {page.total_results async for page in self._pages()}
            self.is_proven = totals == {len(self.rows)}
            if self.is_proven or self.total > AGAIN_PAGES_MAX * PAGE_ROWS:
                return

    async def _pages(self) -> AsyncIterator[ContactResults]:
        """Yield every page once, and keep its rows."""
        for number in count(1):
            page = await self._page(number)
            self.total = page.total_results
            self.rows.add(page.rows)
            yield page
            last = max(page.total_pages, -(-page.total_results // PAGE_ROWS))
            if number >= min(last, PAGES_MAX):
                return
            await self._tell_if_slow()

    async def _page(self, number: int) -> ContactResults:
        """Return a page; one failure of many pages does not lose the others.

        Raises:
            KoreError: it could not be read after several attempts.
        """
        for pause in PAGE_PAUSES if number > 1 else ():
            try:
                return await self._asked(number)
            except KoreError as error:
                log.warning("results.page_not_read", page=number, reason=type(error).__name__)
                known = error.retry_after if isinstance(error, RateLimited) else None
                await asyncio.sleep(max(pause, known or 0.0))
        return await self._asked(number)

    async def _asked(self, number: int) -> ContactResults:
        return await self._kore.contact_results(self._campaign, page=number, limit=PAGE_ROWS)

    async def _tell_if_slow(self) -> None:
        if self._on_slow and time.monotonic() - self._began > UNTOLD_SECONDS:
            tell, self._on_slow = self._on_slow, None
            await tell(len(self.rows), self.total)
