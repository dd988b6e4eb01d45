"""What becomes of an account's campaigns as time goes by.

Kore.ai states that a scheduled campaign becomes Active by itself, that every recurrence starts
again from the whole contact lists, that it is Completed when all contacts are done or its end date
is reached, that stopping it ends that instance, and that a list is run by one campaign at a time:
https://docs.kore.ai/ai-for-service/contact-center/campaigns

The rest is our reading. An occurrence during the earlier run is passed over. One whose list another
campaign is running with waits until that has ended; of several that wait, the earliest due goes
first. Between its runs a campaign is Scheduled, or Stopped if it was stopped, and a run that is
due still comes when the end has passed.
"""

from datetime import datetime, timedelta

from sandbox.kore.dialing import CallingHours
from sandbox.kore.instance import Instance
from sandbox.kore.occurrences import next_occurrence
from sandbox.kore.state import Campaign, State, Status, new_id

# The statuses in which a campaign's next occurrence begins a run.
AWAITING = {Status.SCHEDULED, Status.STOPPED}


def advance(state: State, until: datetime, interval: timedelta) -> None:
    """Let everything happen that does by `until`, each thing at its own moment.

    `interval` lies between one contact and the next, in the runs that begin meanwhile.
    """
    while (moment := _next_change(state)) is not None and moment <= until:
        state.now = max(state.now, moment)
        for campaign in state.campaigns.values():
            _settle(campaign, state.now)
        _begin_due(state, interval)
    state.now = max(state.now, until)


def begin(state: State, campaign: Campaign, interval: timedelta) -> Instance:
    """Begin a new run at the state's moment; what an earlier one left is gone."""
    instance = Instance(
        id=new_id("cid"),
        began=state.now,
        contacts=tuple(state.contacts_of(campaign)),
        interval=interval,
        hours=CallingHours.model_validate(campaign.body["dialingStrategy"]["callingHours"]),
    )
    campaign.instance = instance
    campaign.due = None
    campaign.turn(Status.ACTIVE, state.now)
    return instance


def await_occurrence(campaign: Campaign, after: datetime) -> None:
    """Have the campaign run at the next occurrence of its schedule, if there is one."""
    schedule = campaign.schedule
    campaign.due = None if schedule is None else next_occurrence(schedule, after)


def next_run(state: State, campaign: Campaign) -> datetime | None:
    """When the campaign's next run begins; at the earliest, if others wait for its lists too."""
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
    moments = (_change(state, each) for each in state.campaigns.values())
    return min((each for each in moments if each is not None), default=None)


def _change(state: State, campaign: Campaign) -> datetime | None:
    """When the campaign changes next of itself; None while it waits for another's list."""
    if campaign.status in AWAITING and campaign.due is not None:
        return None if state.running_beside(campaign) else campaign.due
    return _end(campaign)


def _end(campaign: Campaign) -> datetime | None:
    """When what the campaign is doing ends."""
    if campaign.status is Status.PREPARING:
        return campaign.ready_at
    if campaign.status is Status.ACTIVE and campaign.instance:
        return campaign.instance.ends
    if campaign.status is Status.SCHEDULED and campaign.schedule and campaign.due is None:
        return campaign.schedule.end
    return None


def _settle(campaign: Campaign, now: datetime) -> None:
    end = _end(campaign)
    if end is None or end > now:
        return
    if campaign.status is Status.PREPARING:
        campaign.status = Status.READY
        return
    await_occurrence(campaign, now)
    campaign.turn(Status.COMPLETED if campaign.due is None else Status.SCHEDULED, now)


def _begin_due(state: State, interval: timedelta) -> None:
    waiting = [
        (each.due, each)
        for each in state.campaigns.values()
        if each.status in AWAITING and each.due is not None and each.due <= state.now
    ]
    for _, campaign in sorted(waiting, key=lambda each: each[0]):
        if not state.running_beside(campaign):
            begin(state, campaign, interval)
