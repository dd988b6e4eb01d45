"""A command's text is read as the person typed it, once, and split where its author would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.payloads import SlashCommand


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
