import asyncio
import time
from dataclasses import replace
from typing import Any

import httpx
import pytest

from sandbox.canned import Canned
from sandbox.kore import Fault, FaultKind, PretendKore, When

SMS = {"campaignType": "sms"}
SENTENCE = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."


async def create(client: httpx.AsyncClient, body: dict[str, Any]) -> httpx.Response:
    return await client.post("/campaign", params=SMS, json=body)


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_reset(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any], when: str, made: int
) -> None:
    kore.faults.add("create", "reset", when=when)
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        await create(v2, simple)
    assert len(kore.state.campaigns) == made
    assert kore.requests[-1].status is None


async def test_a_reset_is_not_logged(
    kore: PretendKore,
    v2: httpx.AsyncClient,
    simple: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    kore.faults.add("create", "reset")
    with pytest.raises(httpx.TransportError):
        await create(v2, simple)
    await create(v2, simple)
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []


@pytest.mark.parametrize("when", ["before", "after"])
async def test_hang(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any], when: str
) -> None:
    kore.faults.add("create", "hang", when=when, seconds=0.05)
    began = time.monotonic()
    answer = await create(v2, simple)
    assert time.monotonic() - began >= 0.05
    assert answer.json()["status"] == "success"


async def test_a_hang_outlasts_a_timeout_but_the_work_is_done(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    kore.faults.add("create", "hang", when="after", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        await v2.post("/campaign", params=SMS, json=simple, timeout=0.05)
    [campaign] = kore.state.campaigns.values()
    assert campaign.name == "Spring Texts"


async def test_a_late_request_is_carried_out_after_the_caller_gave_up(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any]
) -> None:
    kore.faults.add("create", "late", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await v2.post("/campaign", params=SMS, json=simple, timeout=0.05)
    await asyncio.sleep(0.1)
    assert kore.state.campaigns == {}
    await asyncio.sleep(0.3)
    [campaign] = kore.state.campaigns.values()
    assert campaign.name == "Spring Texts"


JSON_ANSWERS = [
    ("rate_limit_429", 429, {"errors": [{"msg": SENTENCE, "code": 429}]}),
    ("rate_limit_sentence", 400, {"errors": [{"msg": SENTENCE, "code": 400}]}),
    ("server_error_500", 500, {"errors": [{"msg": "Internal server error", "code": 500}]}),
    ("failure_200", 200, {"status": "failure", "message": "Something went wrong"}),
    ("unexpected_200", 200, []),
    ("unauthorized_401", 401, {"errors": [{"msg": "Unauthorized", "code": 401}]}),
]


@pytest.mark.parametrize(("kind", "status", "body"), JSON_ANSWERS)
async def test_an_answer_before_the_work(
    kore: PretendKore, v2: httpx.AsyncClient, kind: str, status: int, body: object
) -> None:
    kore.faults.add("get", kind)
    answer = await v2.get("/campaign/cd-1")
    assert (answer.status_code, answer.json()) == (status, body)
    assert "retry-after" not in answer.headers
    assert kore.requests[-1].status == status


@pytest.mark.parametrize("kind", [kind for kind, _, _ in JSON_ANSWERS])
@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_an_error_comes_before_or_after_the_work(
    kore: PretendKore,
    v2: httpx.AsyncClient,
    *,
    simple: dict[str, Any],
    kind: str,
    when: str,
    made: int,
) -> None:
    kore.faults.add("create", kind, when=when)
    await create(v2, simple)
    assert len(kore.state.campaigns) == made


@pytest.mark.parametrize(
    "canned",
    [
        Canned(503, b"<html>Busy</html>", {"Content-Type": "text/html", "Retry-After": "soon"}),
        Canned(200, b"\xff\xfe{"),
        Canned(404, b""),
        Canned(204, b"dropped"),
    ],
)
@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_a_canned_answer_is_sent_as_it_is(
    kore: PretendKore,
    v2: httpx.AsyncClient,
    *,
    simple: dict[str, Any],
    canned: Canned,
    when: str,
    made: int,
) -> None:
    kore.faults.answer("create", canned, when=when)
    answer = await create(v2, simple)
    content = b"" if canned.status == 204 else canned.body
    assert (answer.status_code, answer.content) == (canned.status, content)
    expected = {"Content-Type": "application/json", **canned.headers}
    assert {name: answer.headers[name] for name in expected} == expected
    assert len(kore.state.campaigns) == made
    assert kore.faults.planned == ()


async def test_a_canned_answer_may_be_nested_too_deep_for_json(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    deep = b"[" * 100_000
    kore.faults.answer("*", Canned(body=deep))
    assert (await v2.get("/campaign/cd-1")).content == deep
    assert kore.requests[-1].answer == deep.decode()


async def test_retry_after(kore: PretendKore, v2: httpx.AsyncClient) -> None:
    kore.faults.add("get", "rate_limit_429", seconds=12)
    assert (await v2.get("/campaign/cd-1")).headers["retry-after"] == "12"


async def test_html(kore: PretendKore, v2: httpx.AsyncClient) -> None:
    kore.faults.add("get", "html")
    answer = await v2.get("/campaign/cd-1")
    assert answer.status_code == 502
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "502 Bad Gateway" in answer.text


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_truncated(
    kore: PretendKore, v2: httpx.AsyncClient, simple: dict[str, Any], when: str, made: int
) -> None:
    kore.faults.add("create", "truncated", when=when)
    answer = await create(v2, simple)
    assert answer.status_code == 200
    assert answer.text.startswith('{"status":"success"')
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        answer.json()
    assert len(kore.state.campaigns) == made


async def test_a_fault_happens_as_often_as_planned(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str
) -> None:
    kore.faults.add("get", "server_error_500", times=2)
    assert (await v2.delete("/campaign/cd-1", params=SMS)).status_code == 404
    statuses = [(await v2.get(f"/campaign/{sms_id}")).status_code for _ in range(3)]
    assert statuses == [500, 500, 200]


async def test_a_star_means_any_operation_and_clear_cancels_it(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str
) -> None:
    kore.faults.add("*", "server_error_500", times=9)
    assert (await v2.get(f"/campaign/{sms_id}")).status_code == 500
    kore.faults.clear()
    assert (await v2.get(f"/campaign/{sms_id}")).status_code == 200


async def test_a_fault_without_a_number_of_times_happens_until_it_is_canceled(
    kore: PretendKore, v2: httpx.AsyncClient, sms_id: str
) -> None:
    kore.faults.add("get", "server_error_500", times=None)
    kore.faults.add("get", "html", when="after", times=None)
    statuses = [(await v2.get(f"/campaign/{sms_id}")).status_code for _ in range(3)]
    assert statuses == [500, 500, 500]
    kore.faults.call_off("get", "server_error_500")
    assert (await v2.get(f"/campaign/{sms_id}")).status_code == 502
    kore.faults.call_off("get", "html")
    assert (await v2.get(f"/campaign/{sms_id}")).status_code == 502
    kore.faults.call_off("get", "html", when="after")
    assert (await v2.get(f"/campaign/{sms_id}")).status_code == 200


async def test_planned_faults_are_listed_in_the_order_in_which_they_happen(
    kore: PretendKore, v2: httpx.AsyncClient
) -> None:
    kore.faults.add("get", "html", times=2)
    kore.faults.add("*", "hang", when="after", times=None, seconds=9)
    hang = Fault("*", FaultKind.HANG, When.AFTER, times=None, seconds=9)
    html = Fault("get", FaultKind.HTML, When.BEFORE, times=2, seconds=None)
    assert list(kore.faults.planned) == [html, hang]
    await v2.get("/campaign/cd-1")
    assert list(kore.faults.planned) == [replace(html, times=1), hang]
    await v2.get("/campaign/cd-1")
    assert list(kore.faults.planned) == [hang]
    kore.faults.clear()
    assert list(kore.faults.planned) == []


@pytest.mark.parametrize(
    ("operation", "kind", "when"),
    [
        ("fly", "reset", "before"),
        ("get", "melt", "before"),
        ("get", "reset", "during"),
        ("get", "hang", "before"),
        ("get", "late", "before"),
        ("get", "canned", "before"),
    ],
)
def test_an_invalid_fault_is_refused(
    kore: PretendKore, operation: str, kind: str, when: str
) -> None:
    with pytest.raises(ValueError, match=r"not a valid|needs its seconds|planned with answer"):
        kore.faults.add(operation, kind, when=when)


async def test_faults_over_http(bare: httpx.AsyncClient, v2: httpx.AsyncClient) -> None:
    order = {"operation": "get", "kind": "html", "when": "after", "times": 5}
    assert (await bare.post("/_sandbox/faults", json=order)).status_code == 204
    assert (await v2.get("/campaign/cd-1")).status_code == 502
    assert (await bare.delete("/_sandbox/faults")).status_code == 204
    assert (await v2.get("/campaign/cd-1")).status_code == 404


@pytest.mark.parametrize(
    "order", [{}, {"operation": "get", "kind": "melt"}, {"operation": "fly", "kind": "reset"}]
)
async def test_an_invalid_fault_over_http_is_refused(
    bare: httpx.AsyncClient, order: dict[str, str]
) -> None:
    assert (await bare.post("/_sandbox/faults", json=order)).status_code == 400
