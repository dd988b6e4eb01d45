"""The client's requests and answers match the examples in Kore.ai's three campaign documents.

Numbers and IDs that the documents mask are made up. Dates are zero-padded.
"""

import json
from datetime import UTC, datetime, time
from typing import Any

import httpx

from bot.campaigns.campaign import Details, SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.values import DialingMode, DialingOrder, Format, Kind
from bot.kore import KoreClient

V1 = "https://kore.example/agentassist/api/v1/public/st-0603182c-7ffb/campaign"
V2 = "https://kore.example/campaign/api/v2/public/st-0603182c-7ffb/campaign"
UNPREFIXED = "https://kore.example/api/v2/public/st-0603182c-7ffb/campaign"

WORKWEEK = [
    {"day": "MO", "start": "9:00 AM", "end": "6:00 PM"},
    {"day": "TU", "start": "9:00 AM", "end": "6:00 PM"},
    {"day": "WE", "start": "9:00 AM", "end": "6:00 PM"},
    {"day": "TH", "start": "9:00 AM", "end": "6:00 PM"},
    {"day": "FR", "start": "9:00 AM", "end": "6:00 PM"},
]
WORKWEEK_HOURS = CallingHours.same_every_day("Asia/Kolkata", WORKDAYS, time(9), time(18))

SMS_DESCRIPTION = (
    "This campaign sends an SMS with a link or instructions to interact with an AI Agent. "
    "Customers can check order status, raise tickets, or get help—all via chat-enabled SMS."
)
SMS_REQUEST = {
    "name": "Interactive Support SMS Campaign1212",
    "description": SMS_DESCRIPTION,
    "contactLists": ["CL Only 2020 Dec 4"],
    "dncLists": {"name": "testdnc"},
    "priority": "5",
    "format": "advanced",
    "campaignType": "sms",
    "dialingStrategy": {
        "callerId": {"phoneNumber": "+12025550100"},
        "callingHours": {"frequency": "WEEKLY", "timezone": "Asia/Kolkata", "days": WORKWEEK},
    },
    "schedule": {"isSchedulingEnabled": False},
    "experienceFlowName": "SMS Support Flow",
}
SMS_ANSWER = {
    "status": "success",
    "message": "Campaign Interactive Support SMS Campaign1212 creation in progress",
    "data": {
        "_id": "cd-e7110489-a30a-5d1e-80ee-f246cc812345",
        "name": "Interactive Support SMS Campaign1212",
        "lname": "interactive support sms campaign1212",
        "description": SMS_DESCRIPTION,
        "status": "Ready",
        "dncLists": {"name": "testdnc"},
        "priority": "5",
        "dialingStrategy": SMS_REQUEST["dialingStrategy"],
        "experienceFlow": "cf-67447605-115e-5dd2-a676-e158cf312345",
        "isImported": False,
        "isFiltersEnabled": False,
        "createdAt": "2025-12-05T08:16:19.398Z",
        "updatedAt": "2025-12-05T08:16:19.398Z",
        "schedule": {"isSchedulingEnabled": False},
        "contactLists": ["CL Only 2020 Dec 4"],
        "format": "advanced",
    },
}
SMS_MOMENT = datetime(2025, 12, 5, 8, 16, 19, 398000, tzinfo=UTC)

VOICE_DESCRIPTION = "Connects customers with live agents to assist with service renewals."
VOICE_STRATEGY: dict[str, Any] = {
    "callerId": {"phoneNumber": "+12025550101"},
    "callingHours": {"frequency": "WEEKLY", "timezone": "Asia/Kolkata", "days": WORKWEEK},
    "dialingOrder": "FIFO",
    "maxAttemptsPerRecord": 3,
    "defaultRetryPeriod": 10,
    "maxRingTime": 30,
}
VOICE_REQUEST = {
    "name": "Service Renewal Outreach Campaign",
    "description": VOICE_DESCRIPTION,
    "contactLists": ["Recent Buyers - Q2 2025"],
    "priority": "5",
    "dialingMode": "Progressive",
    "dialingStrategy": VOICE_STRATEGY,
    "schedule": {"isSchedulingEnabled": False},
    "queue_name": "Default Queue",
    "enableMachineDetect": False,
    "campaignType": "voice",
}
VOICE_ANSWER = {
    "status": "success",
    "message": "Campaign Service Renewal Outreach Campaign creation in progress",
    "data": {
        "name": "Service Renewal Outreach Campaign",
        "lname": "service renewal outreach campaign",
        "description": VOICE_DESCRIPTION,
        "priority": "5",
        "dialingMode": "Progressive",
        "dialingStrategy": VOICE_STRATEGY,
        "status": "Preparing",
        "createdAt": "2025-06-26T10:44:10.322Z",
        "updatedAt": "2025-06-26T10:44:10.322Z",
        "id": "cd-26d3ec6-e1ec-4abd-a21c-3109795e1234",
        "contactLists": ["Recent Buyers - Q2 2025"],
        "enableMachineDetect": False,
    },
}
VOICE_MOMENT = datetime(2025, 6, 26, 10, 44, 10, 322000, tzinfo=UTC)

