"""Faults that a visitor plans on the page: their texts, their effects, and canceling them."""

import re
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.kore import PretendKore
from sandbox.kore.seed import fill
from sandbox.page.switches import LOST, SWITCHES, Switch
from sandbox.slack import Person, PretendSlack
from tests.sandbox.kore.account import NINE_TO_SIX, daily
from tests.sandbox.page.browser import Browser
from tests.sandbox.stage import BOT_TOKEN

KORE, SLACK, DELIVERY = SWITCHES
TOMORROW = datetime.now(UTC) + timedelta(days=1)
SMS: dict[str, Any] = {
    "name": "Spring sale",
    "contactLists": ["Spring leads"],
    "format": "advanced",
    "experienceFlowName": "SMS support",
    "campaignType": "sms",
    "dialingStrategy": {
        "callerId": {"phoneNumber": "+12025550101"},
        "callingHours": NINE_TO_SIX,
    },
}
# The status that the bot gets, or None if the connection is dropped.
STATUSES: dict[str, int | None] = {
    "server_error_500": 500,
    LOST: None,
    "reset": None,
    "hang": 200,
    "rate_limit_429": 429,
    "unauthorized_401": 401,
    "html": 502,
}


def choices(switch: Switch) -> list[tuple[str, str]]:
    """Return all kinds and operations of faults that a service offers."""
    return [(kind, operation) for kind in switch.kinds for operation in switch.operations]


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.page.switches.KORE_HANGS_SECONDS", 0.02)
    monkeypatch.setattr("sandbox.page.switches.SLACK_HANGS_SECONDS", 0.02)


@pytest.fixture
def faults(browser: Browser) -> Browser:
    browser.panel = "faults"
    return browser


@pytest.fixture
async def there(asking_kore: httpx.AsyncClient) -> str:
    """The ID of an existing campaign."""
    asked = {"campaignType": "sms"}
    made = await asking_kore.post("/campaign", params=asked, json=SMS | {"name": "There"})
    return str(made.json()["data"]["_id"])


def listed(browser: Browser) -> list[str]:
    """Return the planned faults that the page lists."""
    to_come = browser.words.split("<h2>To come</h2>")[1].split("</ul>")[0]
    return re.findall(r"<li>(.*?)</li>", to_come)


async def order(
    browser: Browser, switch: Switch, kind: str, operation: str, times: str = "1"
) -> None:
    given = {"service": switch.name, "kind": kind, "operation": operation, "times": times}
    await browser.post("/fault", **given)
    assert browser.alerts == []


async def ask(client: httpx.AsyncClient, operation: str, there: str) -> httpx.Response:
    """Send a request for this operation; a search stands for any operation."""
    match operation:
        case "create":
            return await client.post("/campaign", params={"campaignType": "sms"}, json=SMS)
        case "schedule":
            asked = {"enableSchedule": "true", "campaignName": "There"}
            return await client.post(
                "/campaign/schedule",
                params=asked,
                json=daily(TOMORROW, TOMORROW + timedelta(days=1)),
            )
        case "start":
            asked = {"trigger": "play", "campaignType": "sms"}
            return await client.post(f"/campaign/trigger/{there}", params=asked, json={})
        case "get":
            return await client.get(f"/campaign/{there}", params={"campaignType": "sms"})
    return await client.post("/campaign/getAllCampaignDetails", json={"type": "sms"})


async def status_of(client: httpx.AsyncClient, operation: str, there: str) -> int | None:
    """Return the status of Kore.ai's answer, or None if it drops the connection."""
    try:
        return (await ask(client, operation, there)).status_code
    except (httpx.ReadError, httpx.RemoteProtocolError):
        return None


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda each: each.name)
async def test_every_fault_is_offered_and_listed_and_can_be_canceled(
    slack: PretendSlack, kore: PretendKore, faults: Browser, switch: Switch
) -> None:
    await faults.look()
    for words in (switch.kinds, switch.operations):
        for name, shown in words.items():
            assert f'<option value="{name}">{shown}</option>' in faults.words
    for kind, operation in choices(switch):
        given = {"service": switch.name, "kind": kind, "operation": operation, "times": "1"}
        assert (await faults.http.post("/fault", data=given)).status_code == 303
    await faults.look()
    assert listed(faults) == [
        f"{switch.name} {switch.kinds[kind]} {switch.operations[operation]}, once."
        for kind, operation in choices(switch)
    ]
    await faults.post("/fault/clear")
    assert "Nothing: everything works." in faults.html
    assert (slack.faults.orders, kore.faults.planned) == ((), ())


@pytest.mark.parametrize("kind", KORE.kinds)
async def test_kore_fails_as_planned_and_then_works_again(
    kore: PretendKore, asking_kore: httpx.AsyncClient, there: str, faults: Browser, kind: str
) -> None:
    kore.rate_limit = None
    # In reverse, because a scheduled campaign cannot be started.
    for operation in reversed(list(KORE.operations)):
        await order(faults, KORE, kind, operation)
        assert await status_of(asking_kore, operation, there) == STATUSES[kind]
        if kind == "hang":
            assert kore.requests[-1].milliseconds >= 15
        assert listed(faults) != []
    await faults.look()
    assert "Nothing: everything works." in faults.html
    assert await status_of(asking_kore, "search", there) == 200


