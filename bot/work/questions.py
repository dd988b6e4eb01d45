"""Asks Kore.ai for the facts of a review, within the time that a person waits for it."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactList
from bot.campaigns.reasons import ListProgress
from bot.kore import KoreError, ListIncomplete, Listing

log = structlog.get_logger()
T = TypeVar("T")

# How long a person waits at most, at the "Checking" screen.
SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Found:
    """The campaigns that Kore.ai found, or None if unknown.

    `progress` is how far an incomplete list of campaigns was read.
    """

    campaigns: tuple[Snapshot, ...] | None = None
    progress: ListProgress | None = None


def _deadline() -> float:
    return asyncio.get_running_loop().time() + SECONDS


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions with one deadline for all, `until`, in event loop time."""

    until: float = field(default_factory=_deadline)

    async def found(self, question: Coroutine[Any, Any, Sequence[Snapshot]]) -> Found:
        """Return the campaigns found, or how far their list was read."""
        return await self.in_time(_as_found(question)) or Found()

    async def in_time(self, question: Coroutine[Any, Any, T]) -> T | None:
        """Return the answer, or None if it fails or misses the deadline."""
        try:
            async with asyncio.timeout_at(self.until):
                return await question
        except (TimeoutError, KoreError) as error:
            log.warning("review.not_checked", reason=type(error).__name__)
            return None


async def _as_found(question: Coroutine[Any, Any, Sequence[Snapshot]]) -> Found:
    try:
        return Found(tuple(await question))
    except ListIncomplete as error:
        log.warning("review.not_checked", reason=type(error).__name__)
        return Found(progress=error.progress)


def used_lists(
    names: Sequence[str], listing: Listing[ContactList] | None
) -> tuple[ContactList, ...] | None:
    """Return the contact lists that a campaign uses, matched by name or ID as Kore.ai uses both.

    Return None if that is unknown: there is no listing, or a list may be among the unread ones.
    """
    if listing is None:
        return None
    used = tuple(each for each in listing.rows if {each.name, each.id} & set(names))
    there = {key for each in used for key in (each.name, each.id)}
    return used if listing.complete or there >= set(names) else None


def list_sizes(
    names: Sequence[str], used: Sequence[ContactList] | None
) -> tuple[tuple[str, int | None], ...]:
    """Return each of the names with the number of its contacts, None if unknown."""
    sizes = {each.name: each.contacts for each in used or ()}
    return tuple((name, sizes.get(name)) for name in names)
