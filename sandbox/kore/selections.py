"""Selections of campaigns that the whole account uses; `search` has its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sandbox.kore.campaign import Campaign, Status

# The statuses that end by themselves, at least if the campaign has a run or a schedule.
PASSING = {Status.PREPARING, Status.ACTIVE, Status.SCHEDULED}
EPOCH = datetime.fromtimestamp(0, UTC)


class InOrder:
    """The base of selections in the order in which the campaigns were added."""

    def key(self, _: Campaign) -> tuple[()]:
        """Return the same for every campaign."""
        return ()


@dataclass(frozen=True)
class Active(InOrder):
    """The campaigns that are running."""

    def keeps(self, campaign: Campaign) -> bool:
        """Return whether the campaign is running."""
        return campaign.status is Status.ACTIVE


@dataclass(frozen=True)
class Passing(InOrder):
    """All campaigns that may change by themselves."""

    def keeps(self, campaign: Campaign) -> bool:
        """Return whether the campaign may change by itself."""
        return campaign.due is not None or campaign.status in PASSING


@dataclass(frozen=True)
class Using(InOrder):
    """The campaigns that use a contact list."""

    contact_list: str

    def keeps(self, campaign: Campaign) -> bool:
        """Return whether the campaign uses the list."""
        return self.contact_list in campaign.body["contactLists"]


@dataclass(frozen=True)
class LastChanged:
    """All campaigns, the one that was changed last first."""

    def keeps(self, _: Campaign) -> bool:
        """Return True."""
        return True

    def key(self, campaign: Campaign) -> tuple[timedelta]:
        """Return how long before the epoch the campaign was changed."""
        return (EPOCH - campaign.updated_at,)
