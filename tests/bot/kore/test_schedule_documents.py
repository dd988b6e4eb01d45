"""The client's requests match the examples in Kore.ai's two schedule documents.

IDs that the documents mask are made up. Dates are zero-padded.
"""

import json
from datetime import datetime
from typing import Any

import httpx

from bot.campaigns.hours import Weekday
from bot.campaigns.schedule import Recurrence, Schedule
from bot.kore import KoreClient

V2 = "https://kore.example/campaign/api/v2/public/st-0603182c-7ffb/campaign"
SCHEDULED = {
    "status": "success",
    "message": "Campaign Agentless Voice | Product Feedback | Jan 9 scheduled successfully",
    "id": "cd-671b3bd-a7a1-4709-bd6a-70803e312345",
}
NAME = "Agentless Voice | Product Feedback | Jan 9"
ENCODED_NAME = "Agentless%20Voice%20%7C%20Product%20Feedback%20%7C%20Jan%209"


def sent(request: httpx.Request) -> tuple[str, str, Any]:
    """Return the method, URL and parsed body of a request."""
    body = json.loads(request.content) if request.content else None
    return request.method, str(request.url), body


async def test_a_weekly_schedule(
    client: KoreClient, answers: list[httpx.Response], requests: list[httpx.Request]
) -> None:
    answers.append(httpx.Response(200, json=SCHEDULED))
    schedule = Schedule(
        recurrence=Recurrence.WEEKLY,
        days=tuple(Weekday),
        zone="Asia/Kolkata",
        start=datetime(2026, 1, 1, 23, 59),  # noqa: DTZ001 # local to the zone
        end=datetime(2026, 1, 27, 23, 59),  # noqa: DTZ001 # local to the zone
    )

    campaign_id = await client.schedule_campaign(NAME, schedule)

    assert campaign_id == "cd-671b3bd-a7a1-4709-bd6a-70803e312345"
    assert sent(requests[0]) == (
        "POST",
        f"{V2}/schedule?enableSchedule=true&campaignName={ENCODED_NAME}",
        {
            "startDateTime": "2026-01-01 18:29:00",
            "endDateTime": "2026-01-27 18:29:00",
            "recurrenceObject": {
                "recurType": "Weekly",
                "weeklyDetails": {
                    "onceEveryNweeks": 1,
                    "whichDays": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
                },
            },
        },
    )


async def test_a_daily_schedule(
    client: KoreClient, answers: list[httpx.Response], requests: list[httpx.Request]
) -> None:
    answers.append(httpx.Response(200, json=SCHEDULED))
    schedule = Schedule(
        recurrence=Recurrence.DAILY,
        zone="UTC",
        start=datetime(2026, 1, 27, 18, 29),  # noqa: DTZ001 # local to the zone
        end=datetime(2026, 2, 27, 18, 29),  # noqa: DTZ001 # local to the zone
    )

    campaign_id = await client.schedule_campaign(NAME, schedule)

    assert campaign_id == "cd-671b3bd-a7a1-4709-bd6a-70803e312345"
    assert sent(requests[0]) == (
        "POST",
        f"{V2}/schedule?enableSchedule=true&campaignName={ENCODED_NAME}",
        {
            "startDateTime": "2026-01-27 18:29:00",
            "endDateTime": "2026-02-27 18:29:00",
            "recurrenceObject": {"recurType": "Daily", "dailyDetails": {"onceEveryNdays": 1}},
        },
    )
