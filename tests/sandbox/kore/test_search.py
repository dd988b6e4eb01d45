from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.kore import Kind, Operation, PretendKore, Status
from sandbox.kore.account import Paging
from sandbox.kore.calls import Call
from sandbox.kore.seed import add_campaigns

URL = "/campaign/getAllCampaignDetails"


@pytest.fixture
async def three(
    kore: PretendKore, clock: Clock, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> list[str]:
    """The IDs of the SMS campaigns b, C and a, made a day apart with priorities 1 to 3."""
    for priority, name in enumerate("bCa", 1):
        body = simple | {"name": name, "priority": str(priority)}
        await v2.post("/campaign", params={"campaignType": "sms"}, json=body)
        clock.forward(timedelta(days=1))
    return list(kore.state.campaigns)


async def names(client: httpx.AsyncClient, **body: object) -> list[str]:
    answer = await client.post(URL, json={"type": "sms", **body})
    return [row["name"] for row in answer.json()["data"]["results"]]


async def test_a_voice_row(v2: httpx.AsyncClient, voice_id: str, sms_id: str) -> None:
    del sms_id
    answer = (await v2.post(URL, json={"type": "voice"})).json()
    assert answer["status"] == "success"
    [row] = answer["data"].pop("results")
    assert answer["data"] == {
        "skip": 0,
        "limit": 50,
        "hasMore": False,
        "totalPages": 1,
        "totalResults": 1,
    }
    assert (row["_id"], row["dialingMode"]) == (voice_id, "Progressive")
    assert (row["connection"], row["status"]) == ("Sales", "Ready")
    assert "campaignType" not in row


async def test_an_sms_row(v1: httpx.AsyncClient, sms_id: str) -> None:
    [row] = (await v1.post(URL, json={"type": "sms"})).json()["data"]["results"]
    assert (row["id"], row["format"], row["totalMessagesSent"]) == (sms_id, "simple", 0)
    assert "_id" not in row


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ({}, ["a", "C", "b"]),
        ({"name": "asc"}, ["a", "b", "C"]),
        ({"name": "desc"}, ["C", "b", "a"]),
        ({"createdAt": "asc"}, ["b", "C", "a"]),
        ({"updatedAt": "desc"}, ["a", "C", "b"]),
    ],
)
async def test_sorting(
    v2: httpx.AsyncClient, three: list[str], sort: dict[str, str], wanted: list[str]
) -> None:
    del three
    assert await names(v2, sortBy=sort) == wanted


async def test_filters(kore: PretendKore, v2: httpx.AsyncClient, three: list[str]) -> None:
    kore.state.campaigns[three[1]].status = Status.ACTIVE
    assert await names(v2, filters={"status": ["Active", "Paused"]}) == ["C"]
    assert await names(v2, filters={"priority": [1, 3]}) == ["a", "b"]
    assert await names(v2, filters={"status": ["Ready"], "priority": [3, 2]}) == ["a"]


async def test_dialing_mode_is_a_filter_for_voice(v2: httpx.AsyncClient, voice_id: str) -> None:
    wanted = {"type": "voice", "filters": {"dialingMode": ["Progressive"]}}
    other = {"type": "voice", "filters": {"dialingMode": ["Preview"]}}
    found = (await v2.post(URL, json=wanted)).json()["data"]["results"]
    assert [row["_id"] for row in found] == [voice_id]
    assert (await v2.post(URL, json=other)).json()["data"]["results"] == []


