"""Malformed requests from Slack: the person gets a message, and the log has the faulty place."""

import asyncio
import json
from urllib.parse import urlencode

import pytest

from blocks.ids import Button
from handlers import review
from sandbox.slack import OutcomeKind
from sandbox.slack.journal import Packet
from sandbox.slack.sockets import Envelope
from tests.filling import fill_in
from tests.flows.breaking import broken
from tests.flows.captured import Repeat, captured
from tests.flows.conftest import SIMPLE, Author
from tests.flows.logged import Log
from tests.flows.resending import UNREAD, Bench
from tests.flows.wire import FORM, JSON, Headers, wire_to
from tests.secrets import leaks
from tests.world import World

OVER_HTTP, OVER_SOCKETS = 1_380, 120
DEEP = "[" * 5_000 + "]" * 5_000


@pytest.mark.drill
async def test_malformed_requests_cause_no_error_and_valid_ones_still_work(
    world: World, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    packets, repeat = await captured(world), Repeat(world)
    # Most of the views are closed, so there is no need to wait until Slack shows them.
    monkeypatch.setattr(review, "UNTIL_SHOWN", (0.0,))
    async with wire_to(world) as wire:
        odd = broken(packets, OVER_HTTP, repeat)
        answers = [await wire.packet(each) for each in odd]
        async with world.sockets():
            for each in broken(packets, OVER_SOCKETS, repeat):
                delivery = await world.slack.state.courier.deliver(each)
                assert delivery.error is None
        sound = [await wire.packet(repeat(each)) for each in packets]
    await world.idle()
    assert {answer.status for answer in answers} == {200, 400}
    assert len(log.malformed()) > OVER_HTTP / 2
    assert "Traceback" not in log.text
    assert leaks(log.text) == []
    assert {answer.status for answer in sound} == {200}
    assert UNREAD not in b"".join(answer.body for answer in sound).decode()


UNREADABLE: dict[str, tuple[str, Headers]] = {
    "nothing": ("", FORM),
    "no payload": ("payload=", FORM),
    "half a JSON": ("payload={not json", FORM),
    "a list": ("payload=[]", FORM),
    "nested deep": (f"payload={DEEP}", FORM),
    "no UTF-8 in escapes": ("text=%ff", FORM),
    "a field twice": ("payload={}&payload={}", FORM),
    "no field": ("&&", FORM),
    "too many fields": (urlencode({f"f{number}": "" for number in range(200)}), FORM),
    "no kind": ("payload={}", FORM),
    "an unknown kind": ('payload={"type": "dialog_submission"}', FORM),
    "an event as an interaction": ('payload={"type": "event_callback"}', FORM),
    "half a JSON alone": ("{", JSON),
    "a text alone": ('"event"', JSON),
    "an event without one": ('{"type": "event_callback"}', JSON),
    "another media type": ("text=help", {"content-type": "text/plain"}),
    "no media type": ("text=help", {}),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_unreadable_requests_are_refused_and_slack_does_not_retry(
    world: World, log: Log, name: str
) -> None:
    body, headers = UNREADABLE[name]
    async with wire_to(world) as wire:
        answer = await wire.signed(body.encode(), headers)
    assert (answer.status, answer.headers["x-slack-no-retry"]) == (400, "1")
    assert len(log.malformed()) == 1
    assert "Traceback" not in log.text


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        ("ssl_check=1&token=x", FORM, b""),
        ('{"type": "url_verification", "challenge": "3eZb", "token": "x"}', JSON, b"3eZb"),
    ],
)
async def test_slacks_checks_of_the_url_are_answered(
    world: World, body: str, headers: Headers, expected: bytes
) -> None:
    async with wire_to(world) as wire:
        answer = await wire.signed(body.encode(), headers)
    assert (answer.status, answer.body) == (200, expected)


FRAMES = {
    "nested deep": f', "type": "interactive", "payload": {DEEP}',
    "half a JSON": ', "type": "interactive", "payload": {',
    "a list": ', "type": "interactive", "payload": []}',
    "a text": ', "type": "events_api", "payload": "event"}',
    "no payload": ', "type": "slash_commands"}',
    "an unknown type": ', "type": ["odd"], "payload": {}}',
}


