"""Fixtures: the page in a browser without scripts, a pretend Slack and a real Bolt app."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import aiohttp
import httpx
import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp

from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.page import Backstage, Guide, Hint, build_page
from sandbox.server import listen, serving
from sandbox.slack import Person, PretendSlack
from tests.sandbox.kore.conftest import ACCOUNT, CLIENT_ID, SECRET, STREAM, Signature
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import LISTS, listen_to_people
from tests.sandbox.stage import BOT_TOKEN, MANIFEST, Stage, bolt_app, fresh_slack


@dataclass(frozen=True)
class Theater:
    """Servers that all tests share, because starting one takes longer than a test."""

    slack: Stage
    slack_url: str
    kore: Stage
    kore_url: str
    bot: Stage
    bot_url: str
    page: Stage
    page_url: str


@pytest.fixture(scope="session")
async def theater() -> AsyncIterator[Theater]:
    slack, kore, bot, page = Stage(), Stage(), Stage(), Stage()
    async with (
        serving(slack, listen()) as slack_url,
        serving(kore, listen()) as kore_url,
        serving(bot, listen()) as bot_url,
        serving(page, listen()) as page_url,
    ):
        yield Theater(slack, slack_url, kore, kore_url, bot, bot_url, page, page_url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(theater: Theater, clock: Clock) -> AsyncIterator[PretendSlack]:
    named = {
        "name": "Sample",
        "description": "Makes campaigns",
        "long_description": "It makes campaigns.",
    }
    slack = fresh_slack(clock, MANIFEST.model_copy(update=named))
    slack.reached_at(theater.slack_url)
    slack.deliver_to(f"{theater.bot_url}/slack/events")
    yield slack
    await slack.close()
    assert slack.complaints == []


@pytest.fixture
def ana(slack: PretendSlack) -> Person:
    return slack.person("Ana Lopez")


@pytest.fixture
def channel(slack: PretendSlack) -> str:
    """The ID of the channel that the page shows first."""
    return slack.workspace.channel_named("campaigns").id


@pytest.fixture
def kore(clock: Clock) -> PretendKore:
    return PretendKore(
        clock=clock,
        stream_id=STREAM,
        account_id=ACCOUNT,
        client_id=CLIENT_ID,
        client_secret=SECRET,
    )


@pytest.fixture
async def asking_kore(theater: Theater, kore: PretendKore) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the pretend Kore.ai that signs its requests."""
    theater.kore.app = kore.app
    async with httpx.AsyncClient(
        base_url=f"{theater.kore_url}/campaign/api/v2/public/{STREAM}",
        headers={"accountId": ACCOUNT, "iid": STREAM},
        params={"accountId": ACCOUNT},
        auth=Signature(),
    ) as client:
        yield client


@pytest.fixture
async def http(
    slack: PretendSlack, kore: PretendKore, clock: Clock, theater: Theater
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the page."""

    async def forward(by: timedelta) -> None:
        clock.forward(by)

    guide = Guide("Ana Lopez", "Ravi Iyer", "leads", hints=[Hint("Contact lists", LISTS)])
    theater.page.app = build_page(Backstage(clock, slack, kore, forward), guide)
    async with httpx.AsyncClient(base_url=theater.page_url) as client:
        yield client


@pytest.fixture
async def web(slack: PretendSlack, theater: Theater) -> AsyncIterator[AsyncWebClient]:
    """The bot's client for Slack's Web API."""
    theater.slack.app = slack.app
    async with aiohttp.ClientSession() as session:
        base_url = f"{theater.slack_url}/api/"
        yield AsyncWebClient(token=BOT_TOKEN, base_url=base_url, session=session)


@pytest.fixture
def bot(web: AsyncWebClient) -> AsyncApp:
    """A bot with one form, a typeahead, and a button."""
    bolt = bolt_app(web)
    listen_to_people(bolt)
    return bolt


@pytest.fixture
def browser(
    http: httpx.AsyncClient, bot: AsyncApp, theater: Theater, monkeypatch: pytest.MonkeyPatch
) -> Browser:
    """Ana's browser with a running bot; the page waits only for the bot's first change."""
    monkeypatch.setattr("sandbox.page.screen.STILL", 0.01)
    handler = AsyncSlackRequestHandler(bot)
    theater.bot.app = cast("ASGIApp", handler)  # Bolt's type of a scope is narrow
    return Browser(http)


@pytest.fixture
async def opened(browser: Browser) -> Browser:
    """The browser with a form that a command opened."""
    await browser.post("/command", text="/campaign sms")
    return browser
