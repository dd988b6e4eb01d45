"""Caches Kore.ai's contact lists and campaigns, so that typeaheads answer without waiting."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Generic, TypeVar

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.values import Kind
from bot.kore import KoreClient, KoreError, Listing, in_background

log = structlog.get_logger()
T = TypeVar("T", bound=ContactList | Snapshot)

# Reading takes one of the account's sixty calls per minute for each fifty rows, so a list is read
# at most once in this time.
FRESH_SECONDS = 60.0
# Each typed letter triggers a refresh, and a failing Kore.ai must not get a request for each.
RETRY_SECONDS = 5.0
CAMPAIGNS_MAX = 200


class Source(Generic[T]):
    """A cached Kore.ai list.

    `read_at` is the time of the last complete read, or None. A read with at least `enough` rows
    counts as complete.
    """

    def __init__(
        self, name: str, read: Callable[[], Awaitable[Listing[T]]], enough: int | None = None
    ) -> None:
        self._name = name
        self._read = read
        self._enough = enough
        self._fresh_until = 0.0
        self.rows: Sequence[T] = ()
        self.read_at: datetime | None = None

    async def refresh(self) -> None:
        """Read the list again unless it is fresh. If reading fails, keep the cached rows."""
        if time.monotonic() < self._fresh_until:
            return
        self._fresh_until = time.monotonic() + FRESH_SECONDS
        try:
            listing = await self._read()
        except KoreError as error:
            self._fresh_until = time.monotonic() + RETRY_SECONDS
            self._log_kept(type(error).__name__)
        else:
            self._take(listing)

    def _take(self, listing: Listing[T]) -> None:
        """Store the rows that were read; if they are only a part, keep the other cached rows."""
        if listing.complete or (self._enough and len(listing.rows) >= self._enough):
            self.rows, self.read_at = listing.rows, datetime.now(UTC)
            return
        self._log_kept("incomplete")
        read = {row.id for row in listing.rows}
        self.rows = [*listing.rows, *(row for row in self.rows if row.id not in read)]

    def _log_kept(self, reason: str) -> None:
        age = datetime.now(UTC) - self.read_at if self.read_at else None
        log.warning(
            "directory.not_refreshed",
            source=self._name,
            reason=reason,
            age_seconds=age and round(age.total_seconds()),
        )


class Directory:
    """Contact lists and campaigns as last listed by Kore.ai. Each list is cached separately."""

    def __init__(self, kore: KoreClient) -> None:
        self._contact_lists = Source("contact_lists", kore.list_contact_lists)
        self._campaigns = [
            Source(
                f"{kind}_campaigns",
                partial(kore.list_campaigns, kind, enough=CAMPAIGNS_MAX),
                CAMPAIGNS_MAX,
            )
            for kind in Kind
        ]

    @property
    def contact_lists(self) -> Sequence[ContactList]:
        """Return the cached contact lists."""
        return self._contact_lists.rows

    @property
    def campaigns(self) -> Sequence[Snapshot]:
        """Return the cached campaigns, newest first within each kind."""
        return [*chain.from_iterable(source.rows for source in self._campaigns)]

    async def refresh(self) -> None:
        """Refresh every stale list concurrently, so that no list waits for another."""
        with in_background():
            await asyncio.gather(
                self._contact_lists.refresh(), *(each.refresh() for each in self._campaigns)
            )
