"""A campaign's cards, and what became of it since."""

from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime

from bot.campaigns.actions import Action
from bot.campaigns.changes import CampaignChange
from bot.campaigns.digests import DigestTime
from bot.campaigns.notifications.base import BaseNotification
from bot.campaigns.refs import Ref
from bot.campaigns.results import ResultCounts

# A message has room for so many changes that it names.
CHANGES_MAX = 20


class Card(BaseNotification):
    """The card of the campaign that the submission created, changed or looked up."""

    kind: Literal["card"] = "card"
    campaign: str


class CardUpdate(BaseNotification):
    """The live card of a campaign in a channel no longer shows its current state."""

    kind: Literal["card_update"] = "card_update"
    campaign: str
    channel: str


class RetiredCard(BaseNotification):
    """A card that is no longer the live one in its channel, so it loses its buttons."""

    kind: Literal["retired_card"] = "retired_card"
    campaign: str
    channel: str
    ts: str
    news: str


class ChangeBelow(BaseNotification):
    """A campaign with a card in a channel changed by itself, or in Kore.ai's console."""

    kind: Literal["change"] = "change"
    channel: str
    change: CampaignChange


class WatchedChanges(BaseNotification):
    """What became of the campaigns that a channel follows, of the earliest changes of many.

    `more` counts the changes that are left out.
    """

    kind: Literal["watched"] = "watched"
    channel: str
    changes: tuple[CampaignChange, ...]
    more: int = 0

    def and_also(self, later: Iterable[CampaignChange]) -> "WatchedChanges":
        """Return the same with later changes."""
        every = (*self.changes, *later)
        more = self.more + max(0, len(every) - CHANGES_MAX)
        return self.model_copy(update={"changes": every[:CHANGES_MAX], "more": more})


class Drift(BaseNotification):
    """What a person has approved was changed elsewhere; `approved` is the action."""

    kind: Literal["drift"] = "drift"
    person: str
    approved: Action
    change: CampaignChange


class DigestNotice(BaseNotification):
    """A channel's digest is due; `since` is when the one before was."""

    kind: Literal["digest"] = "digest"
    chosen: DigestTime
    since: AwareDatetime


class RunEnded(BaseNotification):
    """The run of a campaign with a card in a channel has ended, and this came of it."""

    kind: Literal["run_ended"] = "run_ended"
    channel: str
    campaign: Ref
    counts: ResultCounts


OfLivingCard = CardUpdate | RetiredCard | ChangeBelow | RunEnded
OfChange = WatchedChanges | Drift | DigestNotice
