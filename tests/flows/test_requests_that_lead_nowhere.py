"""Well-formed requests that the bot cannot use, and errors in its own code: each is reported."""

import json
import re

import pytest

import handlers
from blocks.ids import Button, View
from handlers.actions import ON_CAMPAIGN
from sandbox.slack import Modal, OutcomeKind, Person
from tests.flows.annex import annex, environment_question
from tests.flows.conftest import Author
from tests.flows.forging import press_in
from tests.flows.homes import opened_home
from tests.flows.logged import Log
from tests.flows.resending import UNREAD, Bench
from tests.secrets import leaks

FAILED = "The bot had an internal error"


@pytest.fixture
def bench(ana: Author) -> Bench:
    return Bench(ana)


# For each action: its value, and the place of the fault.
PRESSED = {
    "unknown": ("", "actions.0.action_id"),
    Button.LIST_NEXT: ("next", "actions.0.value"),
    Button.LIST_PREVIOUS: ("-1 spring", "actions.0.value"),
}
VIEW = ("view", "callback_id")
METADATA = ("view", "private_metadata")
NOTHING_KEPT = '{"channel": "C1"}'


@pytest.mark.parametrize("action", PRESSED)
async def test_a_button_that_the_bot_cannot_use_is_reported(
    bench: Bench, log: Log, action: str
) -> None:
    value, place = PRESSED[action]
    await bench.person.command("/campaign")
    menu = bench.person.messages()[-1]
    await bench.person.click(menu, "Help")
    await bench.world.services.tasks.drain()
    pressed = bench.last("block_actions").payload["actions"][0]
    odd = {**pressed, "action_id": action, "value": value}
    await bench.resend(bench.last("block_actions"), "actions", 0, odd=odd)
    await bench.person.wait_message(containing=UNREAD)
    assert log.malformed() == [("block_actions", place)]


async def test_a_choice_in_an_unknown_field_is_reported_in_a_modal(bench: Bench, log: Log) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await press_in(bench.person, form, "unknown")
    await bench.person.wait_modal("Campaigns", containing=UNREAD)
    assert log.malformed() == [("block_actions", "actions.0.action_id")]


async def test_unknown_views_fields_and_metadata_are_reported(bench: Bench, log: Log) -> None:
    form = await bench.ana.form("/campaign sms Odd", "New SMS campaign")
    await form.suggestions("Contact lists", "spring")
    await form.submit(unchecked=True)
    submitted, typed = bench.last("view_submission"), bench.last("block_suggestion")
    for place, odd in ((VIEW, "other"), (METADATA, "{"), (METADATA, '{"zone": 7}')):
        assert UNREAD in (await bench.resend(submitted, *place, odd=odd)).body.decode()
    assert (await bench.resend(typed, *VIEW, odd="other")).body == b'{"options": []}'
    for odd in ("other", "message"):
        assert (await bench.resend(typed, "block_id", odd=odd)).body == b'{"options": []}'
    missing = {key: each for key, each in form.view.values.items() if key != "message"}
    answer = await bench.resend(submitted, "view", "state", "values", odd=missing)
    assert UNREAD in answer.body.decode()
    assert [place for _, place in log.malformed()] == [
        "view.callback_id",
        *["view.private_metadata"] * 2,
        "view.callback_id",
        *["block_id"] * 2,
        "view.state.values.message",
    ]


async def decline_question(person: Person) -> Modal:
    await press_in(person, await opened_home(person), Button.DECLINE, "V1 d")
    question = await person.wait_modal("Decline")
    await question.fill({"Why?": "No"})
    return question


@pytest.mark.parametrize("word", [*ON_CAMPAIGN, None])
async def test_an_answer_with_incomplete_metadata_is_reported(
    bench: Bench, log: Log, word: str | None
) -> None:
    with annex(bench.world):
        asking = environment_question(bench.person, word) if word else None
        question = await (asking or decline_question(bench.person))
        await question.submit()
    for metadata in (NOTHING_KEPT, "", "[]"):
        answer = await bench.resend(bench.last("view_submission"), *METADATA, odd=metadata)
        assert UNREAD in answer.body.decode()
    assert {place for _, place in log.malformed()} == {"view.private_metadata"}


async def test_unknown_events_and_shortcuts_are_logged(bench: Bench, log: Log) -> None:
    await bench.person.open_home()
    event = await bench.resend(
        bench.last("app_home_opened"), "event", "type", odd="app_uninstalled"
    )
    assert (event.status, event.headers["x-slack-no-retry"]) == (400, "1")
    await bench.person.shortcut(Button.OPEN_SMS)
    await bench.world.services.tasks.drain()
    await bench.resend(bench.last("shortcut"), "callback_id", odd="other")
    await bench.person.wait_modal("Campaigns", containing=UNREAD)
    assert log.malformed() == [
        ("event_callback", "event.type"),
        ("shortcut", "actions.0.action_id"),
    ]


@pytest.fixture
def broken_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the bot's own code fail at a command, a button, a form and an event."""

    async def fails(*_sent: object) -> None:
        raise ZeroDivisionError("+12025550123")

    for table, name in ((handlers.COMMANDS, "help"), (handlers.PRESSES, Button.HELP)):
        monkeypatch.setitem(table, name, (fails, None))
    monkeypatch.setitem(handlers.SUBMITS, View.SMS, fails)
    monkeypatch.setitem(handlers.EVENTS, "app_home_opened", fails)


@pytest.mark.usefixtures("broken_bot")
async def test_an_internal_error_is_reported_and_logged_with_its_traceback(
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
    await author.world.services.tasks.drain()
    told += [shown.text, author.person.messages()[-1].words]
    failures = [json.loads(line) for line in log.text.splitlines() if "request.failed" in line]
    assert [each["kind"] for each in failures] == ["view_submission", "command", "block_actions"]
    assert all("ZeroDivisionError" in each["exception"] for each in failures)
    referred = {found[1] for text in told if (found := re.search("Reference: `(.{8})`", text))}
    assert referred == {each["reference"] for each in failures}
    assert leaks(log.text) == []
    assert author.person.notices == []


@pytest.mark.usefixtures("broken_bot")
async def test_an_event_that_failed_is_delivered_again(bench: Bench) -> None:
    await bench.person.open_home()
    assert bench.world.slack.deliveries[-1].error == "http_service_error"
    handlers.EVENTS["app_home_opened"] = handlers.home.opened
    (again,) = await bench.world.slack.redeliver(retry=1)
    assert again.error is None
    await bench.world.idle()
    assert bench.world.slack.count("views.publish") == 1