async def test_an_envelope_is_acknowledged_whatever_is_in_it(world: World, log: Log) -> None:
    sockets = world.slack.sockets
    async with world.sockets():
        await world.settled(lambda: sockets.connections == 1)
        for number, frame in enumerate(FRAMES.values()):
            acknowledged = asyncio.get_running_loop().create_future()
            packet = Packet("interactive", "odd", {}, accepts_answer=True)
            sockets.under_way[f"e{number}"] = Envelope(f"e{number}", packet, acknowledged)
            await sockets.open[0].send_text(f'{{"envelope_id": "e{number}"{frame}')
            await asyncio.wait_for(acknowledged, 3)
        await world.slack.person("Ana Lopez").command("/campaign help")
    sockets.under_way.clear()
    assert world.slack.deliveries[-1].error is None
    assert len(log.malformed()) == len(FRAMES)
    assert "Traceback" not in log.text


@pytest.fixture
def bench(ana: Author) -> Bench:
    return Bench(ana)


async def test_people_get_a_message_where_slack_allows_one(bench: Bench, log: Log) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await form.suggestions("Contact lists", "spring")
    await form.fill({"Format": "Template"})
    await form.submit(unchecked=True)
    await form.close()
    await bench.person.shortcut(Button.OPEN_SMS)
    await bench.person.open_home()
    command = await bench.resend(bench.last("/campaign"), "user_id", odd="nobody")
    assert UNREAD in json.loads(command.body)["text"]
    submitted = await bench.resend(bench.last("view_submission"), "view", "id", odd=7)
    pushed = json.loads(submitted.body)
    assert pushed["response_action"] == "push"
    assert UNREAD in json.dumps(pushed["view"])
    assert "What you filled in is still there: go back." in json.dumps(pushed["view"])
    typed = await bench.resend(bench.last("block_suggestion"), "value", odd=None)
    assert json.loads(typed.body) == {"options": []}
    closed = await bench.resend(bench.last("view_closed"), "user", odd=[])
    assert (closed.status, closed.body) == (200, b"")
    for name in ("block_actions", "shortcut", "app_home_opened"):
        packet = bench.last(name)
        key = "event" if name == "app_home_opened" else "user"
        assert (await bench.resend(packet, key, odd="x" * 5_000)).status == 400
    assert log.malformed() == [
        ("command", "user_id"),
        ("view_submission", "view.id"),
        ("block_suggestion", "value"),
        ("view_closed", "user"),
        ("block_actions", "user"),
        ("shortcut", "user"),
        ("event_callback", "event"),
    ]


async def test_a_malformed_press_in_a_message_is_answered_beside_it(bench: Bench, log: Log) -> None:
    await bench.person.command("/campaign")
    await bench.person.click(bench.person.messages()[-1], "Help")
    answer = await bench.resend(bench.last("block_actions"), "actions", odd=[])
    assert (answer.status, answer.body) == (200, b"")
    assert (await bench.person.wait_message(containing=UNREAD)).is_ephemeral
    assert log.malformed() == [("block_actions", "actions")]


async def test_odd_values_and_unknown_keys_are_never_logged(bench: Bench, log: Log) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await form.submit(unchecked=True)
    values = {"+12025550123": {"Ana's secret": {"value": 12025550123}}}
    await bench.resend(bench.last("view_submission"), "view", "state", "values", odd=values)
    await form.close()
    assert log.malformed() == [("view_submission", "view.state.values.?.?.value")]
    assert "2025550123" not in log.text
    assert "secret" not in log.text


async def test_a_form_that_could_not_be_read_stays_filled_in(bench: Bench) -> None:
    name = bench.world.name()
    form = await bench.ana.form(f"/campaign sms {name}", "New SMS campaign")
    await fill_in(form, SIMPLE)
    metadata = form.view.content["private_metadata"]
    form.view.content["private_metadata"] = metadata[:-1]
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    notice = await bench.person.wait_modal("Not understood", containing=UNREAD)
    await notice.close()
    form.view.content["private_metadata"] = metadata
    await bench.ana.send(form, {})
    await bench.ana.card(name, "Created by")


async def test_characters_that_databases_refuse_are_removed_or_replaced(bench: Bench) -> None:
    name = bench.world.name()
    form = await bench.ana.form(f"/campaign sms {name}", "New SMS campaign")
    await bench.ana.send(form, SIMPLE | {"Description": "Every\x00body \ud83d \U0001f389"})
    await bench.ana.card(name, "Created by")
    stored = bench.world.kore.state.campaigns[bench.ana.campaign_id(name)].body
    assert stored["description"] == "Everybody \ufffd \U0001f389"
