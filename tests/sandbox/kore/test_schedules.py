from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.kore import PretendKore, Schedule, Status

DAILY = {"recurType": "Daily", "dailyDetails": {"onceEveryNdays": 2}}
WEEKLY = {"recurType": "Weekly", "weeklyDetails": {"onceEveryNweeks": 1, "whichDays": ["Mon"]}}
ENABLE = {"enableSchedule": "true", "campaignName": "spring TEXTS"}
DISABLE = ENABLE | {"enableSchedule": "false"}


def body(recurrence: object, **changes: object) -> dict[str, Any]:
    times = {"startDateTime": "2090-01-02 18:29:00", "endDateTime": "2090-02-02 18:29:00"}
    return {**times, "recurrenceObject": recurrence, **changes}


async def test_daily(kore: PretendKore, v2: httpx.AsyncClient, sms_id: str) -> None:
    answer = await v2.post("/campaign/schedule", params=ENABLE, json=body(DAILY))
    assert answer.json() == {
        "status": "success",
        "message": "Campaign Spring Texts scheduled successfully",
        "id": sms_id,
    }
    campaign = kore.state.campaigns[sms_id]
    start = datetime(2090, 1, 2, 18, 29, tzinfo=UTC)
    assert campaign.status is Status.SCHEDULED
    assert campaign.schedule == Schedule(start, start + timedelta(days=31), "Daily", 2)
    flags = (await v2.get(f"/campaign/{sms_id}")).json()["data"]["schedule"]
    assert flags == {"isSchedulingEnabled": True, "isRecurrenceEnabled": True}


async def test_a_new_schedule_replaces_the_old_one(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str
) -> None:
    await v2.post("/campaign/schedule", params=ENABLE, json=body(DAILY))
    await v2.post("/campaign/schedule", params=ENABLE, json=body(WEEKLY))
    schedule = kore.state.campaigns[sms_id].schedule
    assert schedule is not None
    assert (schedule.recurrence, schedule.every, schedule.days) == ("Weekly", 1, ("Mon",))


async def test_disable(kore: PretendKore, v2: httpx.AsyncClient, sms_id: str) -> None:
    await v2.post("/campaign/schedule", params=ENABLE, json=body(DAILY))
    answer = await v2.post("/campaign/schedule", params=DISABLE, json={})
    assert answer.json() == {
        "status": "success",
        "message": "Campaign Spring Texts schedule has been disabled successfully",
        "id": sms_id,
    }
    assert kore.state.campaigns[sms_id].schedule is None
    assert kore.state.campaigns[sms_id].status is Status.READY


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (body(DAILY, startDateTime="2090-01-2 18:29:00"), "startDateTime: must be YYYY-MM-DD"),
        (body(DAILY, startDateTime="2090-01-02T18:29:00"), "startDateTime: must be YYYY-MM-DD"),
        (body(DAILY, startDateTime="2090-02-30 18:29:00"), "startDateTime: must be YYYY-MM-DD"),
        (body(DAILY, endDateTime="2090-01-02 18:29:00"), "endDateTime must be after startDate"),
        (
            body(DAILY, startDateTime="2020-01-01 00:00:00", endDateTime="2020-01-02 00:00:00"),
            "now",
        ),
        (body(DAILY, timeZone="UTC"), "timeZone"),
        (body({"recurType": "Monthly"}), "recurrenceObject"),
        (body({"recurType": "Daily"}), "dailyDetails: Field required"),
        (body(DAILY | WEEKLY), "dailyDetails: Extra inputs"),
        (body(DAILY | {"recurType": "Weekly"}), "weeklyDetails: Field required"),
        (body({"recurType": "Daily", "dailyDetails": {"onceEveryNdays": 0}}), "onceEveryNdays"),
        (body({"recurType": "Daily", "dailyDetails": {"onceEveryNdays": "1"}}), "onceEveryNdays"),
        (body({"recurType": "Daily", "dailyDetails": {"onceEveryNdays": 1.5}}), "onceEveryNdays"),
        (body({"recurType": "Daily", "dailyDetails": {"onceEveryNdays": True}}), "onceEveryNdays"),
        (
            body({**WEEKLY, "weeklyDetails": {"onceEveryNweeks": 1, "whichDays": []}}),
            "weeklyDetails.whichDays",
        ),
        (
            body({**WEEKLY, "weeklyDetails": {"onceEveryNweeks": 1, "whichDays": ["MO"]}}),
            "weeklyDetails.whichDays.0",
        ),
    ],
)
async def test_an_invalid_schedule_is_refused(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str, sent: dict[str, Any], message: str
) -> None:
    answer = await v2.post("/campaign/schedule", params=ENABLE, json=sent)
    assert answer.status_code == 400
    wanted = "endDateTime must be after the current time" if message == "now" else message
    assert any(wanted in error["msg"] for error in answer.json()["errors"])
    assert kore.state.campaigns[sms_id].schedule is None


async def test_the_end_must_be_in_the_future_of_the_sandboxs_clock(
    clock: Clock, v2: httpx.AsyncClient, sms_id: str
) -> None:
    del sms_id
    end = datetime(2090, 2, 2, 19, tzinfo=UTC)
    clock.forward(end - clock.now())
    answer = await v2.post("/campaign/schedule", params=ENABLE, json=body(DAILY))
    assert answer.json()["errors"][0]["msg"] == "endDateTime must be after the current time"


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ({"campaignName": "Unknown"}, 404, "Campaign not found"),
        ({"campaignName": ""}, 400, "campaignName in the query is required"),
        ({"enableSchedule": "yes"}, 400, "enableSchedule in the query must be true or false"),
    ],
)
async def test_an_invalid_query_is_refused(
    v2: httpx.AsyncClient, sms_id: str, query: dict[str, str], status: int, message: str
) -> None:
    del sms_id
    answer = await v2.post("/campaign/schedule", params=ENABLE | query, json=body(DAILY))
    assert answer.status_code == status
    assert answer.json()["errors"] == [{"msg": message, "code": status}]


async def test_an_active_campaign_cannot_be_scheduled(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str
) -> None:
    kore.state.campaigns[sms_id].status = Status.ACTIVE
    answer = await v2.post("/campaign/schedule", params=ENABLE, json=body(DAILY))
    assert answer.json()["errors"][0]["msg"] == "status: an Active campaign cannot be scheduled"
