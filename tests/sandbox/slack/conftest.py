"""Fixtures: a running pretend Slack, the real SDK's client for it, and real Bolt apps."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp

from sandbox.clock import Clock
from sandbox.server import listen, serving
from sandbox.slack import Manifest, Modal, Person, PretendSlack
from tests.sandbox.stage import (
    BOT_TOKEN,
    MANIFEST,
    Stage,
    bolt_app,
    fresh_slack,
)

View = dict[str, Any]

TEXT = {"type": "plain_text_input"}


@dataclass(frozen=True)
class Theater:
    """Two servers that all tests share, because starting one takes longer than a test."""

    slack: Stage
    slack_url: str
    bot: Stage
    bot_url: str


@pytest.fixture(scope="session")
async def theater() -> AsyncIterator[Theater]:
    slack, bot = Stage(), Stage()
    async with serving(slack, listen()) as slack_url, serving(bot, listen()) as bot_url:
        yield Theater(slack, slack_url, bot, bot_url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def manifest() -> Manifest:
    """The app's manifest; a test can replace it with parametrize."""
    return MANIFEST


@pytest.fixture
async def slack(clock: Clock, theater: Theater, manifest: Manifest) -> AsyncIterator[PretendSlack]:
    """A new pretend Slack for each test; tests that cause complaints must clear them."""
    slack = fresh_slack(clock, manifest)
    theater.slack.app = slack.app
    slack.reached_at(theater.slack_url)
    yield slack
    await slack.close()
    assert slack.complaints == []


@pytest.fixture
async def web(slack: PretendSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        base_url = f"{slack.state.base_url}/api/"
        yield AsyncWebClient(token=BOT_TOKEN, base_url=base_url, session=session)


@pytest.fixture
def bolt(web: AsyncWebClient) -> AsyncApp:
    """A Bolt app without listeners."""
    return bolt_app(web)


@pytest.fixture
def serve_bot(slack: PretendSlack, theater: Theater) -> Callable[[ASGIApp], None]:
    """A function that makes Slack deliver to an app by HTTP."""

    def serve(app: ASGIApp) -> None:
        theater.bot.app = app
        slack.deliver_to(f"{theater.bot_url}/slack/events")

    return serve


@pytest.fixture
def over_http(bolt: AsyncApp, serve_bot: Callable[[ASGIApp], None]) -> AsyncApp:
    """The Bolt app, to which Slack delivers by HTTP."""
    serve_bot(cast("ASGIApp", AsyncSlackRequestHandler(bolt)))  # Bolt's type of a scope is narrow
    return bolt


@pytest.fixture
def ana(slack: PretendSlack) -> Person:
    return slack.person("Ana Lopez")


@pytest.fixture
def trigger(slack: PretendSlack, ana: Person) -> Callable[[], str]:
    """A function that returns a trigger of something Ana did outside any view."""
    return lambda: slack.state.triggers.issue(ana.user.id)


@pytest.fixture
def form() -> Callable[..., View]:
    """A function that returns a form with a field for a name; keywords replace its parts."""

    def view(**parts: object) -> View:
        return {
            "type": "modal",
            "callback_id": "create",
            "title": plain("Campaign"),
            "submit": plain("Create"),
            "blocks": [text_input("name", "Campaign name")],
            **parts,
        }

    return view


@pytest.fixture
def field() -> Callable[..., View]:
    """A function that returns an input block with this ID, label and element."""
    return input_block


@pytest.fixture
def blocks() -> list[View]:
    """A name, a format that adds another field, contact lists, a priority and a note."""
    lists = {"type": "multi_external_select", "min_query_length": 2}
    number = {"type": "number_input", "is_decimal_allowed": False, "initial_value": "5"}
    return [
        input_block("name", "Campaign name", {**TEXT, "max_length": 20}),
        input_block("format", "Format", select("Message", "Template"), dispatch_action=True),
        input_block("lists", "Contact lists", lists),
        input_block("priority", "Priority", {**number, "min_value": "1", "max_value": "9"}),
        input_block("note", "Note", TEXT, optional=True),
    ]


@pytest.fixture
def lists() -> list[str]:
    """The contact lists that the bot offers."""
    return ["Spring customers", "Spring leads", "VIP"]


@pytest.fixture
def acks() -> list[View]:
    """The bot's answers to the next submissions; it answers with nothing if the list is empty."""
    return []


@pytest.fixture
def bot(
    over_http: AsyncApp, form: Callable[..., View], blocks: list[View], acks: list[View]
) -> AsyncApp:
    """A bot that opens this form and creates its campaign."""

    @over_http.command("/campaign")
    async def _(ack: AsyncAck, body: View, client: AsyncWebClient) -> None:
        await ack()
        view = form(blocks=blocks, private_metadata=body["channel_id"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @over_http.action("answer")
    async def _(ack: AsyncAck, body: View, client: AsyncWebClient) -> None:
        view, chosen = body["view"], body["actions"][0]["selected_option"]
        further = input_block(chosen["value"], chosen["text"]["text"], TEXT)
        changed = form(blocks=[*blocks, further], private_metadata=view["private_metadata"])
        await client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        await ack()

    @over_http.view("create")
    async def _(ack: AsyncAck, view: View, client: AsyncWebClient) -> None:
        await ack(acks.pop(0) if acks else "")
        name = view["state"]["values"]["name"]["answer"]["value"]
        await client.chat_postMessage(channel=view["private_metadata"], text=f"Created {name}")

    return over_http


@pytest.fixture
async def modal(bot: AsyncApp, ana: Person, lists: list[str]) -> Modal:
    """The form, opened by a command, with the contact lists as suggestions."""

    @bot.options("answer")
    async def _(ack: AsyncAck, body: View) -> None:
        await ack(options=[option(text) for text in lists if text.startswith(body["value"])])

    await ana.command("/campaign sms")
    return await ana.wait_modal("Campaign")


@pytest.fixture
async def completed(modal: Modal) -> Modal:
    """The form with an answer in every required field."""
    await modal.fill(
        {
            "Campaign name": "Spring sale",
            "Format": "Template",
            "Contact lists": ["Spring leads", "VIP"],
            "Template": "spring_1",
        }
    )
    return modal


def plain(text: str) -> View:
    return {"type": "plain_text", "text": text}


def input_block(block_id: str, label: str, element: View, **more: object) -> View:
    element = {"action_id": "answer", **element}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def text_input(block_id: str, label: str) -> View:
    return input_block(block_id, label, TEXT)


def option(text: str) -> View:
    return {"text": plain(text), "value": text.lower()}


def select(*texts: str) -> View:
    return {"type": "static_select", "options": [option(text) for text in texts]}
