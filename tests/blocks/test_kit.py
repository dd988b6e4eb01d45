"""The building blocks of messages and views keep to Slack's limits and escape typed text."""

import re
from html import unescape
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import kit
from blocks.ids import Button
from sandbox.page.render import Reader
from sandbox.slack import Person
from sandbox.slack.blockkit import message_faults, options_faults
from tests.blocks.samples import HOSTILE, as_sent

# Slack's formatting characters, among others.
marked = st.text(alphabet="ab1 _*~`:><&+-\n'“é")
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@pytest.mark.parametrize(
    ("typed", "harmless"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1>", "&lt;@U1&gt;"),
        ("a & b", "a &amp; b"),
        ("&lt;", "&amp;lt;"),
        ("*bold*", "`*bold*`"),
        ("spring_sale_2026", "spring_sale_2026"),
        ("_private", "`_private`"),
        ("3 * 4", "`3 * 4`"),
        ("Sale :tada:", "`Sale :tada:`"),
        ("Open: 9:30", "Open: 9:30"),
        ("it`s", "`it\u2019s`"),
        ("> 65 years", "`&gt; 65 years`"),
        ("one\n\n*two*", "`one`\n\n`*two*`"),
        ("", ""),
    ],
)
def test_escaping(typed: str, harmless: str) -> None:
    assert kit.escape(typed) == harmless


@given(st.text())
def test_no_text_can_link_or_ping_once_escaped(typed: str) -> None:
    escaped = kit.escape(typed)
    assert "<" not in escaped
    assert ">" not in escaped


@given(marked, marked)
def test_escaped_text_is_shown_as_it_was_typed(one: str, other: str) -> None:
    """Check with the sandbox's page, which shares no code with the bot."""
    drawn = Reader(cast("Person", None)).mrkdwn(f"“{kit.escape(one)}” and “{kit.escape(other)}”")
    assert read(drawn) == f"“{one}” and “{other}”".replace("`", "\u2019")


def test_a_command_to_copy_is_shown_as_one_piece_of_code() -> None:
    assert kit.look_up("Spring *sale*") == "`/campaign status Spring *sale*`"


def read(drawn: str) -> str:
    return unescape(re.sub("<[^>]*>", "", drawn))


def test_text_that_looks_like_a_link_does_not_become_one() -> None:
    assert kit.section("example.com #general @here").to_dict()["text"]["verbatim"] is True


@given(st.text(min_size=1))
def test_code_is_one_piece_of_monospace(typed: str) -> None:
    shown = kit.code(typed)
    assert (shown[0], shown[-1], shown.count("`")) == ("`", "`", 2)


@pytest.mark.parametrize(
    ("text", "clamped"),
    [("", ""), ("12345", "12345"), ("123456", "1234…"), ("🎉🎉🎉🎉🎉🎉", "🎉🎉🎉🎉…")],
)
def test_long_text_is_shortened(text: str, clamped: str) -> None:
    assert kit.clamp(text, 5) == clamped


@pytest.mark.parametrize(
    ("text", "shortened"),
    [("", ""), ("12345", "12345"), ("123456789", "123…9"), ("Sale 1 of 2026", "Sal…6")],
)
def test_a_name_is_shortened_in_its_middle(text: str, shortened: str) -> None:
    assert kit.shorten(text, 5) == shortened


@any_text
def test_no_text_breaks_a_block(text: str) -> None:
    blocks = [
        kit.header(text),
        kit.section(kit.escape(text)),
        *kit.facts([("Label", kit.escape(text))] * 11),
        kit.context(kit.escape(text)),
        kit.buttons(kit.button(text, Button.HELP, "value", style="primary")),
    ]
    assert message_faults(as_sent(kit.Message(text=text, blocks=blocks))) == []


def test_a_block_holds_at_most_ten_facts() -> None:
    sections = kit.facts([(str(each), "value") for each in range(21)])
    assert [len(section.to_dict()["fields"]) for section in sections] == [10, 10, 1]
    assert sections[0].to_dict()["fields"][0]["text"] == "*0*\nvalue"
    assert kit.facts([]) == []


@any_text
def test_an_option_shows_any_label(text: str) -> None:
    option = kit.option("value", text).to_dict()
    assert options_faults({"options": [option]}) == []
    assert option["text"]["text"] == kit.shorten(text, 75)


def test_an_option_is_shown_as_its_value_unless_labeled() -> None:
    assert kit.option("UTC").to_dict()["text"]["text"] == "UTC"


def test_a_message_text_is_cut_to_the_limit_of_chat_update() -> None:
    assert len(kit.Message(text="t" * 5000, blocks=[]).payload()["text"]) == 4000
