"""The side panel's list of every request to and from the bot."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.kore import PretendKore
from sandbox.page.traffic import LATEST, TEXT_MAX, traffic
from sandbox.slack import Person, PretendSlack
from tests.sandbox.kore.conftest import SECRET, Signature
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import card
from tests.sandbox.stage import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

ROW = re.compile(
    r'<li><details id="(?P<id>[^"]+)">\s*<summary>\s*'
    r'<span class="way">(?P<way>.*?)</span>\s*<span class="what">(?P<what>.*?)</span>\s*'
    r'<span class="(?P<mood>good|bad)">(?P<status>.*?)</span>\s*'
    r'<span class="quiet">(?P<ms>\d+) ms · (?P<at>\d\d:\d\d:\d\d)</span>\s*</summary>\s*'
    r'<h3>Sent</h3>\s*<pre tabindex="0">(?P<sent>.*?)</pre>\s*'
    r'<h3>Answered</h3>\s*<pre tabindex="0">(?P<answered>.*?)</pre>',
    re.DOTALL,
)
Row = dict[str, str]
SEARCH = "/campaign/getAllCampaignDetails"


@pytest.fixture
def traffic_shown(browser: Browser) -> Browser:
    browser.panel = "traffic"
    return browser


def rows(browser: Browser) -> list[Row]:
    """Return the rows on the page, the newest first."""
    found = ROW.finditer(browser.html)
    return [{name: unescape(text) for name, text in each.groupdict().items()} for each in found]


def lines(browser: Browser) -> list[tuple[str, ...]]:
    return [(each["way"], each["what"], each["status"], each["mood"]) for each in rows(browser)]


async def test_the_list_says_that_there_are_no_requests(traffic_shown: Browser) -> None:
    await traffic_shown.look()
    assert "None yet." in traffic_shown.html
    assert rows(traffic_shown) == []


async def test_requests_of_both_services_are_in_one_list_newest_first(
    traffic_shown: Browser, asking_kore: httpx.AsyncClient
) -> None:
    await traffic_shown.post("/command", text="/campaign steps")
    await asking_kore.post(SEARCH, json={"type": "sms"})
    await traffic_shown.fill("/modal/submit", {"Note": "Hello"})
    await asking_kore.get("/campaign/cd-missing", params={"campaignType": "sms"})
    await traffic_shown.look()
    assert lines(traffic_shown) == [
        ("bot → Kore.ai", "GET get", "404", "bad"),
        ("Slack → bot", "view_submission", "http_client_error", "bad"),
        ("bot → Kore.ai", "POST search", "200", "good"),
        ("bot → Slack", "views.open", "ok", "good"),
        ("Slack → bot", "/campaign", "acknowledged", "good"),
    ]
    found = rows(traffic_shown)
    assert len({each["id"] for each in found}) == len(found)


async def test_errors_are_shown_with_the_services_error_codes(
    slack: PretendSlack,
    kore: PretendKore,
    web: AsyncWebClient,
    asking_kore: httpx.AsyncClient,
    traffic_shown: Browser,
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    slack.faults.add("delivery", "dispatch_failed")
    slack.faults.add("auth.test", "fatal_error")
    kore.faults.add("*", "reset")
    await traffic_shown.post("/command", text="/campaign")
    for call in (web.auth_test(), web.chat_update(channel=channel, ts="1.0", text="Card")):
        with pytest.raises(Exception, match=r"fatal_error|message_not_found"):
            await call
    with pytest.raises(httpx.ReadError):
        await asking_kore.post(SEARCH, json={"type": "sms"})
    await asking_kore.post("/nowhere")
    await traffic_shown.look()
    assert [each[1:] for each in lines(traffic_shown)] == [
        ("POST /campaign/api/v2/public/st-1/nowhere", "404", "bad"),
        ("POST search", "connection dropped", "bad"),
        ("chat.update", "message_not_found", "bad"),
        ("auth.test", "fatal_error", "bad"),
        ("/campaign", "dispatch_failed", "bad"),
    ]


async def test_the_list_shows_the_bodies(
    web: AsyncWebClient, channel: str, asking_kore: httpx.AsyncClient, traffic_shown: Browser
) -> None:
    await traffic_shown.post("/command", text="/campaign steps")
    await web.chat_postMessage(channel=channel, text="<b>Grüße</b>")
    await asking_kore.post(SEARCH, json={"type": "voice"})
    await traffic_shown.look()
    search, posted, opened, command = rows(traffic_shown)
    assert '"text": "/campaign"' not in command["sent"]
    assert '"text": "steps"' in command["sent"]
    assert command["answered"] == "nothing"
    assert '"callback_id": "step"' in opened["sent"]
    assert '"ok": true' in opened["answered"]
    assert '"text": "<b>Grüße</b>"' in posted["sent"]
    assert "<b>" not in traffic_shown.html
    assert '"type": "voice"' in search["sent"]
    assert '"accountId": "acc-1"' in search["sent"]
    assert '"results": []' in search["answered"]


async def test_times_are_the_sandboxs_in_utc(
    asking_kore: httpx.AsyncClient, kore: PretendKore, traffic_shown: Browser
) -> None:
    await traffic_shown.post("/clock", step="1 week")
    await asking_kore.post(SEARCH, json={"type": "sms"})
    await traffic_shown.look()
    (row,) = rows(traffic_shown)
    at = kore.requests[-1].time
    assert at - datetime.now(UTC) > timedelta(days=6)
    assert row["at"] == f"{at:%H:%M:%S}"


async def test_durations_are_in_real_time(
    asking_kore: httpx.AsyncClient, kore: PretendKore, traffic_shown: Browser
) -> None:
    kore.latency_seconds = 0.03
    asked = asyncio.create_task(asking_kore.post(SEARCH, json={"type": "sms"}))
    await traffic_shown.post("/clock", step="1 week")
    await asked
    await traffic_shown.look()
    (row,) = rows(traffic_shown)
    assert 25 <= int(row["ms"]) < 60_000
    assert row["ms"] == f"{kore.requests[-1].milliseconds:.0f}"


async def test_a_very_long_body_is_cut(
    slack: PretendSlack, kore: PretendKore, asking_kore: httpx.AsyncClient, traffic_shown: Browser
) -> None:
    await asking_kore.post("/nowhere", content=b"x" * (TEXT_MAX + 1))
    await asking_kore.post("/nowhere", content=b"y" * (TEXT_MAX // 2))
    whole, cut = traffic(slack, kore)
    assert len(cut.sent) == TEXT_MAX + 2
    assert cut.sent.endswith("x …")
    assert whole.sent.endswith('"\n}')
    await traffic_shown.look()
    assert traffic_shown.html.count("x …</pre>") == 1


async def test_only_the_latest_are_listed(
    slack: PretendSlack, kore: PretendKore, web: AsyncWebClient, asking_kore: httpx.AsyncClient
) -> None:
    kore.rate_limit = None
    await web.auth_test()
    for number in range(LATEST + 1):
        await asking_kore.post(f"/{number}")
    paths = [each.what.rpartition("/")[2] for each in traffic(slack, kore)]
    assert paths == [str(number) for number in range(LATEST, 0, -1)]


async def test_no_secret_is_ever_shown(
    slack: PretendSlack,
    web: AsyncWebClient,
    ana: Person,
    asking_kore: httpx.AsyncClient,
    browser: Browser,
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    await browser.post("/home")
    await browser.post("/command", text="/campaign")
    sent = await web.chat_postMessage(channel=channel, **card("Created"))
    (message,) = [each for each in ana.messages() if each.ts == sent["ts"]]
    await ana.click(message, "Refresh")
    # Last, because it switches to Socket Mode, by which this bot cannot be reached.
    await use_every_secret(web, asking_kore, channel)
    assert {each.method for each in slack.calls} >= {
        *("apps.connections.open", "auth.test", "chat.postMessage", "response_url", "views.open"),
    }
    for panel in ("", "kore", "traffic", "faults"):
        await browser.look(panel=panel)
        assert secrets_in(browser.words) == []
    await browser.look(panel="traffic")
    assert len(rows(browser)) == len(slack.calls) + len(slack.deliveries) + 4


async def use_every_secret(
    web: AsyncWebClient, asking_kore: httpx.AsyncClient, channel: str
) -> None:
    """Send each secret in every place where a service reads it, and in wrong places."""
    async with httpx.AsyncClient(base_url=web.base_url) as bare:
        await bare.post("auth.test", data={"token": BOT_TOKEN})
        await bare.post("auth.test", json={"token": BOT_TOKEN})
        await bare.get("auth.test", params={"token": BOT_TOKEN})
        await bare.post("conversations.info", json={"token": BOT_TOKEN, "channel": channel})
    await asking_kore.post(SEARCH, json={"type": "sms"})
    await asking_kore.post("/nowhere")
    await asking_kore.post("/campaign/schedule", json={})
    await asking_kore.post(SEARCH, json={"type": "sms"}, auth=Signature())
    await web.apps_connections_open(app_token=APP_TOKEN)


def secrets_in(text: str) -> list[str]:
    """Return every secret of the sandbox and everything that looks like a JWT."""
    known = [each for each in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, SECRET) if each in text]
    return known + re.findall(r"eyJ[\w-]+\.", text)


def test_secrets_are_found() -> None:
    text = f"token={BOT_TOKEN}, auth: eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.x, {SECRET}"
    assert secrets_in(text) == [BOT_TOKEN, SECRET, "eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIi."]
