"""Requests of Slack's in an odd shape: answered, logged by their place, and told to the person."""

import asyncio
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

import handlers
from blocks.ids import Button, View
from handlers import review
from sandbox.slack import OutcomeKind
from sandbox.slack.journal import Packet
from sandbox.slack.sockets import Envelope
from tests.flows.breaking import broken
from tests.flows.captured import Anew, captured
from tests.flows.conftest import SIMPLE, Author
from tests.flows.forging import press_in
from tests.flows.homes import opened_home
from tests.flows.logged import Log
from tests.flows.wire import FORM, JSON, Answered, Headers, wire_to
from tests.secrets import leaks
from tests.world import World

OVER_HTTP, OVER_SOCKETS = 1_380, 120
UNREAD = "The bot could not read what Slack sent it, so it did nothing"
FAILED = "The bot met a fault of its own"
DEEP = "[" * 5_000 + "]" * 5_000


async def test_no_odd_request_fails_in_the_bot_and_sound_ones_still_work(
    world: World, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    packets, anew = await captured(world), Anew(world)
    # Most of the views are closed, which need not be waited for.
    monkeypatch.setattr(review, "PAUSES", (0.0,))
    async with wire_to(world) as wire:
        odd = broken(packets, OVER_HTTP, anew)
        answers = [await wire.packet(each) for each in odd]
        async with world.sockets():
            for each in broken(packets, OVER_SOCKETS, anew):
                delivery = await world.slack._state.courier.deliver(each)
                assert delivery.error is None
        sound = [await wire.packet(anew(each)) for each in packets]
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
async def test_what_nobody_can_be_told_of_is_refused_and_not_brought_again(
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
async def test_what_slack_asks_of_the_url_itself_is_answered(
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
            sockets._under_way[f"e{number}"] = Envelope(f"e{number}", packet, acknowledged)
            await sockets._open[0].send_text(f'{{"envelope_id": "e{number}"{frame}')
            await asyncio.wait_for(acknowledged, 3)
        await world.slack.person("Ana Lopez").command("/campaign help")
    sockets._under_way.clear()
    assert world.slack.deliveries[-1].error is None
    assert len(log.malformed()) == len(FRAMES)
    assert "Traceback" not in log.text


class Bench:
    """Ana with a form open, whose requests are brought again in another shape."""

    def __init__(self, ana: Author) -> None:
        self.ana, self.person, self.world = ana, ana.person, ana.world

    def last(self, name: str) -> Packet:
        """The latest request of a kind, by the name the pretend Slack gives it."""
        found = (each.packet for each in reversed(self.world.slack.deliveries))
        return next(each for each in found if each.name == name)

    async def bring(self, packet: Packet, *place: str | int, odd: object) -> Answered:
        """Bring a request made anew, with something odd in a place."""
        again = Anew(self.world)(packet)
        holder: Any = again.payload
        for part in place[:-1]:
            holder = holder[part]
        holder[place[-1]] = odd
        async with wire_to(self.world) as wire:
            answer = await wire.packet(again)
        await self.world.desk.errands.drain()
        return answer


@pytest.fixture
def bench(ana: Author) -> Bench:
    return Bench(ana)


async def test_each_person_is_told_where_slack_has_a_way(bench: Bench, log: Log) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await form.suggestions("Contact lists", "spring")
    await form.fill({"Format": "Template"})
    await form.submit(unchecked=True)
    await form.close()
    await bench.person.shortcut(Button.OPEN_SMS)
    await bench.person.open_home()
    command = await bench.bring(bench.last("/campaign"), "user_id", odd="nobody")
    assert UNREAD in json.loads(command.body)["text"]
    submitted = await bench.bring(bench.last("view_submission"), "view", "id", odd=7)
    pushed = json.loads(submitted.body)
    assert pushed["response_action"] == "push"
    assert UNREAD in json.dumps(pushed["view"])
    assert "What you filled in is still there: go back." in json.dumps(pushed["view"])
    typed = await bench.bring(bench.last("block_suggestion"), "value", odd=None)
    assert json.loads(typed.body) == {"options": []}
    closed = await bench.bring(bench.last("view_closed"), "user", odd=[])
    assert (closed.status, closed.body) == (200, b"")
    for name in ("block_actions", "shortcut", "app_home_opened"):
        packet = bench.last(name)
        key = "event" if name == "app_home_opened" else "user"
        assert (await bench.bring(packet, key, odd="x" * 5_000)).status == 400
    assert log.malformed() == [
        ("command", "user_id"),
        ("view_submission", "view.id"),
        ("block_suggestion", "value"),
        ("view_closed", "user"),
        ("block_actions", "user"),
        ("shortcut", "user"),
        ("event_callback", "event"),
    ]


async def test_a_press_in_a_message_is_told_beside_it(bench: Bench, log: Log) -> None:
    await bench.person.command("/campaign")
    await bench.person.click(bench.person.messages()[-1], "Help")
    answer = await bench.bring(bench.last("block_actions"), "actions", odd=[])
    assert (answer.status, answer.body) == (200, b"")
    assert (await bench.person.wait_message(containing=UNREAD)).is_ephemeral
    assert log.malformed() == [("block_actions", "actions")]


async def test_an_odd_value_is_never_logged_nor_is_what_a_person_may_have_named(
    bench: Bench, log: Log
) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await form.submit(unchecked=True)
    values = {"+12025550123": {"Ana's secret": {"value": 12025550123}}}
    await bench.bring(bench.last("view_submission"), "view", "state", "values", odd=values)
    await form.close()
    assert log.malformed() == [("view_submission", "view.state.values.?.?.value")]
    assert "2025550123" not in log.text
    assert "secret" not in log.text


async def test_a_form_that_could_not_be_read_stays_filled_in(bench: Bench) -> None:
    name = bench.world.name()
    form = await bench.ana.form(f"/campaign sms {name}", "New SMS campaign")
    await form.fill(SIMPLE)
    metadata = form.view.content["private_metadata"]
    form.view.content["private_metadata"] = metadata[:-1]
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    notice = await bench.person.wait_modal("Not understood", containing=UNREAD)
    await notice.close()
    form.view.content["private_metadata"] = metadata
    await bench.ana.send(form, {})
    await bench.ana.card(name, "Created by")


async def test_what_no_database_keeps_of_a_text_is_left_out(bench: Bench) -> None:
    name = bench.world.name()
    form = await bench.ana.form(f"/campaign sms {name}", "New SMS campaign")
    await bench.ana.send(form, SIMPLE | {"Description": "Every\x00body \ud83d \U0001f389"})
    await bench.ana.card(name, "Created by")
    stored = bench.world.kore.state.campaigns[bench.ana.campaign_id(name)].body
    assert stored["description"] == "Everybody \ufffd \U0001f389"


# What a handler finds in a request of the right shape: the action's value, or where a view is odd.
PRESSED = {
    "unknown": ("", "actions.0.action_id"),
    Button.LIST_NEXT: ("next", "actions.0.value"),
    Button.LIST_PREVIOUS: ("-1 spring", "actions.0.value"),
}
VIEW = ("view", "callback_id")
METADATA = ("view", "private_metadata")
NOTHING_KEPT = '{"channel": "C1"}'


@pytest.mark.parametrize("action", PRESSED)
async def test_a_button_that_means_nothing_is_told(bench: Bench, log: Log, action: str) -> None:
    value, place = PRESSED[action]
    await bench.person.command("/campaign")
    menu = bench.person.messages()[-1]
    await bench.person.click(menu, "Help")
    await bench.world.desk.errands.drain()
    pressed = bench.last("block_actions").payload["actions"][0]
    odd = {**pressed, "action_id": action, "value": value}
    await bench.bring(bench.last("block_actions"), "actions", 0, odd=odd)
    await bench.person.wait_message(containing=UNREAD)
    assert log.malformed() == [("block_actions", place)]


async def test_a_choice_in_a_field_that_no_form_has_is_told_in_a_modal(
    bench: Bench, log: Log
) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await press_in(bench.person, form, "unknown")
    await bench.person.wait_modal("Campaigns", containing=UNREAD)
    assert log.malformed() == [("block_actions", "actions.0.action_id")]


async def test_what_no_view_of_the_bots_has_is_told(bench: Bench, log: Log) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await form.suggestions("Contact lists", "spring")
    await form.submit(unchecked=True)
    submitted, typed = bench.last("view_submission"), bench.last("block_suggestion")
    for place, odd in ((VIEW, "other"), (METADATA, "{"), (METADATA, '{"zone": 7}')):
        assert UNREAD in (await bench.bring(submitted, *place, odd=odd)).body.decode()
    assert (await bench.bring(typed, *VIEW, odd="other")).body == b'{"options": []}'
    for odd in ("other", "message"):
        assert (await bench.bring(typed, "block_id", odd=odd)).body == b'{"options": []}'
    missing = {key: each for key, each in form.view.values.items() if key != "description"}
    answer = await bench.bring(submitted, "view", "state", "values", odd=missing)
    assert UNREAD in answer.body.decode()
    assert [place for _, place in log.malformed()] == [
        "view.callback_id",
        *["view.private_metadata"] * 2,
        "view.callback_id",
        *["block_id"] * 2,
        "view.state.values.description",
    ]


@pytest.mark.parametrize(
    ("command", "title"),
    [("unschedule", "Remove schedule"), ("stop", "Stop campaign"), (None, "Decline")],
)
async def test_a_question_that_came_back_without_what_it_asked_about_is_told(
    bench: Bench, log: Log, command: str | None, title: str
) -> None:
    if command:
        await bench.person.command(f"/campaign {command} cd-1")
    else:
        await press_in(bench.person, await opened_home(bench.person), Button.DECLINE, "V1 d")
    question = await bench.person.wait_modal(title)
    if "Why?" in question.labels:
        await question.fill({"Why?": "No"})
    await question.submit()
    for metadata in (NOTHING_KEPT, "", "[]"):
        answer = await bench.bring(bench.last("view_submission"), *METADATA, odd=metadata)
        assert UNREAD in answer.body.decode()
    assert {place for _, place in log.malformed()} == {"view.private_metadata"}


async def test_an_event_and_a_shortcut_that_lead_nowhere_are_logged(bench: Bench, log: Log) -> None:
    await bench.person.open_home()
    event = await bench.bring(bench.last("app_home_opened"), "event", "type", odd="app_uninstalled")
    assert (event.status, event.headers["x-slack-no-retry"]) == (400, "1")
    await bench.person.shortcut(Button.OPEN_SMS)
    await bench.world.desk.errands.drain()
    await bench.bring(bench.last("shortcut"), "callback_id", odd="other")
    await bench.person.wait_modal("Campaigns", containing=UNREAD)
    assert log.malformed() == [
        ("event_callback", "event.type"),
        ("shortcut", "actions.0.action_id"),
    ]


@pytest.fixture
def broken_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own code fails at a command, a button, a form and an event."""

    async def fails(*_sent: object) -> None:
        raise ZeroDivisionError("+12025550123")

    for table, name in ((handlers.COMMANDS, "help"), (handlers.PRESSES, Button.HELP)):
        monkeypatch.setitem(table, name, (fails, None))
    monkeypatch.setitem(handlers.SUBMITS, View.SMS, fails)
    monkeypatch.setitem(handlers.EVENTS, "app_home_opened", fails)


@pytest.mark.usefixtures("broken_bot")
async def test_a_fault_of_the_bots_own_is_answered_told_and_logged_with_its_traceback(
    author: Author, log: Log
) -> None:
    form = await author.form("/campaign sms Odd", "New SMS campaign")
    assert (await form.submit(unchecked=True)).kind is OutcomeKind.PUSHED
    shown = await author.person.wait_modal("The bot failed", containing=FAILED)
    await shown.close(all_views=True)
    await author.person.command("/campaign help")
    told = [(await author.person.wait_message(containing=FAILED)).words]
    await author.person.command("/campaign")
    await author.person.click(author.person.messages()[-1], "Help")
    await author.world.desk.errands.drain()
    told += [shown.text, author.person.messages()[-1].words]
    failures = [json.loads(line) for line in log.text.splitlines() if "request.failed" in line]
    assert [each["kind"] for each in failures] == ["view_submission", "command", "block_actions"]
    assert all("ZeroDivisionError" in each["exception"] for each in failures)
    referred = {found[1] for text in told if (found := re.search("Reference: `(.{8})`", text))}
    assert referred == {each["reference"] for each in failures}
    assert leaks(log.text) == []
    assert author.person.notices == []


@pytest.mark.usefixtures("broken_bot")
async def test_an_event_that_the_bot_failed_at_comes_again(bench: Bench) -> None:
    await bench.person.open_home()
    assert bench.world.slack.deliveries[-1].error == "http_service_error"
    handlers.EVENTS["app_home_opened"] = handlers.home.opened
    (again,) = await bench.world.slack.redeliver(retry=1)
    assert again.error is None
    await bench.world.idle()
    assert bench.world.slack.count("views.publish") == 1
