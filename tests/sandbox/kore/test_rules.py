"""Each rule for a campaign's body: a request that breaks it is refused."""

import copy
from typing import Any

import httpx
import pytest

from sandbox.kore import PretendKore

GONE = object()
STRATEGY = "dialingStrategy"
HOURS = f"{STRATEGY}.callingHours"
DAY = {"day": "MO", "start": "9:00 AM", "end": "6:00 PM"}
AGENTLESS = {
    "dialingMode": "Agentless",
    "queue_name": GONE,
    "experienceFlowName": "Appointment reminder",
    "enableMachineDetect": "no",
}
PREVIEW = {"dialingMode": "Preview", "maxSkips": 2}
ADVANCED = {
    "format": "advanced",
    "message": GONE,
    "experienceFlowName": "SMS support",
}
OLDER = {"dncLists": GONE, "enableMachineDetect": True}

COMMON: list[tuple[dict[str, object], str]] = [
    ({"name": GONE}, "name"),
    ({"name": ""}, "name"),
    ({"name": "n" * 49}, "name"),
    ({"name": 7}, "name"),
    ({"name": None}, "name"),
    ({"description": "d" * 257}, "description"),
    ({"description": GONE}, "description"),
    ({"contactLists": GONE}, "contactLists"),
    ({"contactLists": []}, "contactLists"),
    ({"contactLists": ["Spring leads"] * 11}, "contactLists"),
    ({"contactLists": ["Nobody"]}, "contactLists does not exist: Nobody"),
    ({"contactLists": "Spring leads"}, "contactLists"),
    ({"priority": 5}, "priority"),
    ({"priority": "6"}, "priority"),
    ({"priority": GONE}, "priority"),
    ({"surprise": 1}, "surprise"),
    ({"campaignType": GONE}, "campaignType"),
    ({"schedule": {}}, "schedule.isSchedulingEnabled"),
    ({"schedule": {"isSchedulingEnabled": "false"}}, "schedule.isSchedulingEnabled"),
    ({f"{STRATEGY}": GONE}, STRATEGY),
    ({f"{STRATEGY}.callerId.phoneNumber": ""}, f"{STRATEGY}.callerId.phoneNumber"),
    ({f"{STRATEGY}.callerId.phoneNumber": "+12025550199"}, f"{STRATEGY}.callerId.phoneNumber"),
    ({f"{HOURS}.frequency": "MONTHLY"}, f"{HOURS}.frequency"),
    ({f"{HOURS}.timezone": "India"}, f"{HOURS}.timezone"),
    ({f"{HOURS}.timezone": GONE}, f"{HOURS}.timezone"),
    ({f"{HOURS}.days": []}, f"{HOURS}.days"),
    ({f"{HOURS}.days": [DAY | {"day": "Mon"}]}, f"{HOURS}.days.0.day"),
    ({f"{HOURS}.days": [DAY | {"start": "09:00 AM"}]}, f"{HOURS}.days.0.start"),
    ({f"{HOURS}.days": [DAY | {"start": "9:00"}]}, f"{HOURS}.days.0.start"),
    ({f"{HOURS}.days": [DAY | {"end": "9:00 AM"}]}, f"{HOURS}.days.0: end must be after start"),
]
VOICE: list[tuple[dict[str, object], str]] = [
    ({"campaignType": "sms"}, "campaignType"),
    ({"dialingMode": GONE}, "dialingMode must be one of Agentless, Progressive, Preview"),
    ({"dialingMode": "Power"}, "dialingMode must be one of Agentless, Progressive, Preview"),
    ({"dncLists": GONE}, "dncLists"),
    ({"dncLists": ["Do not call"]}, "dncLists"),
    ({"dncLists": {"name": "None such"}}, "dncLists.name does not exist: None such"),
    ({"queue_name": GONE}, "queue_name"),
    ({"queue_name": "None such"}, "queue_name does not exist: None such"),
    ({"maxSkips": 1}, "maxSkips"),
    ({"enableMachineDetect": "no"}, "enableMachineDetect"),
    ({"experienceFlowName": "Appointment reminder"}, "experienceFlowName"),
    ({f"{STRATEGY}.dialingOrder": "RANDOM"}, f"{STRATEGY}.dialingOrder"),
    ({f"{STRATEGY}.maxAttemptsPerRecord": 0}, f"{STRATEGY}.maxAttemptsPerRecord"),
    ({f"{STRATEGY}.maxAttemptsPerRecord": 101}, f"{STRATEGY}.maxAttemptsPerRecord"),
    ({f"{STRATEGY}.maxAttemptsPerRecord": "3"}, f"{STRATEGY}.maxAttemptsPerRecord"),
    ({f"{STRATEGY}.defaultRetryPeriod": 0}, f"{STRATEGY}.defaultRetryPeriod"),
    ({f"{STRATEGY}.defaultRetryPeriod": 1441}, f"{STRATEGY}.defaultRetryPeriod"),
    ({f"{STRATEGY}.maxRingTime": 4}, f"{STRATEGY}.maxRingTime"),
    ({f"{STRATEGY}.maxRingTime": 121}, f"{STRATEGY}.maxRingTime"),
    (AGENTLESS | {"enableMachineDetect": False}, "enableMachineDetect"),
    (AGENTLESS | {"enableMachineDetect": GONE}, "enableMachineDetect"),
    (AGENTLESS | {"experienceFlowName": GONE}, "experienceFlowName"),
    (AGENTLESS | {"experienceFlowName": "None such"}, "experienceFlowName does not exist"),
    (AGENTLESS | {"queue_name": "Sales"}, "queue_name"),
    (PREVIEW | {"maxSkips": GONE}, "maxSkips"),
    (PREVIEW | {"maxSkips": "2"}, "maxSkips"),
    (PREVIEW | {"enableMachineDetect": "no"}, "enableMachineDetect"),
]
SMS: list[tuple[dict[str, object], str]] = [
    ({"campaignType": "voice"}, "campaignType"),
    ({"format": GONE}, "format must be one of simple, advanced"),
    ({"format": "rich"}, "format must be one of simple, advanced"),
    ({"message": GONE}, "message"),
    ({"message.message": ""}, "message.message"),
    ({"message.message": "Hello there"}, "message.message: must be percent-encoded Base64"),
    ({"message.message": "SGVsbG8gdGhlcmU="}, "message.message: must be percent-encoded Base64"),
    ({"message.message": "%2F%2F%2F%2F"}, "message.message: must be percent-encoded Base64"),
    ({"message.template_name": "None such"}, "message.template_name does not exist"),
    ({"dncLists": {"name": "None such"}}, "dncLists.name does not exist"),
    ({"experienceFlowName": "SMS support"}, "experienceFlowName"),
    ({f"{STRATEGY}.maxRingTime": 30}, f"{STRATEGY}.maxRingTime"),
    (ADVANCED | {"experienceFlowName": GONE}, "experienceFlowName"),
    (ADVANCED | {"message": {"message": "SGVsbG8%3D"}}, "message"),
]
OLDER_VOICE: list[tuple[dict[str, object], str]] = [
    (OLDER | {"dncLists": {"name": "Do not call"}}, "dncLists"),
    (OLDER | {"enableMachineDetect": GONE}, "enableMachineDetect"),
    (OLDER | {"enableMachineDetect": "no"}, "enableMachineDetect"),
]
ACCEPTED: list[dict[str, object]] = [
    {},
    AGENTLESS,
    PREVIEW,
    {"name": "n" * 48, "description": "d" * 256},
    {"schedule": GONE},
    {f"{HOURS}.days": [DAY, DAY | {"start": "6:30 PM", "end": "8:00 PM"}]},
    {f"{STRATEGY}.maxAttemptsPerRecord": 100, f"{STRATEGY}.maxRingTime": 5},
]


