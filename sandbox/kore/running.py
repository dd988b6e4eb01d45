"""How an account's campaigns change over time.

Kore.ai's documentation says: a scheduled campaign becomes Active by itself; every recurrence starts
again with the whole contact lists; a campaign is Completed when all contacts are done or its end
date is reached; stopping it ends that instance; one list can be used by one running campaign only:
https://docs.kore.ai/ai-for-service/contact-center/campaigns

The rest is our assumption. An occurrence during an earlier run is skipped. If another campaign is
running with the same list, an occurrence waits until that run ends; the one that was due first
goes first. Between runs a campaign is Scheduled, or Stopped if it was stopped. A run that is due
still takes place after the schedule's end.
"""

from datetime import datetime, timedelta

from sandbox.kore.dialing import CallingHours
from sandbox.kore.instance import Instance
from sandbox.kore.occurrences import next_occurrence
from sandbox.kore.state import Campaign, State, Status, new_id

# The statuses in which a campaign runs at its next occurrence.
AWAITING = {Status.SCHEDULED, Status.STOPPED}


def advance(state: State, until: datetime, interval: timedelta) -> None:
    """Carry out all changes that are due by `until`, each at its own time.

    `interval` is the time from one contact to the next in the runs that begin.
    """
    while (moment := _next_change(state)) is not None and moment <= until:
        state.now = max(state.now, moment)
        for campaign in state.passing:
            _settle(state, campaign)
        _begin_due(state, interval)
    state.now = max(state.now, until)


def begin(state: State, campaign: Campaign, interval: timedelta) -> Instance:
    """Begin a new run at `state.now`; the results of an earlier run are lost."""
    instance = Instance(
        id=new_id("cid"),
        began=state.now,
        contacts=tuple(state.contacts_of(campaign)),
        interval=interval,
        hours=CallingHours.model_validate(campaign.body["dialingStrategy"]["callingHours"]),
    )
    campaign.instance = instance
    campaign.due = None
    state.turn(campaign, Status.ACTIVE)
    return instance


def await_occurrence(campaign: Campaign, after: datetime) -> None:
    """Plan the campaign's next run for the next occurrence of its schedule, if any."""
    schedule = campaign.schedule
    campaign.due = None if schedule is None else next_occurrence(schedule, after)


def next_run(state: State, campaign: Campaign) -> datetime | None:
    """Return when the next run begins, or can begin if others wait for the same lists."""
    due = _next_due(campaign)
    if due is None:
        return None
    others = state.running_beside(campaign)
    return max(due, state.now, *(each.instance.ends for each in others if each.instance))


def _next_due(campaign: Campaign) -> datetime | None:
    if campaign.status in AWAITING:
        return campaign.due
    if campaign.status is Status.ACTIVE and campaign.instance and campaign.schedule:
        return next_occurrence(campaign.schedule, campaign.instance.ends)
    return None


def _next_change(state: State) -> datetime | None:
    """Return when a campaign next changes by itself; the answer is kept until one changes."""
    revision = state.campaigns.revision
    if state.next_change is None or state.next_change[0] != revision:
        state.next_change = (revision, _first_change(state))
    return state.next_change[1]


def _first_change(state: State) -> datetime | None:
    """Return the first change; a campaign does not change while another run uses its list."""
    first = None
    for campaign in state.passing:
        waits = campaign.status in AWAITING and campaign.due is not None
        moment = campaign.due if waits else _end(campaign)
        if moment is None or (first is not None and moment >= first):
            continue
        if not (waits and state.running_beside(campaign)):
            first = moment
    return first


def _end(campaign: Campaign) -> datetime | None:
    """Return when the campaign's current status ends."""
    if campaign.status is Status.PREPARING:
        return campaign.ready_at
    if campaign.status is Status.ACTIVE and campaign.instance:
        return campaign.instance.ends
    if campaign.status is Status.SCHEDULED and campaign.schedule and campaign.due is None:
        return campaign.schedule.end
    return None


def _settle(state: State, campaign: Campaign) -> None:
    end = _end(campaign)
    if end is None or end > state.now:
        return
    if campaign.status is Status.PREPARING:
        campaign.status = Status.READY
        return
    await_occurrence(campaign, state.now)
    state.turn(campaign, Status.COMPLETED if campaign.due is None else Status.SCHEDULED)


def _begin_due(state: State, interval: timedelta) -> None:
    waiting = [
        (each.due, each)
        for each in state.passing
        if each.status in AWAITING and each.due is not None and each.due <= state.now
    ]
    for _, campaign in sorted(waiting, key=lambda each: each[0]):
        if not state.running_beside(campaign):
            begin(state, campaign, interval)
