"""What Kore.ai can list for the typeaheads, kept for a short while so that typing never waits."""

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

# One call of the account's sixty a minute for each fifty rows, at most once in this time.
FRESH_SECONDS = 60.0
# People type a letter at a time, and a Kore.ai that fails is not to be asked at each.
RETRY_SECONDS = 5.0
CAMPAIGNS_MAX = 200


class Source(Generic[T]):
    """One list of Kore.ai's as it was last read.

    `read_at` is when that was; None before. With `enough` rows it need not be complete.
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
        """Read it again, if it was not read just now; where that fails, keep what is there."""
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
        """Keep what was read; where that is only a part, what was there before stays beside it."""
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
    """Contact lists and campaigns as Kore.ai last listed them, each list for itself."""

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
        """The contact lists."""
        return self._contact_lists.rows

    @property
    def campaigns(self) -> Sequence[Snapshot]:
        """The campaigns, the newest of a kind first."""
        return [*chain.from_iterable(source.rows for source in self._campaigns)]

    async def refresh(self) -> None:
        """Read anew what was not read a short while ago: one list does not wait for another."""
        with in_background():
            await asyncio.gather(
                self._contact_lists.refresh(), *(each.refresh() for each in self._campaigns)
            )
