"""What a person sees and can wait for."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack
from sandbox.slack.words import words


async def test_a_wait_ends_when_the_bot_acts(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    waiting = asyncio.create_task(ana.wait_message(containing="Ready"))
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postMessage(channel=channel, text="Not yet")
    assert not waiting.done()
    await web.chat_postMessage(channel=channel, text="Ready now")
    assert (await waiting).text == "Ready now"


async def test_a_failed_wait_says_what_was_found(ana: Person) -> None:
    message = ana.say("Something else")
    with pytest.raises(TimeoutError, match="no message with 'Ready' among: Something else"):
        await ana.wait_message(containing="Ready", within=0.01)
    with pytest.raises(TimeoutError, match="no reply with 'Ready'"):
        await ana.wait_reply(message, containing="Ready", within=0.01)
    with pytest.raises(TimeoutError, match="no modal 'Campaign' with '', but none"):
        await ana.wait_modal("Campaign", within=0.01)


async def test_a_person_can_wait_for_a_modal_by_its_text(
    web: AsyncWebClient,
    ana: Person,
    form: Callable[..., dict[str, Any]],
    trigger: Callable[[], str],
) -> None:
    waiting = asyncio.create_task(ana.wait_modal(containing="Campaign name"))
    await web.views_open(trigger_id=trigger(), view=form())
    assert (await waiting).title == "Campaign"


async def test_a_person_can_wait_for_a_change(ana: Person) -> None:
    def look() -> int:
        return len(ana.notices)

    with pytest.raises(TimeoutError, match="nothing changed"):
        await ana.wait_change(look, 0, within=0.01)
    waiting = asyncio.create_task(ana.wait_change(look, 0))
    await ana.command("/unknown")
    await waiting
    assert look() == 1


async def test_one_of_several_buttons_with_the_same_text_is_chosen_by_its_ids(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, over_http: AsyncApp
) -> None:
    clicked: list[str] = []

    @over_http.action(re.compile("show"))
    async def _(ack: AsyncAck, body: dict[str, Any]) -> None:
        clicked.append(body["actions"][0]["value"])
        await ack()

    rows = [row("first row", "show"), row("second row", "show", "show again")]
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postMessage(channel=channel, text="Campaigns", blocks=rows)
    (message,) = ana.messages()
    with pytest.raises(LookupError, match="3 buttons say 'Show'"):
        await ana.click(message, "Show")
    with pytest.raises(LookupError, match="2 buttons say 'Show'"):
        await ana.click(message, "Show", block_id="second row")
    with pytest.raises(LookupError, match="no button 'Show'; there are: none"):
        await ana.click(message, "Show", block_id="third row")
    await ana.click(message, "Show", block_id="first row")
    await ana.click(message, "Show", block_id="second row", action_id="show again")
    assert clicked == ["first row: show", "second row: show again"]


def row(block_id: str, *action_ids: str) -> dict[str, Any]:
    show = {"type": "button", "text": {"type": "plain_text", "text": "Show"}}
    elements = [
        {**show, "action_id": action_id, "value": f"{block_id}: {action_id}"}
        for action_id in action_ids
    ]
    return {"type": "actions", "block_id": block_id, "elements": elements}


def test_a_person_knows_names_channels_and_the_time(slack: PretendSlack, ana: Person) -> None:
    ravi, leads = slack.workspace.user_named("ravi"), slack.workspace.channel_named("leads")
    slack.workspace.direct(ana.user.id)
    assert ana.mentioned(f"@{ravi.id}") == "@Ravi Iyer"
    assert ana.mentioned(f"#{leads.id}") == "#leads"
    assert ana.mentioned(f"#{ravi.id}") is None
    assert ana.channels == ["#campaigns", "#marketing", "#leads"]
    assert str(ana.now().tzinfo) == "America/New_York"


def test_people_can_invite_others(slack: PretendSlack, ana: Person) -> None:
    message = ana.invite("@Campaign bot", "#leads")
    assert (message.author, message.text) == ("Campaign bot", "was added to #leads by Ana Lopez.")
    assert slack.workspace.bot.id in slack.workspace.channel_named("leads").members
    with pytest.raises(LookupError, match="into a direct conversation"):
        ana.invite("Ravi Iyer", "@campaign-bot")


async def test_messages_of_people_have_an_author(ana: Person, slack: PretendSlack) -> None:
    ana.say("Good morning")
    (message,) = slack.person("Ravi Iyer").messages()
    assert message.author == "Ana Lopez"
    assert not message.is_from_bot
    assert not message.is_edited
    assert message.buttons == []
    assert message.metadata is None


def test_the_text_of_blocks_leaves_out_hidden_parts() -> None:
    blocks = [
        {"type": "header", "block_id": "b", "text": {"type": "plain_text", "text": "Head"}},
        {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "Chart"},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "Body"},
            "accessory": {
                "type": "static_select",
                "placeholder": {"type": "plain_text", "text": "Choose"},
                "options": [{"text": {"type": "plain_text", "text": "Hidden"}, "value": "h"}],
                "confirm": {"title": {"type": "plain_text", "text": "Sure?"}},
            },
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "checkboxes",
                    "options": [{"text": {"type": "mrkdwn", "text": "Shown"}, "value": "s"}],
                }
            ],
        },
    ]
    assert words(blocks) == "Head\nChart\nBody\nChoose\nShown"