async def test_kore_fails_until_the_fault_is_canceled(
    asking_kore: httpx.AsyncClient, there: str, faults: Browser
) -> None:
    await order(faults, KORE, "html", "search", times="")
    for _ in range(2):
        assert await status_of(asking_kore, "search", there) == 502
    assert await status_of(asking_kore, "get", there) == 200
    await faults.post("/fault/clear")
    assert await status_of(asking_kore, "search", there) == 200


async def test_a_request_whose_answer_is_lost_was_carried_out(
    kore: PretendKore, asking_kore: httpx.AsyncClient, there: str, faults: Browser
) -> None:
    fill(kore.state)
    for operation in ("create", "schedule"):
        await order(faults, KORE, LOST, operation)
        assert await status_of(asking_kore, operation, there) is None
    assert [each.name for each in kore.state.campaigns.values()] == ["There", "Spring sale"]
    assert kore.state.campaigns[there].schedule is not None


@pytest.mark.parametrize("kind", ["reset", "server_error_500", "hang"])
async def test_a_request_that_failed_at_once_was_not_carried_out(
    kore: PretendKore, asking_kore: httpx.AsyncClient, there: str, faults: Browser, kind: str
) -> None:
    await order(faults, KORE, kind, "create")
    await status_of(asking_kore, "create", there)
    made = {each.name for each in kore.state.campaigns.values()}
    # A service that hangs carries the request out later.
    assert ("Spring sale" in made) is (kind == "hang")


@pytest.mark.parametrize(
    ("kind", "status"), [("http_500", 500), ("ratelimited", 429), ("hang", 200)]
)
async def test_slack_fails_as_planned(
    slack: PretendSlack, web: AsyncWebClient, faults: Browser, kind: str, status: int
) -> None:
    base_url = web.base_url.removesuffix("/api/")
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with httpx.AsyncClient(base_url=base_url, headers=headers) as bot:
        for method in SLACK.operations:
            await order(faults, SLACK, kind, method)
            path = "/response/any" if method == "response_url" else f"/api/{method}"
            assert (await bot.post(path, json={})).status_code == status
            call = slack.calls[-1]
            assert (call.method, call.ok) == (method, False)
            if kind == "hang":
                assert call.took_ms >= 15
            assert slack.faults.orders == ()


async def test_a_rate_limit_says_when_to_try_again(
    web: AsyncWebClient, channel: str, faults: Browser
) -> None:
    await order(faults, SLACK, "ratelimited", "chat.postMessage")
    with pytest.raises(SlackApiError) as failed:
        await web.chat_postMessage(channel=channel, text="Card")
    assert failed.value.response.headers["Retry-After"] == "1"


async def test_deliveries_to_the_bot_fail_as_often_as_planned(
    slack: PretendSlack, faults: Browser
) -> None:
    await order(faults, DELIVERY, "dispatch_failed", "delivery", times="3")
    for left in ("2 more", "once", None):
        await faults.post("/command", text="/campaign steps")
        assert faults.alerts == ["/campaign failed with the error “dispatch_failed”"]
        wanted = f"Slack's way to the bot is closed at whatever people do, {left}."
        assert listed(faults) == ([wanted] if left else [])
    assert slack.calls == deque()
    await faults.post("/command", text="/campaign steps")
    assert faults.heading == "Step 1"


async def test_a_slow_bot_still_gets_the_command(
    ana: Person, faults: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.slack.courier.ACK_LIMIT", timedelta(seconds=0.5))
    await order(faults, DELIVERY, "operation_timeout", "delivery")
    await faults.post("/command", text="/campaign steps")
    assert faults.alerts == ["/campaign failed with the error “operation_timeout”"]
    assert (await ana.wait_modal()).title == "Step 1"


async def test_faults_are_listed_in_the_order_in_which_they_take_effect(faults: Browser) -> None:
    await order(faults, KORE, "reset", "create", times="")
    await order(faults, KORE, LOST, "*", times="3")
    await order(faults, SLACK, "hang", "views.open")
    assert listed(faults) == [
        "Kore.ai drops the connection when a campaign is created, until called off.",
        "Kore.ai does it, and the answer is lost at any request, 3 more.",
        "Slack does not answer for a quarter of a minute when a form is opened, once.",
    ]


@pytest.mark.parametrize(
    ("service", "kind", "operation", "times"),
    [
        ("Slack", "reset", "chat.update", "1"),
        ("Slack", "http_500", "create", "1"),
        ("Slack", "http_500", "chat.update", "many"),
        ("Nobody", "http_500", "chat.update", "1"),
    ],
)
async def test_a_fault_that_is_not_offered_is_refused(
    faults: Browser, service: str, kind: str, operation: str, times: str
) -> None:
    asked = {"service": service, "kind": kind, "operation": operation, "times": times}
    await faults.post("/fault", **asked)
    assert faults.alerts == ["There is no such switch."]
    assert "Nothing: everything works." in faults.html
