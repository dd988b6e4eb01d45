"""Buttons with the same text."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import Body, plain


async def test_the_right_one_of_several_buttons_with_the_same_text_is_pressed(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, browser: Browser
) -> None:
    await web.chat_postMessage(
        channel=slack.workspace.channel_named("campaigns").id,
        text="Campaigns",
        blocks=[show_row("first row", "one"), show_row("second row", "two", "three")],
    )
    await browser.look()
    (message,) = ana.messages()
    for address in browser.buttons("Show"):
        await browser.post(address, ts=message.ts, words="Show")
    clicked = [each.packet.payload["actions"][0] for each in slack.deliveries]
    assert [(each["block_id"], each["action_id"]) for each in clicked] == [
        ("first row", "one"),
        ("second row", "two"),
        ("second row", "three"),
    ]


async def test_an_ambiguous_button_is_not_pressed(
    slack: PretendSlack, web: AsyncWebClient, ana: Person, browser: Browser
) -> None:
    channel = slack.workspace.channel_named("campaigns").id
    rows = [show_row("row", "one", "two")]
    await web.chat_postMessage(channel=channel, text="Two", blocks=rows)
    (message,) = ana.messages()
    await browser.post("/click", ts=message.ts, words="Show")
    assert "2 buttons say 'Show'" in browser.words
    await browser.post("/click", ts="1.0", words="Show")
    assert "that message is not there any more" in browser.words
    assert not slack.deliveries


def show_row(block_id: str, *action_ids: str) -> Body:
    show = {"type": "button", "text": plain("Show")}
    elements = [{**show, "action_id": action_id} for action_id in action_ids]
    return {"type": "actions", "block_id": block_id, "elements": elements}
