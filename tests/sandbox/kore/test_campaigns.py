import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.kore import Kind, PretendKore, Status

VOICE = {"campaignType": "voice"}
SMS = {"campaignType": "sms"}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def test_create_voice_v2(
    kore: PretendKore, v2: httpx.AsyncClient, progressive: dict[str, Any]
) -> None:
    answer = await v2.post("/campaign", params=VOICE, json=progressive)
    assert answer.status_code == 200
    body = answer.json()
    data = body.pop("data")
    assert body == {
        "status": "success",
        "message": "Campaign Spring Calls creation in progress",
    }
    [campaign] = kore.state.campaigns.values()
    assert campaign.kind is Kind.VOICE
    assert campaign.body == progressive
    assert TIMESTAMP.fullmatch(data.pop("createdAt"))
    assert TIMESTAMP.fullmatch(data.pop("updatedAt"))
    assert data == {
        "id": campaign.id,
        "name": "Spring Calls",
        "lname": "spring calls",
        "description": "Calls the spring leads.",
        "status": "Preparing",
        "dncLists": {"name": "Do not call"},
        "priority": "5",
        "dialingMode": "Progressive",
        "dialingStrategy": progressive["dialingStrategy"],
        "contactLists": ["Spring leads"],
    }
    assert re.fullmatch(r"cd-[0-9a-f]{7}-.*", campaign.id)


async def test_create_sms_v2(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    answer = await v2.post("/campaign", params=SMS, json=simple)
    data = answer.json()["data"]
    [campaign] = kore.state.campaigns.values()
    assert "id" not in data
    assert data["_id"] == campaign.id
    assert data["status"] == "Ready"
    assert data["schedule"] == {"isSchedulingEnabled": False}
    assert data["message"] == simple["message"]
    assert (data["isImported"], data["isFiltersEnabled"]) == (False, False)


async def test_the_answer_has_the_id_of_the_template(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    simple["message"]["template_name"] = "Welcome"
    answer = await v2.post("/campaign", params=SMS, json=simple)
    template_id = kore.state.sms_templates["Welcome"]
    assert answer.json()["data"]["message"]["templateId"] == template_id
    assert template_id.startswith("cmt-")


@pytest.mark.parametrize(("detect", "told"), [("no", False), ("detect", True)])
async def test_an_agentless_answer_has_machine_detection_as_a_boolean(
    kore: PretendKore, v2: httpx.AsyncClient, progressive: dict[str, Any], detect: str, told: object
) -> None:
    del progressive["queue_name"]
    flow = {"experienceFlowName": "Appointment reminder", "enableMachineDetect": detect}
    agentless = progressive | flow | {"dialingMode": "Agentless"}
    data = (await v2.post("/campaign", params=VOICE, json=agentless)).json()["data"]
    assert data["enableMachineDetect"] is told
    assert data["experienceFlow"] == kore.state.experience_flows["Appointment reminder"]


async def test_a_voice_campaign_is_ready_after_its_preparation(
    kore: PretendKore, clock: Clock, v2: httpx.AsyncClient, progressive: dict[str, Any]
) -> None:
    kore.preparing_seconds = 600
    await v2.post("/campaign", params=VOICE, json=progressive)
    [campaign] = kore.state.campaigns.values()
    assert campaign.status is Status.PREPARING
    clock.forward(timedelta(seconds=601))
    got = (await v2.get(f"/campaign/{campaign.id}")).json()["data"]
    assert got["status"] == "Ready"


async def test_get_voice(kore: PretendKore, v2: httpx.AsyncClient, voice_id: str) -> None:
    body = (await v2.get(f"/campaign/{voice_id}")).json()
    assert body["status"] == "success"
    assert body["message"] == "Campaign Spring Calls retrieved successfully"
    data = body["data"]
    assert data["_id"] == voice_id
    assert data["dncLists"] == {"id": kore.state.dnc_lists["Do not call"], "name": "Do not call"}
    assert data["schedule"] == {"isSchedulingEnabled": False, "isRecurrenceEnabled": False}
    assert "queue_name" not in data


async def test_get_in_v1(v1: httpx.AsyncClient, sms_id: str) -> None:
    data = (await v1.get(f"/campaign/{sms_id}")).json()["data"]
    assert (data["_id"], data["format"]) == (sms_id, "simple")


async def test_an_unknown_campaign(v2: httpx.AsyncClient) -> None:
    answer = await v2.get("/campaign/cd-none")
    assert answer.status_code == 404
    assert answer.json() == {"errors": [{"msg": "Campaign not found", "code": 404}]}


async def test_an_update_replaces_everything_and_can_remove_the_dnc_list(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    with_dnc = simple | {"dncLists": {"name": "Do not call"}}
    made = (await v2.post("/campaign", params=SMS, json=with_dnc)).json()["data"]["_id"]
    changed = simple | {"description": "Anew"}
    body = (await v2.put(f"/campaign/{made}", params=SMS, json=changed)).json()
    assert body["message"] == "Campaign Spring Texts details updated successfully"
    assert "id" not in body
    assert body["data"]["_id"] == made
    assert body["data"]["description"] == "Anew"
    assert "dncLists" not in body["data"]
    assert kore.state.campaigns[made].body == changed


async def test_a_voice_update_answers_with_the_id_twice(
    v1: httpx.AsyncClient, v2: httpx.AsyncClient, voice_id: str, progressive: dict[str, Any]
) -> None:
    second = (await v2.put(f"/campaign/{voice_id}", params=VOICE, json=progressive)).json()
    assert (second["id"], second["data"]["_id"]) == (voice_id, voice_id)
    del progressive["dncLists"]
    older = progressive | {"enableMachineDetect": True}
    first = (await v1.put(f"/campaign/{voice_id}", params=VOICE, json=older)).json()
    assert (first["id"], first["data"]["id"]) == (voice_id, voice_id)
    assert "_id" not in first["data"]


async def test_update_is_refused_while_active(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str, simple: dict[str, Any]
) -> None:
    kore.state.campaigns[sms_id].status = Status.ACTIVE
    answer = await v2.put(f"/campaign/{sms_id}", params=SMS, json=simple)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"] == "status: an Active campaign cannot be edited"


async def test_update_keeps_names_unique(
    v2: httpx.AsyncClient, sms_id: str, voice_id: str, simple: dict[str, Any]
) -> None:
    del voice_id
    taken = simple | {"name": "SPRING CALLS"}
    answer = await v2.put(f"/campaign/{sms_id}", params=SMS, json=taken)
    assert answer.status_code == 400
    message = "name: a campaign named SPRING CALLS already exists"
    assert answer.json()["errors"] == [{"msg": message, "code": 400}]


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_delete(
    kore: PretendKore, v1: httpx.AsyncClient, v2: httpx.AsyncClient, sms_id: str, version: str
) -> None:
    client = {"v1": v1, "v2": v2}[version]
    body = (await client.delete(f"/campaign/{sms_id}", params=SMS)).json()
    assert body["message"] == "Campaign Spring Texts deleted successfully"
    assert body["data"]["_id"] == sms_id
    assert kore.state.campaigns == {}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "campaignType in the query must be voice or sms"),
        (VOICE, "campaignType: this is a campaign of type sms"),
    ],
)
async def test_the_query_must_have_the_campaign_type(
    v2: httpx.AsyncClient, sms_id: str, query: dict[str, str], message: str
) -> None:
    answer = await v2.delete(f"/campaign/{sms_id}", params=query)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"msg": message, "code": 400}]
