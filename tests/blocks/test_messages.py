"""The messages other than cards and failures: Slack accepts them, and no text in them pings."""

from collections.abc import Callable
from typing import Any

import pytest

from blocks import messages
from blocks.actions import USAGES, done_by
from blocks.kit import Message, code, message_view, notice
from bot.campaigns.actions import Action
from sandbox.slack.blockkit import message_faults, view_faults
from tests.blocks.samples import HOSTILE, MENU_ACTIONS, as_json, as_sent, formatted

any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
every_command = pytest.mark.parametrize("command", USAGES)
# The messages that repeat text from a person or from Kore.ai.
ECHOES: dict[str, Callable[[str], Message]] = {
    "help_page": messages.help_page,
    "not_understood": lambda text: messages.not_understood(text, "sms"),
}
FIXED = [
    messages.menu(),
    messages.help_page(),
    messages.form_gone(),
    messages.form_not_opened(),
    notice(messages.posted_elsewhere("C1", "U1")),
    *(notice(done_by(action, "U1", "U2")) for action in Action),
]


def action_values(message: Message) -> list[tuple[str, str]]:
    """Return the action and value of each button, in rows or beside a text."""
    elements: list[dict[str, Any]] = []
    for block in as_sent(message)["blocks"]:
        elements += [*block.get("elements", []), *filter(None, [block.get("accessory")])]
    return [(each["action_id"], each["value"]) for each in elements]


@pytest.mark.parametrize("message", FIXED, ids=lambda message: message.text[:30])
def test_fixed_messages_are_valid(message: Message) -> None:
    assert message_faults(as_sent(message)) == []
    assert message.text.strip()


@any_text
@pytest.mark.parametrize("build", ECHOES.values(), ids=ECHOES)
def test_no_text_breaks_a_message_or_pings(build: Callable[[str], Message], text: str) -> None:
    message = build(text)
    assert message_faults(as_sent(message)) == []
    assert view_faults(as_json(message_view(message))) == []
    for said in formatted(message):
        assert "<" not in said


@every_command
def test_help_says_what_a_command_does_with_an_example(command: str) -> None:
    message = messages.help_page(command)
    usage = USAGES[command]
    assert message_faults(as_sent(message)) == []
    assert usage.does in message.text
    example = code(f"/campaign {usage.example}")
    assert f"Example: {example}" in message.text
    assert usage.example.split()[0] == command
    assert usage.typed.split()[0] == command


def test_help_lists_every_command() -> None:
    lines = messages.help_page().text.splitlines()
    assert lines[0] == "`/campaign`: a menu with buttons"
    assert [line.split()[1].strip("`:") for line in lines[1:]] == list(USAGES)
    (status,) = (line for line in lines if line.startswith("`/campaign status"))
    assert status.startswith("`/campaign status &lt;name or ID&gt;`: ")


@every_command
def test_the_nearest_command_is_suggested_with_an_example(command: str) -> None:
    text = messages.not_understood("sned <!here>", command).text
    assert text.startswith("“sned &lt;!here&gt;” was not understood. ")
    assert text.count(f"`/campaign {command}") == 2


@every_command
def test_a_missing_name_is_asked_for_with_an_example(command: str) -> None:
    message = messages.names_no_campaign(command)
    assert message_faults(as_sent(message)) == []
    assert message.text.count(f"`/campaign {command}") == 2


def test_the_menu_leads_to_everything() -> None:
    actions = [action for action, _ in action_values(messages.menu())]
    assert actions == MENU_ACTIONS
