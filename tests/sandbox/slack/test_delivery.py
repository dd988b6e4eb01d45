"""Commands, shortcuts and clicks, delivered by HTTP to a real Bolt app."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import Response
from starlette.types import ASGIApp

from sandbox.clock import Clock
from sandbox.slack import Person, PretendSlack
from sandbox.slack.courier import signature

Body = dict[str, Any]
BUTTON = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {
            "type": "button",
            "action_id": "start",
            "text": {"type": "plain_text", "text": "Start"},
            "value": "c1",
        },
        {
            "type": "overflow",
            "action_id": "more",
            "options": [
                {"text": {"type": "plain_text", "text": "Clone"}, "value": "clone"},
                {"text": {"type": "plain_text", "text": "Delete"}, "value": "delete"},
            ],
        },
    ],
}


def remember(app: AsyncApp) -> list[Body]:
    """Acknowledge every click, command and shortcut, and return the list of their bodies."""
    seen: list[Body] = []

    @app.action(re.compile(".*"))
    @app.command(re.compile(".*"))
    @app.shortcut(re.compile(".*"))
    async def _(ack: AsyncAck, body: Body) -> None:
        seen.append(body)
        await ack()

    return seen


def test_the_signature_matches_slacks_documentation() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F"
        b"commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signed = signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
    assert signed == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


async def test_a_command_has_slacks_fields(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    seen = remember(over_http)
    await ana.command("/campaign sms Spring sale & more", channel="marketing")
    (body,) = seen
    assert body["command"] == "/campaign"
    assert body["text"] == "sms Spring sale & more"
    assert body["channel_name"] == "marketing"
    assert body["user_id"] == ana.user.id
    assert body["team_id"] == slack.workspace.id
    assert body["is_enterprise_install"] == "false"
    assert body["response_url"].startswith("http://127.0.0.1:")
    assert slack.deliveries[-1].status == "acknowledged"
    assert 0 <= slack.deliveries[-1].ack_ms < 3_000


async def test_names_in_a_command_are_escaped_on_request(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    seen = remember(over_http)
    await ana.command("/escaped watch #campaigns @ravi #nowhere <b>")
    channel, ravi = slack.workspace.channel_named("campaigns").id, slack.person("ravi").user.id
    assert seen[0]["text"] == (f"watch <#{channel}|campaigns> <@{ravi}|ravi> #nowhere &lt;b&gt;")


async def test_a_command_can_be_answered_in_its_ack(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    @over_http.command("/campaign")
    async def _(ack: AsyncAck) -> None:
        await ack("Try /campaign help")

    await ana.command("/campaign dance")
    message = await ana.wait_message(containing="help")
    assert message.is_ephemeral
    assert slack.person("ravi").messages() == []


async def test_an_invalid_answer_in_an_ack_is_not_shown(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    @over_http.command("/campaign")
    async def _(ack: AsyncAck) -> None:
        await ack(text="Menu", blocks=[{"type": "mystery"}])

    await ana.command("/campaign")
    assert ana.messages() == []
    assert slack.complaints[0].startswith("the ack of a command: [ERROR] ")
    slack.complaints.clear()


async def test_the_ack_of_a_shortcut_must_have_no_body(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    @over_http.shortcut("new_campaign")
    async def _(ack: AsyncAck) -> None:
        await ack("Thank you")

    await ana.shortcut("new_campaign")
    assert slack.complaints == ["shortcut: the ack of this interaction has no body"]
    slack.complaints.clear()


async def test_a_command_in_the_direct_conversation(over_http: AsyncApp, ana: Person) -> None:
    seen = remember(over_http)
    await ana.command("/campaign", channel="@campaign-bot")
    assert seen[0]["channel_name"] == "directmessage"


async def test_setting_the_clock_forward_does_not_make_an_ack_late(
    slack: PretendSlack, over_http: AsyncApp, ana: Person, clock: Clock
) -> None:
    @over_http.command("/campaign")
    async def _(ack: AsyncAck) -> None:
        clock.forward(timedelta(minutes=4))
        await ack("In time")

    await ana.command("/campaign")
    assert ana.notices == []
    assert [each.text for each in ana.messages()] == ["In time"]
    assert slack.deliveries[-1].ack_ms < 3_000


async def test_slack_stops_waiting_for_a_bot_that_hangs(
    slack: PretendSlack, over_http: AsyncApp, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = asyncio.Event()

    @over_http.command("/campaign")
    async def _(ack: AsyncAck) -> None:
        await given_up.wait()
        await ack()

    monkeypatch.setattr("sandbox.slack.courier.ACK_LIMIT", timedelta(milliseconds=20))
    await ana.command("/campaign")
    given_up.set()
    assert slack.deliveries[-1].error == "operation_timeout"
    assert ana.notices == ["/campaign failed with the error “operation_timeout”"]


async def test_a_person_sees_a_notice_after_an_error_of_the_bot(
    over_http: AsyncApp, ana: Person
) -> None:
    assert over_http is not None
    await ana.command("/campaign")
    await ana.shortcut("new_campaign")
    assert ana.notices == [
        "/campaign failed with the error “http_client_error”",
        "We had some trouble connecting. Try again?",
    ]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Response(status_code=500), "http_service_error"),
        (Response(status_code=404), "http_client_error"),
        (Response("{", media_type="application/json"), "invalid_response"),
    ],
)
async def test_an_invalid_ack_is_a_failure(
    serve_bot: Callable[[ASGIApp], None], ana: Person, answer: Response, error: str
) -> None:
    serve_bot(answer)
    await ana.command("/campaign")
    assert ana.notices == [f"/campaign failed with the error “{error}”"]


async def test_an_unreachable_bot_is_a_failure(slack: PretendSlack, ana: Person) -> None:
    slack.deliver_to("http://127.0.0.1:9/slack/events")
    await ana.command("/campaign")
    assert ana.notices == ["/campaign failed with the error “dispatch_failed”"]


async def test_a_shortcut_has_a_trigger(over_http: AsyncApp, ana: Person) -> None:
    seen = remember(over_http)
    await ana.shortcut("new_campaign")
    assert seen[0]["type"] == "shortcut"
    assert seen[0]["callback_id"] == "new_campaign"
    assert seen[0]["trigger_id"]


async def test_a_click_in_a_message_has_all_details(
    slack: PretendSlack, over_http: AsyncApp, web: AsyncWebClient, ana: Person
) -> None:
    seen = remember(over_http)
    channel = slack.workspace.channel_named("campaigns").id
    posted = await web.chat_postMessage(channel=channel, text="Ready", blocks=[BUTTON])
    message = await ana.wait_message(containing="Start")
    await ana.click(message, "Start")
    (body,) = seen
    assert body["actions"][0]["value"] == "c1"
    assert body["actions"][0]["block_id"] == "row"
    assert body["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": channel,
        "is_ephemeral": False,
    }
    assert body["message"]["text"] == "Ready"
    assert body["user"]["id"] == ana.user.id


async def test_a_click_in_an_ephemeral_message_does_not_have_the_message(
    slack: PretendSlack, over_http: AsyncApp, web: AsyncWebClient, ana: Person
) -> None:
    seen = remember(over_http)
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postEphemeral(channel=channel, user=ana.user.id, text="Menu", blocks=[BUTTON])
    (message,) = ana.messages()
    assert message.buttons == ["Start", "Clone", "Delete"]
    await ana.click(message, "Delete")
    assert seen[0]["actions"][0]["selected_option"]["value"] == "delete"
    assert seen[0]["container"]["is_ephemeral"] is True
    assert "message" not in seen[0]
    with pytest.raises(LookupError, match="no button 'Stop'; there are: Start, Clone, Delete"):
        await ana.click(message, "Stop")


async def test_a_packet_can_be_delivered_again_and_in_parallel(
    slack: PretendSlack, over_http: AsyncApp, ana: Person
) -> None:
    retries: list[tuple[str, list[str]]] = []
    both = asyncio.Barrier(2)

    @over_http.command("/campaign")
    async def _(ack: AsyncAck, request: Any, body: Body) -> None:  # noqa: ANN401 # Bolt matches arguments by name
        retries.append((body["trigger_id"], request.headers.get("x-slack-retry-num", [])))
        if len(retries) > 1:
            await both.wait()
        await ack()

    await ana.command("/campaign")
    again = await slack.redeliver(copies=2, retry=1)
    assert [each.status for each in again] == ["acknowledged", "acknowledged"]
    assert [retry for _, retry in retries] == [[], ["1"], ["1"]]
    assert len({trigger for trigger, _ in retries}) == 1


async def test_people_can_act_only_in_their_channels(slack: PretendSlack, ana: Person) -> None:
    slack.workspace.channel_named("leads").members.discard(ana.user.id)
    with pytest.raises(LookupError, match="Ana Lopez is not in #leads"):
        await ana.command("/campaign", channel="leads")
