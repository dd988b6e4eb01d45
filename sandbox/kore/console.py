"""The account as its console shows it: each campaign, its run's progress and its next run."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.kore.calls import Kind
from sandbox.kore.running import next_run
from sandbox.kore.selections import LastChanged
from sandbox.kore.state import Campaign, State, Status


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign as the console shows it.

    Attributes:
        contacts: how many contacts its lists hold.
        reached: how many of them its latest run has reached.
        next_run: when its next run begins, in UTC, or None if none is planned. If several
            campaigns wait for the same list, the earliest possible time.
    """

    id: str
    name: str
    kind: Kind
    status: Status
    contacts: int
    reached: int
    next_run: datetime | None


def rows(state: State) -> tuple[CampaignRow, ...]:
    """Return a row for each campaign, the oldest first."""
    return tuple(_row(state, each) for each in state.campaigns.values())


def last_changed(state: State, at_most: int) -> tuple[CampaignRow, ...]:
    """Return rows for the campaigns that were changed last, the oldest first."""
    latest = state.campaigns.select(LastChanged())[:at_most]
    in_order = sorted(latest, key=lambda each: state.campaigns.place(each.id))
    return tuple(_row(state, each) for each in in_order)


def next_event(state: State) -> datetime | None:
    """Return when the next run begins, in UTC, or None if no run is planned."""
    moments = (next_run(state, each) for each in state.passing)
    return min((each for each in moments if each is not None), default=None)


def _row(state: State, campaign: Campaign) -> CampaignRow:
    return CampaignRow(
        id=campaign.id,
        name=campaign.name,
        kind=campaign.kind,
        status=campaign.status,
        contacts=len(state.contacts_of(campaign)),
        reached=campaign.reached(state.now),
        next_run=next_run(state, campaign),
    )
