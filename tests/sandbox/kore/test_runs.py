from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.kore import PretendKore, Status

pytestmark = pytest.mark.usefixtures("people")

PLAY = {"campaignType": "sms", "trigger": "play"}
STOP = {"campaignType": "sms", "trigger": "stop"}


async def test_start_and_stop_sms(kore: PretendKore, v2: httpx.AsyncClient, sms_id: str) -> None:
    started = (await v2.post(f"/campaign/trigger/{sms_id}", params=PLAY, json={})).json()
    assert started.pop("updatedAt").endswith("Z")
    assert started == {"status": "Active", "message": "Campaign Started"}
    assert kore.state.campaigns[sms_id].status is Status.ACTIVE
    stopped = (await v2.post(f"/campaign/trigger/{sms_id}", params=STOP, json={})).json()
    assert stopped.pop("updatedAt").endswith("Z")
    assert stopped == {
        "status": "Stopped",
        "message": "Campaign Stopped",
        "campaignExecutionType": "NORMAL",
    }


async def test_start_and_stop_voice(
    kore: PretendKore, v2: httpx.AsyncClient, voice_id: str
) -> None:
    voice = {"campaignType": "voice"}
    url = f"/campaign/trigger/{voice_id}"
    started = (await v2.post(url, params=PLAY | voice, json={})).json()
    assert (started["status"], started["totalCallsCompleted"]) == ("Active", 0)
    assert started["campaignInstanceId"].startswith("cid-")
    stopped = (await v2.post(url, params=STOP | voice, json={})).json()
    assert stopped["status"] == "Stopped"
    assert stopped["campaignInstanceId"] == started["campaignInstanceId"]
    assert kore.state.campaigns[voice_id].instance is None


async def test_start_and_stop_in_v1(bare: httpx.AsyncClient, sms_id: str) -> None:
    url = f"/campaign/api/v1/public/st-1/campaign/{sms_id}"
    assert (await bare.post(url, params=PLAY, json={})).json()["status"] == "Active"
    assert (await bare.post(url, params=STOP, json={})).json()["status"] == "Stopped"


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.SCHEDULED, Status.PREPARING])
async def test_a_start_is_refused(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str, status: Status
) -> None:
    campaign = kore.state.campaigns[sms_id]
    campaign.status = status
    campaign.ready_at = campaign.ready_at.replace(year=2090)
    answer = await v2.post(f"/campaign/trigger/{sms_id}", params=PLAY, json={})
    assert answer.status_code == 400
    message = f"status: a campaign that is {status} cannot be started"
    assert answer.json()["errors"] == [{"msg": message, "code": 400}]


@pytest.mark.parametrize("status", [Status.READY, Status.STOPPED, Status.COMPLETED])
async def test_a_start_is_accepted(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str, status: Status
) -> None:
    kore.state.campaigns[sms_id].status = status
    answer = await v2.post(f"/campaign/trigger/{sms_id}", params=PLAY, json={})
    assert answer.json()["status"] == "Active"


async def test_a_list_can_be_used_by_one_running_campaign(
    v2: httpx.AsyncClient, sms_id: str, simple: dict[str, Any]
) -> None:
    await v2.post(f"/campaign/trigger/{sms_id}", params=PLAY, json={})
    other = simple | {"name": "Other"}
    made = await v2.post("/campaign", params={"campaignType": "sms"}, json=other)
    other_id = made.json()["data"]["_id"]
    answer = await v2.post(f"/campaign/trigger/{other_id}", params=PLAY, json={})
    message = "contactLists: campaign Spring Texts is running with the same list"
    assert answer.json()["errors"] == [{"msg": message, "code": 400}]


async def test_a_campaign_that_does_not_run_cannot_be_stopped(
    v2: httpx.AsyncClient, sms_id: str
) -> None:
    answer = await v2.post(f"/campaign/trigger/{sms_id}", params=STOP, json={})
    message = "status: a campaign that is Ready cannot be stopped"
    assert answer.json()["errors"] == [{"msg": message, "code": 400}]


@pytest.mark.parametrize(
    ("query", "body", "message"),
    [
        (PLAY | {"trigger": "pause"}, {}, "trigger in the query must be play or stop"),
        (PLAY | {"campaignType": "voice"}, {}, "campaignType: this is a campaign of type sms"),
        (PLAY, {"now": True}, "now: Extra inputs are not permitted"),
        (PLAY, None, "body: Input should be a valid dictionary"),
    ],
)
async def test_an_invalid_trigger_is_refused(
    v2: httpx.AsyncClient, sms_id: str, query: dict[str, str], body: object, message: str
) -> None:
    answer = await v2.post(f"/campaign/trigger/{sms_id}", params=query, json=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"].startswith(message)


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_status(
    v1: httpx.AsyncClient, v2: httpx.AsyncClient, sms_id: str, version: str
) -> None:
    client = {"v1": v1, "v2": v2}[version]
    answer = await client.post(f"/campaign/{sms_id}/status", params={"view": "status"}, json={})
    assert answer.json() == {
        "status": "success",
        "data": {"id": sms_id, "status": "Ready", "name": "Spring Texts"},
    }


async def test_results_come_in_pages(clock: Clock, v2: httpx.AsyncClient, voice_id: str) -> None:
    await v2.post(f"/campaign/trigger/{voice_id}", params=PLAY | {"campaignType": "voice"}, json={})
    clock.forward(timedelta(days=8))
    url, query = f"/campaign/{voice_id}/status", {"view": "contacts"}
    data = (await v2.post(url, params=query, json={"page": 3, "limit": 39})).json()["data"]
    rows = data.pop("results")
    assert [row["phoneNumber"] for row in rows] == ["12025550178", "12025550179"]
    assert data == {"page": 3, "limit": 39, "totalPages": 3, "totalResults": 80}


@pytest.mark.parametrize(
    "paging", [{"page": 0, "limit": 1}, {"page": 1, "limit": 101}, {"page": "1", "limit": 1}, {}]
)
async def test_paging_rules(
    v2: httpx.AsyncClient, voice_id: str, paging: dict[str, object]
) -> None:
    url = f"/campaign/{voice_id}/status"
    answer = await v2.post(url, params={"view": "contacts"}, json=paging)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"].startswith(("page: ", "limit: "))


async def test_only_voice_campaigns_have_results(v2: httpx.AsyncClient, sms_id: str) -> None:
    url = f"/campaign/{sms_id}/status"
    answer = await v2.post(url, params={"view": "contacts"}, json={"page": 1, "limit": 1})
    assert answer.json()["errors"][0]["msg"] == "view: contacts is for voice campaigns"
