"""The page asks for a new version and gets an answer when something has changed."""

import asyncio

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import Receive, Scope, Send

from sandbox.kore import PretendKore
from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.conftest import Theater
from tests.sandbox.page.sample_bot import home


@pytest.fixture(autouse=True)
def for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make requests wait longer than any test runs."""
    monkeypatch.setattr("sandbox.page.app.FOLLOWED_SECONDS", 60)


async def version(browser: Browser, known: str | None = None) -> str:
    asked = browser.whereabouts if known is None else {**browser.whereabouts, "known": known}
    answer = await browser.http.get("/version", params=asked)
    assert answer.status_code == 200
    return answer.text


async def test_an_outdated_version_is_answered_at_once(browser: Browser) -> None:
    now = await version(browser)
    assert await version(browser, "older") == now
    assert await version(browser, "") == now


async def test_the_request_waits_for_a_message(
    web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    known = await version(browser)
    waiting = asyncio.create_task(version(browser, known))
    await browser.look()
    assert f'data-version="{known}"' in browser.html
    assert not waiting.done()
    await web.chat_postMessage(channel=channel, text="News")
    assert await waiting != known
    assert await waiting == await version(browser)


async def test_the_request_waits_for_a_form_and_for_its_change(
    ana: Person, browser: Browser
) -> None:
    known = await version(browser)
    waiting = asyncio.create_task(version(browser, known))
    await ana.command("/campaign steps")
    opened = await waiting
    assert opened != known
    modal = ana.modal()
    assert modal is not None
    waiting = asyncio.create_task(version(browser, opened))
    await modal.click("Next")
    assert await waiting != opened


async def test_the_request_waits_for_a_home_tab(
    web: AsyncWebClient, ana: Person, browser: Browser
) -> None:
    browser.place, browser.tab = "@campaign-bot", "home"
    known = await version(browser)
    waiting = asyncio.create_task(version(browser, known))
    await web.views_publish(user_id=ana.user.id, view=home("Welcome"))
    assert await waiting != known


async def test_the_request_waits_for_changes_in_the_panel(
    kore: PretendKore, browser: Browser
) -> None:
    browser.panel = "faults"
    known = await version(browser)
    waiting = asyncio.create_task(version(browser, known))
    await browser.look()
    assert not waiting.done()
    kore.faults.add("*", "reset")
    assert await waiting != known


async def test_things_that_only_others_see_do_not_change_the_version(
    slack: PretendSlack, web: AsyncWebClient, channel: str, browser: Browser
) -> None:
    ravi = slack.workspace.user_named("ravi").id
    known = await version(browser)
    await web.chat_postEphemeral(channel=channel, user=ravi, text="For Ravi")
    await slack.person("Ravi Iyer").command("/campaign steps")
    assert await version(browser) == known


async def test_the_request_ends_after_a_while_without_changes(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.page.app.FOLLOWED_SECONDS", 0.05)
    known = await version(browser)
    async with asyncio.timeout(10):
        assert await version(browser, known) == known


async def test_the_request_ends_when_its_client_disconnects(
    browser: Browser, theater: Theater
) -> None:
    page, ended = theater.page.app, asyncio.Event()

    async def noted(scope: Scope, receive: Receive, send: Send) -> None:
        await page(scope, receive, send)
        ended.set()

    known = await version(browser)
    theater.page.app = noted
    impatient = httpx.Timeout(10, read=0.05)
    asked = {**browser.whereabouts, "known": known}
    with pytest.raises(httpx.ReadTimeout):
        await browser.http.get("/version", params=asked, timeout=impatient)
    async with asyncio.timeout(10):
        await ended.wait()
