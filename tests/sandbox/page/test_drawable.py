"""The page can draw every block and element that the bot uses."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models import blocks as models
from slack_sdk.models.blocks import Block, BlockElement
from slack_sdk.web.async_client import AsyncWebClient

from blocks import messages
from blocks.campaign_lists import AsRead, campaign_list
from blocks.card import CardFacts, card
from blocks.drawing import draw
from blocks.form import Form, FormContext, Values
from blocks.home import AskedFor, Shown, home
from blocks.kit import Message
from blocks.results import ShownResults, results_message
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.refs import CampaignRef
from bot.campaigns.upcoming import Upcoming
from sandbox.page.emoji import EMOJI
from sandbox.page.render import Reader
from sandbox.slack import Person
from tests.blocks.samples import COUNTS, FILLED, FILLED_IDS, NOW, as_json, as_sent, plan, snapshot
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import Body, button, field_block, options, plain, step

BLOCKS = Path(__file__).parents[3] / "blocks"
EMOJI_NAME = re.compile(r":([a-z+-][a-z0-9_+-]*):")
# One sample of each type that the bot uses.
SAMPLES: dict[str, Body] = {
    "actions": {"type": "actions", "elements": [button("Go", "go")]},
    "context": {"type": "context", "elements": [plain("Small print")]},
    "header": {"type": "header", "text": plain("Heading")},
    "input": field_block("Note", {"type": "plain_text_input"}),
    "section": {"type": "section", "text": plain("Paragraph")},
    "button": button("Go", "go"),
    "checkboxes": {"type": "checkboxes", "options": options("Mon", "Tue")},
    "conversations_select": {"type": "conversations_select"},
    "datepicker": {"type": "datepicker"},
    "external_select": {"type": "external_select"},
    "file_input": {"type": "file_input", "filetypes": ["csv"], "max_files": 1},
    "overflow": {"type": "overflow", "options": options("Edit", "Clone")},
    "multi_external_select": {"type": "multi_external_select"},
    "number_input": {"type": "number_input", "is_decimal_allowed": False},
    "plain_text_input": {"type": "plain_text_input"},
    "static_select": {"type": "static_select", "options": options("Daily")},
    "timepicker": {"type": "timepicker"},
}
IN_A_ROW = ("button", "overflow")
MESSAGES = {
    "card": card(CardFacts(snapshot=snapshot(), schedule=plan(), created_by=None, checked_at=NOW)),
    "help": messages.help_page(),
    "results": results_message(ShownResults(CampaignRef(id="cd-1", name="Renewals"), COUNTS)),
    "menu": messages.menu(),
    "kept form": messages.form_kept("New SMS campaign", "key"),
}


def trees() -> Iterator[ast.Module]:
    return (ast.parse(path.read_text()) for path in sorted(BLOCKS.rglob("*.py")))


@cache
def used_models() -> set[type[Any]]:
    """Return what `blocks` imports from the Slack SDK's Block Kit models."""
    return {
        getattr(import_module(str(node.module)), alias.name)
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(models.__name__)
        for alias in node.names
    }


def types_of(*kinds: type) -> set[str]:
    """Return the Block Kit types of the used models of these kinds."""
    found = {getattr(each, "type", None) for each in used_models() if issubclass(each, kinds)}
    return {each for each in found if isinstance(each, str)}


def used_emoji() -> set[str]:
    texts = [
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {name for text in texts for name in EMOJI_NAME.findall(text)}


@pytest.mark.parametrize("name", sorted(used_emoji()))
def test_every_emoji_of_the_bot_is_drawn(ana: Person, name: str) -> None:
    assert str(Reader(ana).mrkdwn(f"*A* :{name}: b")) == f"<strong>A</strong> {EMOJI.get(name)} b"


def test_the_bots_emoji_are_found() -> None:
    assert used_emoji() >= {"calendar", "white_check_mark", "grey_question"}


def test_there_is_a_sample_of_every_type_that_the_bot_uses() -> None:
    """If the bot uses a new type, add a sample of it and let the page draw it."""
    assert types_of(Block, BlockElement) == SAMPLES.keys()


@pytest.mark.parametrize("name", SAMPLES)
async def test_every_type_of_the_bot_is_drawn(
    web: AsyncWebClient, ana: Person, browser: Browser, name: str
) -> None:
    sample = SAMPLES[name]
    is_block = name in types_of(Block)
    row = {"type": "actions", "elements": [sample]}
    around = sample if is_block else row if name in IN_A_ROW else field_block("Note", sample)
    await shown_in_a_form(web, ana, browser, step(1) | {"blocks": [around]})
    assert "cannot draw" not in browser.html
    assert ("Note" in browser.form().get("drawn", [])) is (around["type"] == "input")


async def shown_in_a_form(web: AsyncWebClient, ana: Person, browser: Browser, view: Body) -> None:
    """Open a form and replace it with this view."""
    await ana.command("/campaign steps")
    modal = ana.modal()
    assert modal is not None
    await web.views_update(view_id=modal.id, view=view)
    await browser.look()


@pytest.mark.parametrize("filled", FILLED, ids=FILLED_IDS)
async def test_every_form_of_the_bot_is_drawn(
    web: AsyncWebClient,
    ana: Person,
    channel: str,
    browser: Browser,
    filled: tuple[type[Form], Values],
) -> None:
    form, values = filled
    for unfolded in (False, True):
        context = FormContext(channel=channel, unfolded=unfolded)
        view = as_json(draw(form, {**values, "channel": channel}, context))
        await shown_in_a_form(web, ana, browser, view)
        assert "cannot draw" not in browser.html
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        assert browser.form()["drawn"] == [block["label"]["text"] for block in inputs]


async def test_the_bots_home_is_drawn(web: AsyncWebClient, ana: Person, browser: Browser) -> None:
    asked = AskedFor(snapshot=snapshot(), seen_at=NOW, asked_at=NOW)
    here = Environments(all=(Environment(name="sandbox"),))
    every = campaign_list([], "", 0, more=False, read=AsRead())
    view = as_json(home(Shown(asked=[asked], upcoming=Upcoming(), latest=every), here))
    await web.views_publish(user_id=ana.user.id, view=view)
    browser.place, browser.tab = "@campaign-bot", "home"
    await browser.look()
    assert "cannot draw" not in browser.html
    assert 'class="header">Your latest requests</h3>' in browser.html
    assert len(browser.buttons("Show")) == 1


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
async def test_the_bots_messages_are_drawn(
    web: AsyncWebClient, channel: str, browser: Browser, message: Message
) -> None:
    sent = as_sent(message)
    await web.chat_postMessage(channel=channel, **sent)
    await browser.look()
    assert "cannot draw" not in browser.html
    for block in sent["blocks"]:
        for each in block.get("elements", []):
            if each["type"] == "button":
                assert browser.buttons(each["text"]["text"]) != []
