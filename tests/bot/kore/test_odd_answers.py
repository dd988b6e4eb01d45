"""Any answer of Kore.ai or a proxy becomes a value or a KoreError, and no write is sent twice.

The tests try every operation with every body and every HTTP status.
"""

import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from bot.campaigns.campaign import SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.contacts import Contact, NewContactList
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import Format, Kind
from bot.kore import (
    Account,
    Cursor,
    KoreClient,
    KoreError,
    Operation,
    Outcome,
    RateLimited,
    retries,
)
from bot.kore.endpoints import ENDPOINTS

ROW: dict[str, Any] = {"_id": "cd-1", "name": "Sale", "status": "Ready"}
LIST = {"_id": "cl-1", "name": "June"}
CAMPAIGN = {"status": "success", "data": ROW}
TRIGGERED = {"status": "Active", "message": "Campaign Started"}
SCHEDULED = {"status": "success", "message": "scheduled", "id": "cd-1"}
DONE = {"status": "success", "data": {}}
PLAN = Schedule(
    recurrence=Recurrence.DAILY,
    zone="UTC",
    start=datetime(2027, 1, 1, 9),  # noqa: DTZ001 # a local time of the zone
    end=datetime(2027, 1, 9, 9),  # noqa: DTZ001 # as above
)
CONTACT = Contact(phone_number="12025550100")

Call = Callable[[KoreClient], Awaitable[object]]


async def edit(client: KoreClient, campaign: SmsCampaign | VoiceCampaign) -> Snapshot:
    return await client.update_campaign("cd-1", campaign, scheduled=False)