GET_ANSWER = {
    "status": "success",
    "message": "Campaign Product Feedback Voice Campaign-3.41 retrieved successfully",
    "data": {
        "_id": "cd-9e14b72-88cc-4544-9a98-7aee9b712345",
        "name": "Product Feedback Voice Campaign-3.41",
        "lname": "product feedback voice campaign-3.41",
        "description": "Collects quick feedback on recent purchases.",
        "dncLists": {"id": "cl-68b802a-2b99-4245-8eea-6d322a812345", "name": "DNC CL Dec 4"},
        "status": "Ready",
        "priority": "5",
        "dialingMode": "Agentless",
        "dialingStrategy": VOICE_STRATEGY,
        "experienceFlow": "cf-ecfa3927-eabc-52c4-8373-8a0b75d12345",
        "createdAt": "2025-12-08T05:29:38.298Z",
        "updatedAt": "2025-12-08T05:32:10.977Z",
        "schedule": {"isSchedulingEnabled": False, "isRecurrenceEnabled": False},
        "contactLists": ["CL Only 2020 Dec 4"],
    },
}


def sent(request: httpx.Request) -> tuple[str, str, Any]:
    """Return the method, URL and parsed body of a request."""
    body = json.loads(request.content) if request.content else None
    return request.method, str(request.url), body


async def test_an_advanced_sms_campaign(
    client: KoreClient, answers: list[httpx.Response], requests: list[httpx.Request]
) -> None:
    answers.append(httpx.Response(200, json=SMS_ANSWER))
    campaign = SmsCampaign(
        name="Interactive Support SMS Campaign1212",
        description=SMS_DESCRIPTION,
        contact_lists=("CL Only 2020 Dec 4",),
        dnc_list="testdnc",
        caller_id="+12025550100",
        hours=WORKWEEK_HOURS,
        format=Format.FLOW,
        flow="SMS Support Flow",
    )

    snapshot = await client.create_campaign(campaign)

    assert sent(requests[0]) == (
        "POST",
        f"{UNPREFIXED}?accountId=67777ce93e25&campaignType=sms",
        SMS_REQUEST,
    )
    assert snapshot == Snapshot(
        id="cd-e7110489-a30a-5d1e-80ee-f246cc812345",
        name="Interactive Support SMS Campaign1212",
        kind=Kind.SMS,
        status="Ready",
        description=SMS_DESCRIPTION,
        contact_lists=("CL Only 2020 Dec 4",),
        dnc_list="testdnc",
        caller_id="+12025550100",
        priority=5,
        format="advanced",
        hours=WORKWEEK_HOURS,
        scheduled=False,
        created_at=SMS_MOMENT,
        updated_at=SMS_MOMENT,
    )


async def test_a_progressive_voice_campaign(
    client: KoreClient, answers: list[httpx.Response], requests: list[httpx.Request]
) -> None:
    answers.append(httpx.Response(200, json=VOICE_ANSWER))
    campaign = VoiceCampaign(
        name="Service Renewal Outreach Campaign",
        description=VOICE_DESCRIPTION,
        contact_lists=("Recent Buyers - Q2 2025",),
        caller_id="+12025550101",
        hours=WORKWEEK_HOURS,
        dialing_mode=DialingMode.PROGRESSIVE,
        queue="Default Queue",
        retry_period=10,
    )

    snapshot = await client.create_campaign(campaign)

    assert sent(requests[0]) == (
        "POST",
        f"{V1}?campaignType=voice",
        VOICE_REQUEST,
    )
    assert snapshot == Snapshot(
        id="cd-26d3ec6-e1ec-4abd-a21c-3109795e1234",
        name="Service Renewal Outreach Campaign",
        kind=Kind.VOICE,
        status="Preparing",
        description=VOICE_DESCRIPTION,
        contact_lists=("Recent Buyers - Q2 2025",),
        caller_id="+12025550101",
        priority=5,
        dialing_mode="Progressive",
        hours=WORKWEEK_HOURS,
        created_at=VOICE_MOMENT,
        updated_at=VOICE_MOMENT,
    )


async def test_getting_a_campaign(
    client: KoreClient, answers: list[httpx.Response], requests: list[httpx.Request]
) -> None:
    answers.append(httpx.Response(200, json=GET_ANSWER))

    snapshot = await client.get_campaign("cd-9e14b72-88cc-4544-9a98-7aee9b712345")

    assert sent(requests[0]) == (
        "GET",
        f"{V2}/cd-9e14b72-88cc-4544-9a98-7aee9b712345?accountId=67777ce93e25",
        None,
    )
    assert snapshot == Snapshot(
        id="cd-9e14b72-88cc-4544-9a98-7aee9b712345",
        name="Product Feedback Voice Campaign-3.41",
        kind=Kind.VOICE,
        status="Ready",
        description="Collects quick feedback on recent purchases.",
        contact_lists=("CL Only 2020 Dec 4",),
        dnc_list="DNC CL Dec 4",
        caller_id="+12025550101",
        priority=5,
        dialing_mode="Agentless",
        hours=WORKWEEK_HOURS,
        details=Details(
            dialing_order=DialingOrder.FIFO, max_attempts=3, retry_period=10, ring_time=30
        ),
        scheduled=False,
        created_at=datetime(2025, 12, 8, 5, 29, 38, 298000, tzinfo=UTC),
        updated_at=datetime(2025, 12, 8, 5, 32, 10, 977000, tzinfo=UTC),
    )
