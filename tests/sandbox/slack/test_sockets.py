"""Socket Mode with Bolt's own handler as the client."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from sandbox.slack import OutcomeKind, Person, PretendSlack

Body = dict[str, Any]


@pytest.fixture
async def connected(bolt: AsyncApp, web: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    """The Bolt app, connected with one WebSocket."""
    client = AsyncWebClient(base_url=web.base_url, session=web.session)
    handler = AsyncSocketModeHandler(bolt, "xapp-sandbox", web_client=client, ping_interval=0.1)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call] # as above


async def address(web: AsyncWebClient) -> str:
    """Return an address at which one WebSocket can be opened."""
    url: str = (await web.apps_connections_open(app_token="xapp-sandbox"))["url"]
    return url


async def connections(slack: PretendSlack, number: int) -> None:
    """Wait until this many connections accept envelopes."""
    await slack.state.changes.until(
        lambda: slack.sockets.connections == number or None,
        within=3,
        missing=lambda: f"{slack.sockets.connections} connections",
    )


async def test_a_form_works_over_socket_mode(
    connected: AsyncApp, ana: Person, form: Callable[[], Body]
) -> None:
    @connected.command("/campaign")
    async def _(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack("Here you are")

    @connected.view("create")
    async def _(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"name": "Taken."})

    await ana.command("/campaign")
    assert (await ana.wait_message(containing="Here")).text == "Here you are"
    modal = await ana.wait_modal("Campaign")
    await modal.fill({"Campaign name": "Spring sale"})
    outcome = await modal.submit()
    assert outcome.kind is OutcomeKind.ERRORS
    assert outcome.errors == {"Campaign name": "Taken."}


async def test_a_refresh_makes_the_bot_connect_again(
    slack: PretendSlack, connected: AsyncApp, ana: Person
) -> None:
    @connected.command("/campaign")
    async def _(ack: AsyncAck) -> None:
        await ack("Still here")

    await connections(slack, 1)
    await slack.sockets.refresh()
    await ana.command("/campaign")
    assert ana.notices == []
    assert [each.text for each in ana.messages()] == ["Still here"]
    assert slack.count("apps.connections.open") == 2


async def test_an_unanswered_envelope_is_sent_again_when_its_connection_is_lost(
    slack: PretendSlack, connected: AsyncApp, ana: Person
) -> None:
    arrived = asyncio.Event()
    commands: list[str] = []

    @connected.command("/campaign")
    async def _(ack: AsyncAck, body: Body) -> None:
        commands.append(body["trigger_id"])
        if len(commands) == 1:
            arrived.set()
            return
        await ack("Second time")

    await connections(slack, 1)
    typing = asyncio.create_task(ana.command("/campaign"))
    await arrived.wait()
    await slack.sockets.drop()
    await typing
    assert len(commands) == 2
    assert len(set(commands)) == 1
    assert [each.text for each in ana.messages()] == ["Second time"]


async def test_each_envelope_goes_to_one_of_the_connections(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    first, second = [await address(web) for _ in range(2)]
    async with connect(first) as one, connect(second) as other:
        for socket in (one, other):
            assert '"hello"' in str(await socket.recv())
        await connections(slack, 2)
        for socket in (one, other):
            typing = asyncio.create_task(ana.command("/campaign"))
            envelope = json.loads(await socket.recv())
            assert envelope["type"] == "slash_commands"
            assert envelope["accepts_response_payload"] is True
            await socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
            await typing
    assert [each.status for each in slack.deliveries] == ["acknowledged", "acknowledged"]


async def test_a_payload_is_refused_if_the_envelope_does_not_accept_one(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    async with connect(await address(web)) as socket:
        await socket.recv()
        clicking = asyncio.create_task(ana.shortcut("new_campaign"))
        envelope_id = json.loads(await socket.recv())["envelope_id"]
        await socket.send(json.dumps({"envelope_id": envelope_id, "payload": {"text": "Hello"}}))
        await clicking
    assert slack.complaints[0] == "shortcut: this envelope takes no payload in its ack"
    slack.complaints.clear()


async def test_a_ticket_opens_one_connection(web: AsyncWebClient) -> None:
    url = await address(web)
    async with connect(url) as socket:
        await socket.recv()
        with pytest.raises(InvalidStatus):
            await connect(url)


async def test_ten_connections_are_the_maximum(web: AsyncWebClient) -> None:
    async with contextlib.AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(connect(await address(web))) for _ in range(11)]
        greetings = [json.loads(await socket.recv()) for socket in opened]
    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[-1]["reason"] == "too_many_websockets"


async def test_an_event_has_its_own_type_of_envelope(
    slack: PretendSlack, web: AsyncWebClient, ana: Person
) -> None:
    async with connect(await address(web)) as socket:
        await socket.recv()
        opening = asyncio.create_task(ana.open_home())
        envelope = json.loads(await socket.recv())
        await socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        await opening
    assert envelope["type"] == "events_api"
    assert envelope["accepts_response_payload"] is False
    assert envelope["payload"]["event"]["type"] == "app_home_opened"
    assert slack.deliveries[-1].status == "acknowledged"


async def test_a_home_tab_works_over_socket_mode(connected: AsyncApp, ana: Person) -> None:
    @connected.event("app_home_opened")
    async def _(event: Body, client: AsyncWebClient) -> None:
        words = {"type": "plain_text", "text": "Welcome"}
        view = {"type": "home", "blocks": [{"type": "header", "text": words}]}
        await client.views_publish(user_id=event["user"], view=view)

    await ana.open_home()
    assert (await ana.wait_home(containing="Welcome")).text == "Welcome"