def calls(sms: SmsCampaign, voice: VoiceCampaign) -> dict[Operation, tuple[Call, dict[str, Any]]]:
    """Return the call of each operation, and the right answer to it."""
    flow = sms.model_copy(update={"format": Format.FLOW, "flow": "Survey", "message": None})
    listed = voice.model_copy(update={"dnc_list": "Do not call"})
    new = NewContactList(name="June", description="Renewals")
    page = {"results": [], "page": 1, "totalPages": 0, "totalResults": 0, "hasMore": False}
    return {
        Operation.CREATE_SMS: (lambda c: c.create_campaign(sms), CAMPAIGN),
        Operation.CREATE_SMS_FLOW: (lambda c: c.create_campaign(flow), CAMPAIGN),
        Operation.CREATE_VOICE_V1: (lambda c: c.create_campaign(voice), CAMPAIGN),
        Operation.CREATE_VOICE_V2: (lambda c: c.create_campaign(listed), CAMPAIGN),
        Operation.GET_CAMPAIGN: (lambda c: c.get_campaign("cd-1"), CAMPAIGN),
        Operation.LIST_CAMPAIGNS: (lambda c: c.list_campaigns(Kind.SMS, Cursor()), {"data": page}),
        Operation.UPDATE_SMS: (lambda c: edit(c, sms), CAMPAIGN),
        Operation.UPDATE_VOICE_V1: (lambda c: edit(c, voice), CAMPAIGN),
        Operation.UPDATE_VOICE_V2: (lambda c: edit(c, listed), CAMPAIGN),
        Operation.DELETE_CAMPAIGN: (lambda c: c.delete_campaign("cd-1", Kind.SMS), DONE),
        Operation.START_SMS: (lambda c: c.start_campaign("cd-1", Kind.SMS), TRIGGERED),
        Operation.START_VOICE: (lambda c: c.start_campaign("cd-1", Kind.VOICE), TRIGGERED),
        Operation.STOP_SMS: (lambda c: c.stop_campaign("cd-1", Kind.SMS), TRIGGERED),
        Operation.STOP_VOICE: (lambda c: c.stop_campaign("cd-1", Kind.VOICE), TRIGGERED),
        Operation.CAMPAIGN_STATUS: (lambda c: c.campaign_status("cd-1"), CAMPAIGN),
        Operation.CONTACT_RESULTS: (lambda c: c.contact_results("cd-1"), {"data": page}),
        Operation.SCHEDULE: (lambda c: c.schedule_campaign("Sale", PLAN), SCHEDULED),
        Operation.UNSCHEDULE: (lambda c: c.unschedule_campaign("Sale"), SCHEDULED),
        Operation.CREATE_LIST: (lambda c: c.create_contact_list(new), {"data": LIST}),
        Operation.UPDATE_LIST: (lambda c: c.update_contact_list("cl-1", name="June"), DONE),
        Operation.GET_LIST: (lambda c: c.get_contact_list("cl-1"), {"data": LIST}),
        Operation.DELETE_LIST: (lambda c: c.delete_contact_list("cl-1"), DONE),
        Operation.LIST_LISTS: (lambda c: c.list_contact_lists(), {"data": [LIST]}),
        Operation.LIST_CONTACTS: (lambda c: c.list_contacts("cl-1"), {"data": page}),
        Operation.ADD_CONTACTS: (lambda c: c.add_contacts("June", (CONTACT,)), {"message": "Yes"}),
    }


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an answer; for content None, the right answer to the operation is sent."""

    content: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_json: bool = False


JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
RIGHT = {"right": Body(None, JSON), "right, called HTML": Body(None, HTML)}
BODIES = RIGHT | {
    "text": Body(b"upstream connect error", {"Content-Type": "text/plain"}),
    "HTML": Body(b"<html><body>Service Unavailable</body></html>", HTML),
    "empty": Body(b""),
    "list": Body(b'[{"_id": "cd-1"}]', JSON, is_json=True),
    "number": Body(b"7", JSON, is_json=True),
    "null": Body(b"null", JSON),
    "string": Body(b'"Ready"', JSON, is_json=True),
    "half": Body(b'{"status": "success", "da', JSON),
    "not UTF-8": Body(b'{"status": "\xff", "id": "cd-\xff", "message": "\xff"}', JSON),
    "called gzip": Body(b"not gzip", JSON | {"Content-Encoding": "gzip"}),
    "failure": Body(b'{"status": "failure", "words": ["nobody", "knows"]}', JSON, is_json=True),
    "nothing": Body(b"{}", JSON, is_json=True),
    "deep": Body(b'{"data": ' + b"[" * 50_000, JSON),
    "surrogate": Body(b'{"msg": "\\ud800"}', JSON, is_json=True),
}
STATUSES = (200, 201, 204, 301, 400, 404, 405, 409, 500, 502, 503)
SOON = "in 20 seconds"
# The values of Retry-After, and the seconds to wait; None if the value is invalid.
WAITS: dict[str, float | None] = {
    "": None,
    "7": 7,
    "0": 0,
    "12.5": 12.5,
    SOON: 20,
    "Fri, 31 Dec 1999 23:59:59 GMT": 0,
    "-5": None,
    "soon": None,
    "Fri, 31 Dec 9999 23:59:59 -2359": None,
    "Mon, 01 Jan 0001 00:00:00 +2359": None,
    "3600": 3600,
    "9" * 12: float("inf"),
    "9" * 400: float("inf"),
}


class Network:
    """A network that gives every request the same answer, and counts requests."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.status, self.headers, self.content = 200, dict[str, str](), b""
        self.requests = 0
        self.delays: list[float] = []

    def answer(self, _: httpx.Request) -> httpx.Response:
        self.requests += 1
        return httpx.Response(
            self.status, headers=self.headers, stream=httpx.ByteStream(self.content)
        )

    async def pause(self, seconds: float) -> None:
        self.delays.append(seconds)

    def give(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.status, self.content, self.headers = status, content, dict(headers)
        self.requests = 0
        self.delays.clear()


@pytest.fixture
def network(account: Account) -> Network:
    return Network(account)


@pytest.fixture
async def asked(network: Network) -> AsyncIterator[KoreClient]:
    transport = httpx.MockTransport(network.answer)
    async with KoreClient(network.account, transport=transport, pause=network.pause) as client:
        yield client


async def outcome_of(call: Call, client: KoreClient) -> KoreError | None:
    """Return the KoreError of a call, or None if it returns a value."""
    try:
        await call(client)
    except KoreError as error:
        str(error).encode()
        return error
    return None


def expected_outcome(name: str, status: int) -> Outcome | None:
    """Return the outcome of a failed write, or None if it succeeded."""
    if name == "called gzip":  # the body cannot be read
        return Outcome.UNKNOWN
    if 200 <= status < 300 and name in RIGHT:
        return None
    refused = 400 <= status < 500 or (status < 300 and name == "failure")
    return Outcome.NOT_DONE if refused else Outcome.UNKNOWN


@pytest.mark.parametrize("operation", Operation)
async def test_an_answer_is_a_value_or_an_error_with_its_outcome(  # noqa: PLR0917 # fixtures
    asked: KoreClient,
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
    operation: Operation,
    sms: SmsCampaign,
    voice: VoiceCampaign,
) -> None:
    call, right = calls(sms, voice)[operation]
    endpoint = ENDPOINTS[operation]
    if endpoint.reads:
        # Other tests check that reads are repeated; here it would take three times as long.
        monkeypatch.setattr(retries, "ATTEMPTS", 1)
    for name, body in BODIES.items():
        content = json.dumps(right).encode() if body.content is None else body.content
        for status in STATUSES:
            network.give(status, content, body.headers)
            error = await outcome_of(call, asked)
            case = (name, status, error)
            expected = expected_outcome(name, status)
            if expected is None:
                assert error is None, case
                continue
            assert error, case
            assert error.outcome is (Outcome.NOT_DONE if endpoint.reads else expected), case
            if not endpoint.reads:
                # An unknown path does nothing, so the other form of the path is tried.
                routes = 1 + (endpoint.alternative is not None)
                unrouted = status in {404, 405} and not body.is_json and name not in RIGHT
                assert network.requests <= (routes if unrouted else 1), case


def in_seconds(seconds: int) -> str:
    """Return the time after so many seconds, in the format of HTTP."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("operation", Operation)
async def test_a_rate_limited_request_is_repeated_after_the_wait_in_retry_after(
    asked: KoreClient,
    network: Network,
    operation: Operation,
    sms: SmsCampaign,
    voice: VoiceCampaign,
) -> None:
    call, _ = calls(sms, voice)[operation]
    bodies = itertools.cycle(body for name, body in BODIES.items() if name != "called gzip")
    for (retry_after, seconds), body in zip(WAITS.items(), bodies, strict=False):
        says = in_seconds(20) if retry_after == SOON else retry_after
        network.give(429, body.content or b"{}", {**body.headers, "Retry-After": says})
        error = await outcome_of(call, asked)
        case = (retry_after, body, network.delays)
        assert isinstance(error, RateLimited), case
        assert error.outcome is Outcome.NOT_DONE, case
        if seconds is not None and seconds > 30:
            assert error.retry_after, case
            assert error.retry_after > 30, case
            assert network.requests == 1, case
        else:
            assert network.requests == 3, case
            least = max((seconds or 0) - 2, 0.5)
            assert all(least <= delay <= 30 for delay in network.delays), case


async def test_an_unpaired_surrogate_in_a_name_becomes_a_question_mark(
    asked: KoreClient, network: Network
) -> None:
    network.give(
        200, b'{"data": {"_id": "cd-1", "name": "\\ud83d\\ude00\\ud83d", "status": "x"}}', {}
    )

    assert (await asked.get_campaign("cd-1")).name == "\U0001f600?"