async def test_dates_filter_by_the_time_of_creation(
    kore: PretendKore, v2: httpx.AsyncClient, three: list[str]
) -> None:
    created = kore.state.campaigns[three[1]].created_at
    start = (created - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    end = (created + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert await names(v2, startDate=start) == ["a", "C"]
    assert await names(v2, endDate=end) == ["C", "b"]
    assert await names(v2, startDate=start, endDate=end) == ["C"]


async def test_pages(v2: httpx.AsyncClient, three: list[str]) -> None:
    del three
    first = (await v2.post(URL, json={"type": "sms", "limit": 2})).json()["data"]
    assert (first["hasMore"], first["totalPages"], first["totalResults"]) == (True, 2, 3)
    assert await names(v2, limit=2, page=2) == ["b"]
    assert await names(v2, limit=2, skip=1) == ["C", "b"]
    assert await names(v2, limit="", page="", skip="") == ["a", "C", "b"]


@pytest.mark.parametrize(
    ("paging", "first"), [("add", 6), ("skip", 4), ("page", 2), ("skip_pages", 8)]
)
async def test_skip_and_page_are_combined_as_configured(
    kore: PretendKore, v2: httpx.AsyncClient, paging: Paging, first: int
) -> None:
    kore.paging = paging
    add_campaigns(kore.state, Kind.SMS, [f"row {number}" for number in range(10)])
    expected = [f"row {first}", f"row {first + 1}"]
    assert await names(v2, limit=2, skip=4, page=2) == expected
    assert await names(v2, limit=2) == ["row 0", "row 1"]


async def test_the_number_of_rows_in_a_page_can_be_limited(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    kore.rows_max = 2
    add_campaigns(kore.state, Kind.SMS, "abc")
    page = (await v2.post(URL, json={"type": "sms", "page": 2})).json()["data"]
    assert [row["name"] for row in page["results"]] == ["c"]
    assert (page["limit"], page["totalPages"], page["hasMore"]) == (2, 2, False)


async def test_totals_may_be_left_out(kore: PretendKore, v2: httpx.AsyncClient) -> None:
    kore.tells_total = False
    page = (await v2.post(URL, json={"type": "sms"})).json()["data"]
    assert page == {"results": [], "skip": 0, "limit": 50, "hasMore": False}


async def test_a_test_can_act_before_a_request_is_carried_out(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    def on_call(call: Call) -> None:
        if call.operation is Operation.SEARCH:
            add_campaigns(kore.state, Kind.SMS, ["just now"])

    kore.on_call = on_call
    assert (await v2.get("/campaign/cd-1")).status_code == 404
    assert await names(v2) == ["just now"]


async def test_tests_can_add_campaigns_with_the_same_name_and_the_first_is_scheduled(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    first, second = add_campaigns(kore.state, Kind.SMS, ["Sale", "SALE"])
    (third,) = add_campaigns(kore.state, Kind.VOICE, ["sale"])
    query = {"enableSchedule": "true", "campaignName": "sale"}
    body = {
        "startDateTime": "2199-01-01 09:00:00",
        "endDateTime": "2199-01-02 09:00:00",
        "recurrenceObject": {"recurType": "Daily", "dailyDetails": {"onceEveryNdays": 1}},
    }
    answer = await v2.post("/campaign/schedule", params=query, json=body)
    assert answer.json()["id"] == first.id
    assert first.schedule
    assert second.schedule is third.schedule is None


async def test_a_new_campaign_can_be_missing_from_searches_for_a_while(
    kore: PretendKore, clock: Clock, v2: httpx.AsyncClient, sms_id: str
) -> None:
    kore.list_lag_seconds = 60
    assert await names(v2) == []
    assert (await v2.get(f"/campaign/{sms_id}")).status_code == 200
    clock.forward(timedelta(seconds=61))
    assert await names(v2) == ["Spring Texts"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "type"),
        ([], "body"),
        ({"type": "email"}, "type"),
        ({"type": "sms", "limit": 0}, "limit"),
        ({"type": "sms", "page": "1"}, "page"),
        ({"type": "sms", "startDate": "2026-01-01"}, "startDate: must be ISO 8601"),
        ({"type": "sms", "startDate": "2026-01-01T00:00:00Z"}, "startDate: must be ISO 8601"),
        ({"type": "sms", "sortBy": {"name": "up"}}, "sortBy.name"),
        ({"type": "sms", "sortBy": {"status": "asc"}}, "sortBy.status"),
        ({"type": "sms", "filters": {"status": ["Failed"]}}, "filters.status.0"),
        ({"type": "sms", "filters": {"priority": ["5"]}}, "filters.priority.0"),
        ({"type": "sms", "filters": {"dialingMode": ["Preview"]}}, "filters.dialingMode is for"),
        ({"type": "sms", "filters": {"name": "a"}}, "filters.name"),
    ],
)
async def test_an_invalid_search_is_refused(
    v2: httpx.AsyncClient, body: object, message: str
) -> None:
    answer = await v2.post(URL, json=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["msg"].startswith(message)
