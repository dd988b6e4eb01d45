"""What a person sees, and waits for."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
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


async def test_a_wait_in_vain_says_what_is_there(ana: Person) -> None:
    message = ana.say("Something else")
    with pytest.raises(TimeoutError, match="no message with 'Ready' among: Something else"):
        await ana.wait_message(containing="Ready", within=0.01)
    with pytest.raises(TimeoutError, match="no reply with 'Ready'"):
        await ana.wait_reply(message, containing="Ready", within=0.01)
    with pytest.raises(TimeoutError, match="no modal 'Campaign' with '', but none"):
        await ana.wait_modal("Campaign", within=0.01)


async def test_a_modal_can_be_waited_for_by_its_words(
    web: AsyncWebClient,
    ana: Person,
    form: Callable[..., dict[str, Any]],
    trigger: Callable[[], str],
) -> None:
    waiting = asyncio.create_task(ana.wait_modal(containing="Campaign name"))
    await web.views_open(trigger_id=trigger(), view=form())
    assert (await waiting).title == "Campaign"


async def test_messages_of_people_have_an_author(ana: Person, slack: PretendSlack) -> None:
    ana.say("Good morning")
    (message,) = slack.person("Ravi Iyer").messages()
    assert message.author == "Ana Lopez"
    assert message.buttons == []
    assert message.metadata is None


def test_the_words_on_the_screen_leave_out_what_is_hidden() -> None:
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
