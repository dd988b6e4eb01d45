"""Start and stop a campaign, its status, and what became of each contact."""

from typing import Annotated

from pydantic import Field

from sandbox.kore.account import Account
from sandbox.kore.answers import timestamp
from sandbox.kore.calls import Call, Json, Kind
from sandbox.kore.campaigns import addressed
from sandbox.kore.fields import Nothing, Strict, read
from sandbox.kore.refusals import invalid
from sandbox.kore.state import Campaign, State, Status, new_id

STARTABLE = {Status.READY, Status.STOPPED, Status.COMPLETED}
STOPPABLE = {Status.ACTIVE, Status.PAUSED}


class Paging(Strict):
    """Which page of the contacts is wanted."""

    page: Annotated[int, Field(ge=1)]
    limit: Annotated[int, Field(ge=1, le=100)]


def start(account: Account, call: Call) -> Json:
    """Run a campaign now, from the top of its contact lists."""
    read(Nothing, call.body)
    campaign = addressed(account.state, call)
    _refuse_start(account.state, campaign)
    campaign.status = Status.ACTIVE
    campaign.instance_id = new_id("cid")
    campaign.updated_at = account.clock.now()
    answer = _changed(campaign, "Campaign Started")
    if campaign.kind is Kind.SMS:
        return answer
    return {**answer, "totalCallsCompleted": 0, "campaignInstanceId": campaign.instance_id}


def stop(account: Account, call: Call) -> Json:
    """End a campaign's run and reset its data."""
    read(Nothing, call.body)
    campaign = addressed(account.state, call)
    if campaign.status not in STOPPABLE:
        raise invalid(f"status: a campaign that is {campaign.status} cannot be stopped")
    campaign.status = Status.STOPPED
    campaign.results.clear()
    campaign.updated_at = account.clock.now()
    answer = _changed(campaign, "Campaign Stopped")
    if campaign.kind is Kind.SMS:
        return {**answer, "campaignExecutionType": "NORMAL"}
    return {**answer, "campaignInstanceId": campaign.instance_id}


def status(account: Account, call: Call) -> Json:
    """A campaign's status, inside an envelope that has a status of its own."""
    read(Nothing, call.body)
    campaign = account.state.campaign(call.params["campaign"])
    data = {"id": campaign.id, "status": campaign.status, "name": campaign.name}
    return {"status": "success", "data": data}


def results(account: Account, call: Call) -> Json:
    """One page of what became of a voice campaign's contacts."""
    paging = read(Paging, call.body)
    campaign = account.state.campaign(call.params["campaign"])
    if campaign.kind is not Kind.VOICE:
        raise invalid("view: contacts is for voice campaigns")
    first = (paging.page - 1) * paging.limit
    total = len(campaign.results)
    data = {
        "results": campaign.results[first : first + paging.limit],
        "page": paging.page,
        "limit": paging.limit,
        "totalPages": -(-total // paging.limit),
        "totalResults": total,
    }
    return {"status": "success", "data": data}


def _changed(campaign: Campaign, message: str) -> Json:
    updated = timestamp(campaign.updated_at)
    return {"status": campaign.status, "message": message, "updatedAt": updated}


def _refuse_start(state: State, campaign: Campaign) -> None:
    if campaign.status not in STARTABLE:
        raise invalid(f"status: a campaign that is {campaign.status} cannot be started")
    for other in state.campaigns.values():
        if other.status is Status.ACTIVE and other.contact_lists & campaign.contact_lists:
            raise invalid(f"contactLists: campaign {other.name} is running with the same list")
