"""A text is read as the person typed it, once; a command's is split where its author would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.state import MalformedRequest
from handlers.incoming.reading import read
from handlers.payloads import Press, SlashCommand


def command(text: str) -> SlashCommand:
    """Return the command with a text as Slack sends it."""
    sent = {"user_id": "U1", "channel_id": "C1", "trigger_id": "1.2", "command": "/campaign"}
    return SlashCommand.model_validate(sent | {"text": text})


def escaped(typed: str) -> str:
    """Return a text as Slack escapes it: docs.slack.dev/messaging/formatting-message-text."""
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("status R&amp;D &amp;amp; more", "status R&D &amp; more"),
        ("status 1 &lt; 2 &gt; 0", "status 1 < 2 > 0"),
        ("status &amp;lt;", "status &lt;"),
        ("status &copy; &amp;eacute;", "status &copy; &eacute;"),
        ("status <http://shop.example.com|shop.example.com>", "status shop.example.com"),
        ("status <http://a.example>", "status http://a.example"),
        ("status <https://a.example/?b=1&amp;c=2>", "status https://a.example/?b=1&c=2"),
        ("status <https://a.example/?b=1&copy=2>", "status https://a.example/?b=1&copy=2"),
        ("status <mailto:a@b.example|a@b.example>", "status a@b.example"),
        ("status <tel:+12025550100|202-555-0100>", "status 202-555-0100"),
        ("status <#C123|sales> <#C123|> <#C123>", "status #sales #C123 #C123"),
        ("status <@U123|ana> <!here> <!subteam^S1|@leads>", "status @ana @here @leads"),
        ("status &lt;http://a.example|b&gt;", "status <http://a.example|b>"),
    ],
)
def test_the_text_is_as_it_was_typed(sent: str, typed: str) -> None:
    assert command(sent).text == typed


@given(st.text(alphabet="ab &<>;|ampltg#@!"))
def test_any_typed_text_is_read_back(typed: str) -> None:
    assert command(escaped(typed)).text == typed


@pytest.mark.parametrize(
    ("sent", "subcommand", "rest"),
    [
        ("", "", ""),
        ("  ", "", ""),
        ("\u200b", "", ""),
        ("status", "status", ""),
        (" Status  Spring  sale ", "status", "Spring  sale"),
        ("STATUS\u00a0Spring sale", "status", "Spring sale"),
        ("status\tSpring sale", "status", "Spring sale"),
        ("status\u202fSpring sale", "status", "Spring sale"),
        ("status\u200b Spring sale", "status", "Spring sale"),
        ("status \u200bSpring sale\ufeff", "status", "Spring sale"),
        ("status\nSpring sale", "status", "Spring sale"),
        ("\u201cstatus\u201d \u201cSpring sale\u201d", "status", "\u201cSpring sale\u201d"),
        ("\u201cstatus Spring sale\u201d", "status", "Spring sale"),
        ('status "Spring sale"', "status", '"Spring sale"'),
        ("\uff33tatus Spring sale", "status", "Spring sale"),
        ("Spring sale", "spring", "sale"),
    ],
)
def test_the_subcommand_is_the_first_word(sent: str, subcommand: str, rest: str) -> None:
    asked = command(sent)
    assert (asked.subcommand, asked.rest) == (subcommand, rest)


def test_a_long_text_is_split_quickly() -> None:
    assert command('"' * 40_000).subcommand


def shortcut(message: object) -> Press:
    """Return the press for a shortcut on a message as Slack sends it."""
    sent = {"type": "message_action", "user": {"id": "U1"}, "callback_id": "sms_from_message"}
    place = {"trigger_id": "1.2", "channel": {"id": "C1", "name": "sales"}, "message": message}
    press = read("message_action", sent | place)
    assert isinstance(press, Press)
    assert (press.action, press.channel) == ("sms_from_message", "C1")
    return press


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("R&amp;D &lt;First Name&gt;\nsale &amp;amp; more", "R&D <First Name>\nsale &amp; more"),
        ("see <https://a.example>", "see https://a.example"),
        ("see <http://a.example|a.example>", "see a.example"),
        ("<https://a.example/sale|Our sale> today", "Our sale https://a.example/sale today"),
        ("<https://a.example?b=1&amp;c=2|Our sale>", "Our sale https://a.example?b=1&c=2"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<tel:+12025550100|202-555-0100>", "202-555-0100"),
        ("<!date^1700000000^{date}|Nov 14> <!here>", "Nov 14 @here"),
        ("in <#C1|sales>, <@U1>", "in #sales, @U1"),
        ("  *bold* :tada: \u200b", "*bold* :tada:"),
        ("", ""),
    ],
)
def test_the_text_of_a_message_is_as_it_was_typed_with_its_addresses(sent: str, typed: str) -> None:
    assert shortcut({"text": sent, "blocks": [{"type": "odd"}], "user": 1}).text == typed


@pytest.mark.parametrize("message", [{}, {"text": None}, None])
def test_a_message_may_have_no_text(message: object) -> None:
    assert shortcut(message).text == ""


@pytest.mark.parametrize("message", ["text", {"text": 1}, {"text": "x" * 40_001}])
def test_an_odd_message_is_refused(message: object) -> None:
    with pytest.raises(MalformedRequest) as refused:
        shortcut(message)
    assert refused.value.place.startswith("message")


@given(st.text(alphabet="ab &<>;|ampltg#@!"))
def test_any_message_is_read_back(typed: str) -> None:
    assert shortcut({"text": escaped(typed)}).text == typed.strip()
