"""Commands and shortcuts that are in the manifest, and ones that are not."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Person, PretendSlack
from sandbox.slack.payloads import message_shortcut
from tests.sandbox.stage import MANIFEST

Body = dict[str, Any]


async def test_slack_answers_an_unknown_command_itself(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    assert over_http is not None
    await ana.command("/campaigns list")
    (notice,) = ana.notices
    assert notice.startswith("/campaigns is not a valid command. In Slack, all messages that start")
    assert notice.endswith("try preceding the “/” with an empty space.")
    assert not slack.deliveries
    assert ana.messages() == []


async def test_a_shortcut_that_is_not_in_the_menu_cannot_be_chosen(
    slack: PretendSlack, ana: Person
) -> None:
    with pytest.raises(LookupError, match="no global shortcut 'from_message'"):
        await ana.shortcut("from_message")
    with pytest.raises(LookupError, match="no message shortcut 'new_campaign'"):
        await ana.message_shortcut(ana.say("Hello"), "new_campaign")
    assert not slack.deliveries


async def test_a_message_shortcut_has_the_message(
    slack: PretendSlack, over_http: AsyncApp, ana: Person, form: Callable[..., Body]
) -> None:
    seen: list[Body] = []

    @over_http.shortcut("from_message")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient, respond: AsyncRespond) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await respond("Only for you")

    said = slack.person("ravi").say("Tell our customers", "leads")
    await ana.message_shortcut(ana.messages("leads")[0], "from_message")
    assert (await ana.wait_modal()).title == "Campaign"
    answer = await ana.wait_message("leads", containing="Only for you")
    assert answer.is_ephemeral
    (body,) = seen
    assert body["type"] == "message_action"
    assert body["callback_id"] == "from_message"
    assert body["message_ts"] == body["message"]["ts"] == said.ts
    assert body["message"]["text"] == "Tell our customers"
    assert body["message"]["user"] == slack.person("ravi").user.id
    assert body["user"]["id"] == ana.user.id
    assert body["channel"] == {"id": said.channel.id, "name": "leads"}
    with pytest.raises(LookupError, match="an ephemeral message has no shortcuts"):
        await ana.message_shortcut(answer, "from_message")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("1 < 2 & 3 &amp; 4", "1 &lt; 2 &amp; 3 &amp;amp; 4"),
        ("see https://shop.example.com", "see <https://shop.example.com>"),
        ("@here and @nobody", "<!here> and @nobody"),
        ("write to a@b.example", "write to <mailto:a@b.example|a@b.example>"),
    ],
)
async def test_the_text_of_a_message_is_escaped_for_the_app(
    slack: PretendSlack, ana: Person, typed: str, sent: str
) -> None:
    said = ana.say(typed)
    assert said.text == typed
    payload = message_shortcut(slack.state, ana.user, said.channel, said.post, "use").payload
    assert payload["message"]["text"] == sent


async def test_a_person_named_in_a_message_is_an_id_for_the_app(
    slack: PretendSlack, ana: Person
) -> None:
    said, ravi = ana.say("ask @ravi in #leads"), slack.person("ravi").user
    payload = message_shortcut(slack.state, ana.user, said.channel, said.post, "use").payload
    leads = slack.workspace.channel_named("leads").id
    assert payload["message"]["text"] == f"ask <@{ravi.id}> in <#{leads}|leads>"


@pytest.mark.parametrize(
    "manifest",
    [
        MANIFEST.model_copy(update={"messages_tab_read_only": True}),
        MANIFEST.model_copy(update={"messages_tab_enabled": False}),
    ],
)
async def test_nobody_can_write_to_an_app_without_messages(
    slack: PretendSlack, ana: Person
) -> None:
    off = "messages to this app has been turned off"
    with pytest.raises(LookupError, match=off):
        ana.say("Hello", "@campaign-bot")
    with pytest.raises(LookupError, match=off):
        await ana.command("/campaign", "@campaign-bot")
    assert ana.messages("@campaign-bot") == []
    assert not slack.deliveries
