"""The sample requests of five pages of Kore.ai's documentation, as they are printed there.

The pages under https://docs.kore.ai/ai-for-service/apis/contact-center/ are
create-sms-campaign-advanced-format-v2, create-voice-campaign-progressive,
get-voice-campaign-by-id-v2, enable-voice-or-sms-campaign-schedule-daily and -weekly.
"""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.kore.seed import contact_list

WEEKDAYS = [
    {"day": day, "start": "9:00 AM", "end": "6:00 PM"} for day in ("MO", "TU", "WE", "TH", "FR")
]
HOURS = {"frequency": "WEEKLY", "timezone": "Asia/Kolkata", "days": WEEKDAYS}
ADVANCED = {
    "name": "Interactive Support SMS Campaign1212",
    "description": "Sends an SMS with a link\N{EM DASH}to an AI Agent.",
    "contactLists": ["CL Only 2020 Dec 4"],
    "dncLists": {"name": "testdnc"},
    "priority": "5",
    "format": "advanced",
    "campaignType": "sms",
    "dialingStrategy": {"callerId": {"phoneNumber": "+12025550142"}, "callingHours": HOURS},
    "schedule": {"isSchedulingEnabled": False},
    "experienceFlowName": "SMS Support Flow",
}
PROGRESSIVE = {
    "name": "Product feedback",
    "description": "Asks how the product does.",
    "contactLists": ["CL Only 2020 Dec 4"],
    "priority": "1",
    "dialingMode": "Progressive",
    "dialingStrategy": {
        "callerId": {"phoneNumber": "+12025550142"},
        "callingHours": HOURS,
        "dialingOrder": "FIFO",
        "maxAttemptsPerRecord": 100,
        "defaultRetryPeriod": 1440,
        "maxRingTime": 120,
    },
    "queue_name": "Sales",
    "enableMachineDetect": True,
    "campaignType": "voice",
}
DAILY = {
    "startDateTime": "2026-01-27 18:29:00",
    "endDateTime": "2026-02-27 18:29:00",
    "recurrenceObject": {"recurType": "Daily", "dailyDetails": {"onceEveryNdays": 1}},
}
WEEKLY = {
    "startDateTime": "2026-01-01 18:29:00",
    "endDateTime": "2026-01-27 18:29:00",
    "recurrenceObject": {
        "recurType": "Weekly",
        "weeklyDetails": {
            "onceEveryNweeks": 1,
            "whichDays": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        },
    },
}


class PageClock(Clock):
    """A clock that shows the time in the pages' samples."""

    def now(self) -> datetime:
        return datetime(2025, 12, 5, 8, 16, 19, 398000, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return PageClock()


@pytest.fixture(autouse=True)
def sample_names(kore: PretendKore, clock: Clock) -> None:
    """Add the names in the samples to the account."""
    listed = contact_list("CL Only 2020 Dec 4", clock.now())
    kore.state.contact_lists[listed.id] = listed
    kore.state.dnc_lists["testdnc"] = "cl-testdnc"
    kore.state.experience_flows["SMS Support Flow"] = "cf-support"
    kore.state.caller_ids["+12025550142"] = "num-1"


@pytest.fixture
async def advanced(bare: httpx.AsyncClient) -> dict[str, Any]:
    """The answer to the advanced SMS sample, sent to the path on its page."""
    query = {"accountId": "acc-1", "campaignType": "sms"}
    answer = await bare.post("/api/v2/public/st-1/campaign", params=query, json=ADVANCED)
    body: dict[str, Any] = answer.json()
    return body


async def test_advanced_sms(kore: PretendKore, advanced: dict[str, Any]) -> None:
    [campaign_id] = kore.state.campaigns
    assert advanced == {
        "status": "success",
        "message": "Campaign Interactive Support SMS Campaign1212 creation in progress",
        "data": {
            "_id": campaign_id,
            "name": "Interactive Support SMS Campaign1212",
            "lname": "interactive support sms campaign1212",
            "description": ADVANCED["description"],
            "status": "Ready",
            "dncLists": {"name": "testdnc"},
            "priority": "5",
            "dialingStrategy": ADVANCED["dialingStrategy"],
            "experienceFlow": "cf-support",
            "isImported": False,
            "isFiltersEnabled": False,
            "createdAt": "2025-12-05T08:16:19.398Z",
            "updatedAt": "2025-12-05T08:16:19.398Z",
            "schedule": {"isSchedulingEnabled": False},
            "contactLists": ["CL Only 2020 Dec 4"],
            "format": "advanced",
        },
    }


async def test_voice_progressive(kore: PretendKore, v1: httpx.AsyncClient) -> None:
    query = {"campaignType": "voice"}
    answer = (await v1.post("/campaign", params=query, json=PROGRESSIVE)).json()
    [campaign_id] = kore.state.campaigns
    assert answer["status"] == "success"
    assert answer["data"] == {
        "name": "Product feedback",
        "lname": "product feedback",
        "description": "Asks how the product does.",
        "priority": "1",
        "dialingMode": "Progressive",
        "dialingStrategy": PROGRESSIVE["dialingStrategy"],
        "status": "Preparing",
        "createdAt": "2025-12-05T08:16:19.398Z",
        "updatedAt": "2025-12-05T08:16:19.398Z",
        "id": campaign_id,
        "contactLists": ["CL Only 2020 Dec 4"],
        "enableMachineDetect": True,
    }


async def test_get(v2: httpx.AsyncClient, advanced: dict[str, Any]) -> None:
    campaign_id = advanced["data"]["_id"]
    data = (await v2.get(f"/campaign/{campaign_id}")).json()["data"]
    assert data == advanced["data"] | {
        "dncLists": {"id": "cl-testdnc", "name": "testdnc"},
        "schedule": {"isSchedulingEnabled": False, "isRecurrenceEnabled": False},
    }


@pytest.mark.parametrize("sample", [DAILY, WEEKLY])
async def test_schedules(
    bare: httpx.AsyncClient, advanced: dict[str, Any], sample: dict[str, Any]
) -> None:
    name = advanced["data"]["name"]
    query = {"enableSchedule": "true", "campaignName": name}
    url = "/campaign/api/v2/public/st-1/campaign/schedule"
    assert (await bare.post(url, params=query, json=sample)).json() == {
        "status": "success",
        "message": f"Campaign {name} scheduled successfully",
        "id": advanced["data"]["_id"],
    }


async def test_the_weekly_pages_day_without_a_zero_is_refused(
    v2: httpx.AsyncClient, advanced: dict[str, Any]
) -> None:
    query = {"enableSchedule": "true", "campaignName": advanced["data"]["name"]}
    sample = WEEKLY | {"startDateTime": "2026-01-1 18:29:00"}
    answer = await v2.post("/campaign/schedule", params=query, json=sample)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"] == "startDateTime: must be YYYY-MM-DD HH:mm:ss"
