"""The whole sandbox, used only through its page: a schedule runs for weeks, an approval expires."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest

from tests.sandbox.page.browser import Answers, Browser
from tests.sandbox.page.whole import wait_shown, whole_sandbox

SMS: Answers = {
    "Message": "Hello",
    "Contact lists": "VIP customers",
    "Caller ID": "+1 202-555-0100",
}
NO_DNC_LIST: Answers = {"Why without a DNC list?": "They asked for it"}


@pytest.fixture(scope="module")
async def page_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with whole_sandbox(tmp_path_factory.mktemp("whole")) as whole:
        yield whole.url


@pytest.fixture
async def ana(page_url: str) -> AsyncIterator[Browser]:
    async with httpx.AsyncClient(base_url=page_url, timeout=30) as client:
        yield Browser(client)


@pytest.fixture
def ravi(ana: Browser) -> Browser:
    """The browser of the approver, in the approvers' channel."""
    return Browser(ana.http, "Ravi Iyer", "approvals")


def now(browser: Browser) -> datetime:
    """Return the time that the page shows."""
    return datetime.fromisoformat(browser.html.split(' datetime="')[1].split('"')[0])


async def command(browser: Browser, text: str, heading: str) -> None:
    await browser.post("/command", text=text)
    await wait_shown(browser, f'id="modal-title">{heading}</h2>')


async def send(browser: Browser, answers: Answers) -> None:
    """Submit a form and its review."""
    await browser.fill("/modal/submit", answers)
    assert browser.heading == "Review"
    await wait_shown(browser, '<button class="primary">')
    await browser.fill("/modal/submit", NO_DNC_LIST)
    assert browser.heading == ""


async def created(browser: Browser, name: str) -> None:
    await command(browser, f"/campaign sms {name}", "New SMS campaign")
    await send(browser, SMS)
    await wait_shown(browser, f'class="header">{name}</h3>')


async def asked(browser: Browser, name: str, first: timedelta) -> None:
    """Request a daily schedule of two weeks that begins after `first`."""
    await command(browser, f"/campaign schedule {name}", "Schedule a campaign")
    start = now(browser) + first
    end = start + timedelta(days=13)
    await send(browser, {"Start date": f"{start:%Y-%m-%d}", "End date": f"{end:%Y-%m-%d}"})


def row(browser: Browser, name: str) -> str:
    """Return the words of a campaign's row in Kore.ai's console."""
    (body,) = re.findall(r"<tbody>(.*)</tbody>", browser.words, re.DOTALL)
    (found,) = [each for each in body.split("</tr>") if f">{name}<" in each]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


async def exchanged(browser: Browser) -> list[tuple[str, str]]:
    """Return each request in the traffic panel with its status, the newest first."""
    await browser.look(panel="traffic")
    shown = r'class="what">(.*?)</span>\s*<span class="(?:good|bad)">(.*?)</span>'
    return re.findall(shown, browser.words)


async def test_an_approved_schedule_runs_and_weeks_go_by(ana: Browser, ravi: Browser) -> None:
    await created(ana, "Weekly sale")
    await asked(ana, "Weekly sale", timedelta(days=2))
    await wait_shown(ravi, "Weekly sale")
    (approve,) = ravi.buttons("Approve")
    (ts,) = re.findall(r'name="ts" value="([^"]+)">(?:(?!</form>).)*Approve', ravi.html, re.DOTALL)
    await ravi.post(approve, ts=ts, words="Approve")
    assert ravi.heading == "Approve it?"
    await ravi.answer()
    await wait_shown(ana, "To the next run")
    await wait_shown(ana, "Scheduled by")

    await ana.post("/clock", step="next run")
    await ana.look(panel="kore")
    assert row(ana, "Weekly sale").startswith("Weekly sale SMS Active 0 of 12")
    began = now(ana)
    await ana.post("/clock", step="1 week", panel="kore")
    assert now(ana) - began >= timedelta(weeks=1)
    assert row(ana, "Weekly sale").startswith("Weekly sale SMS Active ")

    await ana.post("/command", text="/campaign status Weekly sale")
    await wait_shown(ana, "\N{LARGE GREEN CIRCLE} Active")
    await command(ana, "/campaign sms Another", "New SMS campaign")
    await ana.fill("/modal/close", {})
    asked_for = await exchanged(ana)
    assert {status for _, status in asked_for} == {"ok", "acknowledged", "200"}
    commands = [what for what, _ in asked_for].index("/campaign")
    assert asked_for[commands - 1] == ("views.open", "ok")
    assert "Slack would have refused" not in ana.html


async def test_an_approval_expires(ana: Browser, ravi: Browser) -> None:
    await created(ana, "Late sale")
    await asked(ana, "Late sale", timedelta(days=30))
    await wait_shown(ravi, "It waits for approval until")
    await ravi.post("/clock", step="1 day")
    await ravi.post("/clock", step="1 hour")
    await wait_shown(ravi, "Nobody answered in time. Nothing was sent.")
    assert ravi.buttons("Approve") == []
    ana.place = "@campaign-bot"
    await wait_shown(ana, "Edit and try again")
    await ana.look(panel="kore")
    assert row(ana, "Late sale") == "Late sale SMS Ready 0 of 12 none"
