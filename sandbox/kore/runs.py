"""The operations start, stop, status and results of a campaign."""

from typing import Annotated

from pydantic import Field

from sandbox.kore.account import Account
from sandbox.kore.answers import timestamp
from sandbox.kore.calls import Call, Json, Kind
from sandbox.kore.campaigns import addressed
from sandbox.kore.fields import Nothing, Strict, read
from sandbox.kore.refusals import invalid
from sandbox.kore.running import await_occurrence, begin
from sandbox.kore.state import Campaign, State, Status

STARTABLE = {Status.READY, Status.STOPPED, Status.COMPLETED}
STOPPABLE = {Status.ACTIVE, Status.PAUSED}


class Paging(Strict):
    """The requested page of contacts."""

    page: Annotated[int, Field(ge=1)]
    limit: Annotated[int, Field(ge=1, le=100)]


def start(account: Account, call: Call) -> Json:
    """Start a campaign now, from the top of its contact lists."""
    read(Nothing, call.body)
    state = account.state
    campaign = addressed(state, call)
    _refuse_start(state, campaign)
    instance = begin(state, campaign, account.interval)
    answer = _changed(campaign, "Campaign Started")
    if campaign.kind is Kind.SMS:
        return answer
    completed = instance.reached(state.now)
    return {**answer, "totalCallsCompleted": completed, "campaignInstanceId": instance.id}


def stop(account: Account, call: Call) -> Json:
    """Stop a campaign's run and reset its data; its schedule continues."""
    read(Nothing, call.body)
    state = account.state
    campaign = addressed(state, call)
    if campaign.status not in STOPPABLE:
        raise invalid(f"status: a campaign that is {campaign.status} cannot be stopped")
    stopped, campaign.instance = campaign.instance, None
    await_occurrence(campaign, state.now)
    state.turn(campaign, Status.STOPPED)
    answer = _changed(campaign, "Campaign Stopped")
    if campaign.kind is Kind.SMS:
        return {**answer, "campaignExecutionType": "NORMAL"}
    return {**answer, "campaignInstanceId": None if stopped is None else stopped.id}


def status(account: Account, call: Call) -> Json:
    """Return a campaign's status; the envelope around it also has a `status`."""
    read(Nothing, call.body)
    campaign = account.state.campaign(call.params["campaign"])
    data = {"id": campaign.id, "status": campaign.status, "name": campaign.name}
    return {"status": "success", "data": data}


def results(account: Account, call: Call) -> Json:
    """Return one page of the results of a voice campaign's contacts."""
    paging = read(Paging, call.body)
    state = account.state
    campaign = state.campaign(call.params["campaign"])
    if campaign.kind is not Kind.VOICE:
        raise invalid("view: contacts is for voice campaigns")
    first = (paging.page - 1) * paging.limit
    of_all, instance = state.results_of_all, campaign.instance
    rows = [] if instance is None else instance.results(state.now, of_all=of_all)
    data = {
        "results": rows[first : first + paging.limit],
        "page": paging.page,
        "limit": paging.limit,
        "totalPages": -(-len(rows) // paging.limit),
        "totalResults": len(rows),
    }
    return {"status": "success", "data": data}


def _changed(campaign: Campaign, message: str) -> Json:
    updated = timestamp(campaign.updated_at)
    return {"status": campaign.status, "message": message, "updatedAt": updated}


def _refuse_start(state: State, campaign: Campaign) -> None:
    if campaign.status not in STARTABLE:
        raise invalid(f"status: a campaign that is {campaign.status} cannot be started")
    for other in state.running_beside(campaign):
        raise invalid(f"contactLists: campaign {other.name} is running with the same list")
