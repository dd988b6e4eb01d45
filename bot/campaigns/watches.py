"""Watches: a channel follows a campaign, or all campaigns that a filter lets through."""

import hashlib
from datetime import datetime

from pydantic import AwareDatetime

from bot.campaigns.changes import CampaignChange
from bot.campaigns.filters import CampaignFilter
from bot.campaigns.names import folded
from bot.campaigns.refs import Ref
from bot.campaigns.values import Frozen

# Slack's IDs of direct conversations begin with this: docs.slack.dev/reference/objects.
_DIRECT = "D"


class Watch(Frozen):
    """A channel follows one `campaign`; or if that is None, those that the `filter` lets through.

    `environments` limits the filter; None means all. `author` has set it up, at `since`.
    """

    channel: str
    author: str
    since: AwareDatetime
    campaign: Ref | None = None
    filter: CampaignFilter = CampaignFilter()
    environments: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        """Return an ID that is the same for whatever follows the same in the same channel."""
        campaign = self.campaign and self.campaign.id
        target = campaign or f"{str(self.filter).lower()} {sorted(self.environments or ())}"
        return hashlib.sha256(f"{self.channel} {target}".encode()).hexdigest()[:32]

    def tells(self, change: CampaignChange) -> bool:
        """Return whether the channel has to be told of a change.

        What was done from the channel itself is told there by the campaign's card, and who did it
        needs no direct message about it.
        """
        if change.done and change.done.channel == self.channel:
            return False
        if change.done and self.channel.startswith(_DIRECT) and change.done.author == self.author:
            return False
        if self.campaign:
            return self.campaign.id == change.campaign.id
        return self._lets_through(change) and not _is_older(change, self.since)

    def _lets_through(self, change: CampaignChange) -> bool:
        is_here = self.environments is None or change.campaign.environment in self.environments
        of_kind = self.filter.kind in {None, change.kind}
        in_status = self.filter.status in {None, change.before, change.now}
        named = folded(self.filter.text) in folded(change.campaign.name)
        return is_here and of_kind and in_status and named


def _is_older(change: CampaignChange, since: datetime) -> bool:
    """Return whether a campaign that the bot sees for the first time was there before."""
    return change.before is None and (change.created_at is None or change.created_at < since)