def changed(body: dict[str, Any], changes: dict[str, object]) -> dict[str, Any]:
    """Return the body with the values at these dotted paths replaced or removed."""
    copied = copy.deepcopy(body)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place = copied
        for parent in parents:
            place = place[parent]
        place[last] = value
        if value is GONE:
            del place[last]
    return copied


async def assert_refused(
    client: httpx.AsyncClient, kind: str, body: dict[str, Any], message: str
) -> None:
    answer = await client.post("/campaign", params={"campaignType": kind}, json=body)
    errors = answer.json()["errors"]
    assert answer.status_code == 400
    assert {error["code"] for error in errors} == {400}
    assert any(error["msg"].startswith(message) or message in error["msg"] for error in errors)


@pytest.mark.parametrize(("changes", "message"), COMMON + VOICE)
async def test_voice_rules(
    v2: httpx.AsyncClient, progressive: dict[str, Any], changes: dict[str, object], message: str
) -> None:
    await assert_refused(v2, "voice", changed(progressive, changes), message)


@pytest.mark.parametrize(("changes", "message"), COMMON + SMS)
async def test_sms_rules(
    v2: httpx.AsyncClient, simple: dict[str, Any], changes: dict[str, object], message: str
) -> None:
    await assert_refused(v2, "sms", changed(simple, changes), message)


