"""What became of a campaign: by itself, in Kore.ai's console, or by somebody in Slack."""

from collections.abc import Mapping
from typing import Self

from pydantic import AwareDatetime, JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.edits import settings_of
from bot.campaigns.list_refs import LIST_ID
from bot.campaigns.refs import CampaignRef, Ref
from bot.campaigns.values import Frozen, Kind, Status


class DoneBy(Frozen):
    """What somebody did with a campaign from a Slack channel: Slack IDs, as they are."""

    action: Action
    author: str
    approver: str | None = None
    channel: str


class CampaignChange(Frozen):
    """A campaign whose status is `now` another than `before`, or whose settings changed.

    `before` is None for a campaign that the bot did not know. `was` and `became` are the settings
    that differ. `done` is set if it was done in Slack; who changes a campaign in the console cannot
    be known.
    """

    campaign: Ref
    kind: Kind | None = None
    before: str | None
    now: str
    was: Mapping[str, JsonValue] = {}
    became: Mapping[str, JsonValue] = {}
    done: DoneBy | None = None
    created_at: AwareDatetime | None = None

    @classmethod
    def first_seen(cls, campaign: Snapshot) -> Self:
        """Return the change of a campaign that the bot did not know."""
        return cls(
            campaign=CampaignRef.of(campaign),
            kind=campaign.kind,
            before=None,
            now=campaign.status,
            created_at=campaign.created_at,
        )

    @classmethod
    def by_person(cls, campaign: Snapshot, done: DoneBy) -> Self:
        """Return the change of a campaign with which somebody has just done something."""
        return cls(
            campaign=CampaignRef.of(campaign),
            kind=campaign.kind,
            before=campaign.status,
            now=campaign.status,
            done=done,
        )

    @classmethod
    def between(cls, before: Snapshot, now: Snapshot) -> Self | None:
        """Return what changed between two looks; None if nobody needs to know.

        A setting that one of the looks does not show is not compared. That a new campaign becomes
        Ready is no news: it was told a moment ago that it was created.
        """
        was, became = _settings(before), _settings(now)
        names = [name for name in became if name in was and was[name] != became[name]]
        ready = (before.status, now.status) == (Status.PREPARING, Status.READY)
        if not names and (ready or before.status == now.status):
            return None
        return cls(
            campaign=CampaignRef.of(now),
            kind=now.kind,
            before=before.status,
            now=now.status,
            was={name: was[name] for name in names},
            became={name: became[name] for name in names},
        )


def _settings(seen: Snapshot) -> dict[str, JsonValue]:
    """Return the settings that every look shows alike.

    Kore.ai's list does not have the details, and may name contact lists by their IDs.
    """
    known = settings_of(seen.model_copy(update={"details": None}), None)
    if any(each.startswith(LIST_ID) for each in seen.contact_lists):
        del known["contact_lists"]
    return known
