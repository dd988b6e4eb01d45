"""The pretend Kore.ai's paths, rate limit, latency, request records, and state over HTTP."""

import contextlib
import time
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.clock import Clock
from sandbox.kore import Operation, PretendKore, Status
from sandbox.kore.routes import Form

ACCOUNT = {"accountId": "acc-1"}
SENTENCE = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
V2 = "/campaign/api/v2/public/st-1/campaign"
BARE = "/api/v2/public/st-1/campaign"
CONSISTENT = f"{V2}/trigger/{{id}}"
DOCUMENTED = [f"{V2}/{{id}}", f"{V2}//trigger/{{id}}", f"{BARE}/trigger/{{id}}"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("paths", "routed"),
    [
        ("both", [CONSISTENT, *DOCUMENTED]),
        ("consistent", [CONSISTENT]),
        ("documented", DOCUMENTED),
    ],
)
async def test_the_configured_trigger_paths_are_routed(
    kore: PretendKore, bare: httpx.AsyncClient, sms_id: str, paths: Form, routed: list[str]
) -> None:
    kore.paths = paths
    query = ACCOUNT | {"campaignType": "sms", "trigger": "play"}
    for path in (CONSISTENT, *DOCUMENTED):
        kore.state.campaigns[sms_id].status = Status.READY
        answer = await bare.post(path.format(id=sms_id), params=query, json={})
        assert answer.status_code == (200 if path in routed else 404)
        started = kore.state.campaigns[sms_id].status is Status.ACTIVE
        assert started is (path in routed)


@pytest.mark.parametrize(
    ("paths", "routed"), [("both", True), ("consistent", False), ("documented", True)]
)
async def test_the_create_path_without_prefix_is_routed_as_configured(
    kore: PretendKore,
    bare: httpx.AsyncClient,
    simple: dict[str, Any],
    paths: Form,
    routed: object,
) -> None:
    kore.paths = paths
    answer = await bare.post(BARE, params=ACCOUNT | {"campaignType": "sms"}, json=simple)
    assert answer.status_code == (200 if routed else 404)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/campaign/api/v9/st-1"), ("PATCH", V2), ("GET", f"{V2}/")]
)
async def test_an_unknown_path_gets_the_answer_of_express(
    kore: PretendKore, bare: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await bare.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text == f"Cannot {method} {path}\n"
    assert (kore.requests[-1].operation, kore.requests[-1].status) == (None, 404)


@pytest.mark.parametrize("retry_after", [False, True])
async def test_the_rate_limit_applies_to_a_rolling_minute(
    kore: PretendKore, clock: Clock, v2: httpx.AsyncClient, retry_after: object
) -> None:
    kore.rate_limit = 2
    kore.retry_after = bool(retry_after)
    for _ in range(2):
        assert (await v2.get("/campaign/cd-1")).status_code == 404
    refused = await v2.get("/campaign/cd-1")
    assert refused.status_code == 429
    assert refused.json() == {"errors": [{"msg": SENTENCE, "code": 429}]}
    assert refused.headers.get("retry-after") == ("60" if retry_after else None)
    clock.forward(timedelta(seconds=61))
    assert (await v2.get("/campaign/cd-1")).status_code == 404


async def test_the_rate_limit_is_sixty_a_minute_unless_switched_off(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    statuses = [(await v2.get("/campaign/cd-1")).status_code for _ in range(61)]
    assert statuses == [*[404] * 60, 429]
    kore.rate_limit = None
    assert (await v2.get("/campaign/cd-1")).status_code == 404


async def test_latency(kore: PretendKore, v2: httpx.AsyncClient) -> None:
    kore.latency_seconds = 0.05
    began = time.monotonic()
    await v2.get("/campaign/cd-1")
    assert time.monotonic() - began >= 0.05


async def test_a_record_has_the_whole_request(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    await v2.post("/campaign", params={"campaignType": "sms"}, json=simple)
    [record] = kore.requests
    assert record.operation is Operation.CREATE
    assert (record.method, record.path) == ("POST", V2)
    assert record.query == ACCOUNT | {"campaignType": "sms"}
    assert record.headers["auth"] == "(hidden)"
    assert record.headers["iid"] == "st-1"
    assert (record.body, record.status) == (simple, 200)


class LeapingClock(Clock):
    """A clock that goes forward by a day each time it is read."""

    def now(self) -> datetime:
        self.forward(timedelta(days=1))
        return super().now()


async def test_a_record_has_the_answer_and_the_real_duration(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    kore.clock = LeapingClock()
    kore.faults.add("get", "hang", seconds=0.05)
    began = time.monotonic()
    answer = await v2.get("/campaign/cd-1")
    took = (time.monotonic() - began) * 1000
    [record] = kore.requests
    assert answer.json() == {"errors": [{"msg": "Campaign not found", "code": 404}]}
    assert record.answer == answer.json()
    assert 50 <= record.milliseconds <= took


@pytest.mark.parametrize(
    ("kind", "answered"),
    [("truncated", '{"status":"success","me'), ("unexpected_200", []), ("reset", None)],
)
async def test_a_record_has_the_answer_that_a_fault_changed(
    kore: PretendKore, v2: httpx.AsyncClient, kind: str, answered: object
) -> None:
    kore.faults.add("get", kind)
    with contextlib.suppress(httpx.TransportError):
        await v2.get("/campaign/cd-1")
    [record] = kore.requests
    assert record.answer == answered
    assert record.milliseconds >= 0


async def test_no_record_has_a_token(
    kore: PretendKore, v2: httpx.AsyncClient, bare: httpx.AsyncClient, sms_id: str
) -> None:
    answers = [await v2.get(f"/campaign/{sms_id}"), await bare.get("/campaign/nowhere")]
    for answer in answers:
        assert answer.request.headers["auth"] not in repr(kore.requests)


async def test_the_number_of_records_is_limited(kore: PretendKore) -> None:
    assert kore.requests.maxlen == 1000


async def test_the_state_over_http(
    bare: httpx.AsyncClient, v2: httpx.AsyncClient, sms_id: str
) -> None:
    schedule = {
        "startDateTime": "2090-01-02 18:29:00",
        "endDateTime": "2090-02-02 18:29:00",
        "recurrenceObject": {
            "recurType": "Weekly",
            "weeklyDetails": {"onceEveryNweeks": 1, "whichDays": ["Mon", "Tue"]},
        },
    }
    query = {"enableSchedule": "true", "campaignName": "Spring Texts"}
    await v2.post("/campaign/schedule", params=query, json=schedule)
    assert (await bare.get("/_sandbox/state")).json() == {
        "campaigns": [
            {
                "id": sms_id,
                "name": "Spring Texts",
                "kind": "sms",
                "status": "Scheduled",
                "schedule": {
                    "start": "2090-01-02T18:29:00.000Z",
                    "end": "2090-02-02T18:29:00.000Z",
                    "recurrence": "Weekly",
                    "every": 1,
                    "days": ["Mon", "Tue"],
                },
            }
        ],
        "requests": {"create": 1, "schedule": 1},
    }
