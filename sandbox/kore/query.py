"""The campaigns that a search looks for, and their order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sandbox.kore.calls import Kind
from sandbox.kore.campaign import Campaign
from sandbox.kore.selections import EPOCH

Direction = Literal["asc", "desc"]
SortField = Literal["name", "createdAt", "updatedAt"]
Order = tuple[tuple[SortField, Direction], ...]

OLDEST_FIRST: Order = (("createdAt", "asc"),)
NEWEST_FIRST: Order = (("createdAt", "desc"),)


@dataclass(frozen=True)
class Query:
    """The campaigns of one kind that pass every filter; a filter that is None passes all.

    Attributes:
        order: the fields to sort by; the first counts most.
        since: the earliest time of creation.
        until: the latest time of creation.
    """

    kind: Kind
    order: Order = NEWEST_FIRST
    statuses: frozenset[str] | None = None
    priorities: frozenset[int] | None = None
    dialing_modes: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None

    def keeps(self, campaign: Campaign) -> bool:
        """Return whether the search finds the campaign."""
        return (
            campaign.kind is self.kind
            and (self.statuses is None or campaign.status in self.statuses)
            and (self.since is None or self.since <= campaign.created_at)
            and (self.until is None or campaign.created_at <= self.until)
            and self._body_passes(campaign)
        )

    def key(self, campaign: Campaign) -> tuple[Any, ...]:
        """Return what puts the campaign in its place when sorted in ascending order."""
        return tuple(_key(campaign, field, direction) for field, direction in self.order)

    def _body_passes(self, campaign: Campaign) -> bool:
        body = campaign.body
        priority = int(body["priority"]) if "priority" in body else None
        return (self.priorities is None or priority in self.priorities) and (
            self.dialing_modes is None or body.get("dialingMode") in self.dialing_modes
        )


def _key(campaign: Campaign, field: SortField, direction: Direction) -> object:
    if field == "name":
        return campaign.lname if direction == "asc" else _descending(campaign.lname)
    moment = campaign.created_at if field == "createdAt" else campaign.updated_at
    return moment if direction == "asc" else EPOCH - moment


def _descending(text: str) -> tuple[int, ...]:
    """Return a key that sorts texts in reverse; the 1 puts a text after all that it begins."""
    return (*(-ord(letter) for letter in text), 1)