@pytest.mark.parametrize(("changes", "message"), OLDER_VOICE)
async def test_voice_rules_of_v1(
    v1: httpx.AsyncClient, progressive: dict[str, Any], changes: dict[str, object], message: str
) -> None:
    await assert_refused(v1, "voice", changed(progressive, changes), message)


async def test_sms_v1_has_plain_text_and_no_dnc_list(
    v1: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    plain = changed(simple, {"message.message": "Hello there"})
    with_dnc = plain | {"dncLists": {"name": "Do not call"}}
    await assert_refused(v1, "sms", with_dnc, "dncLists")
    answer = await v1.post("/campaign", params={"campaignType": "sms"}, json=plain)
    assert answer.json()["data"]["message"] == {"message": "Hello there"}


@pytest.mark.parametrize("changes", ACCEPTED)
async def test_valid_bodies_are_accepted(
    v2: httpx.AsyncClient, progressive: dict[str, Any], changes: dict[str, object]
) -> None:
    body = changed(progressive, changes)
    answer = await v2.post("/campaign", params={"campaignType": "voice"}, json=body)
    assert answer.status_code == 200
    assert answer.json()["data"]["name"] == body["name"]


async def test_an_advanced_sms_needs_no_description_or_priority(
    v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    body = changed(simple, ADVANCED | {"description": GONE, "priority": GONE})
    answer = await v2.post("/campaign", params={"campaignType": "sms"}, json=body)
    data = answer.json()["data"]
    assert data["format"] == "advanced"
    assert "message" not in data


async def test_a_name_is_unique_across_kinds_in_any_case(
    v2: httpx.AsyncClient, voice_id: str, simple: dict[str, Any]
) -> None:
    del voice_id
    body = simple | {"name": "spring CALLS"}
    await assert_refused(v2, "sms", body, "name: a campaign named spring CALLS already exists")


@pytest.mark.parametrize("content", ["", "[]", "{", '"text"'])
async def test_a_body_that_is_not_an_object_is_refused(v2: httpx.AsyncClient, content: str) -> None:
    answer = await v2.post("/campaign", params={"campaignType": "sms"}, content=content)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"msg": "body must be a JSON object", "code": 400}]


async def test_unknown_names_can_be_allowed(
    kore: PretendKore, v2: httpx.AsyncClient, progressive: dict[str, Any]
) -> None:
    kore.state.strict_names = False
    body = progressive | {"queue_name": "Mine", "dncLists": {"name": "Mine too"}}
    answer = await v2.post("/campaign", params={"campaignType": "voice"}, json=body)
    assert answer.status_code == 200
    assert kore.state.queues.keys() == {"Sales", "Support", "Mine"}
    unknown_list = body | {"name": "Other", "contactLists": ["Nobody"]}
    await assert_refused(v2, "voice", unknown_list, "contactLists does not exist: Nobody")
