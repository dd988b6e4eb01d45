"""Slack's texts and blocks as HTML."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.page.dates import clock_time, date_text
from sandbox.page.emoji import EMOJI
from sandbox.page.render import Reader
from sandbox.slack import Person, PretendSlack
from tests.sandbox.page.browser import Browser
from tests.sandbox.page.sample_bot import Body
from tests.sandbox.stage import fresh_slack

READER = fresh_slack(Clock()).person("Ana Lopez")


@pytest.fixture
def reader(ana: Person) -> Reader:
    return Reader(ana)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _italic_, ~gone~", "<strong>bold</strong> and <em>italic</em>, <s>gone</s>"),
        ("*`2 * 3 *`*", "<strong><code>2 * 3 *</code></strong>"),
        ("*bold and _both_*", "<strong>bold and <em>both</em></strong>"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("`*as typed*`", "<code>*as typed*</code>"),
        ("```a\nb```", "<pre>a\nb</pre>"),
        ("&lt;b&gt; &amp;amp; \"'", "&lt;b&gt; &amp;amp; &#34;&#39;"),
        ("`&lt;b&gt;`", "<code>&lt;b&gt;</code>"),
        (":calendar: at 10:30:45 :unknown:", "\N{TEAR-OFF CALENDAR} at 10:30:45 :unknown:"),
        ("<!channel> <!here>", '<span class="mention">@channel</span> <span class="mention">@here'),
        ("<script>alert(1)</script>", "cannot draw: &lt;script&gt;"),
        ("<javascript:alert(1)|here>", "cannot draw: &lt;javascript:alert(1)|here&gt;"),
        (
            '<https://example.com/?a=1&amp;b="|a *name*>',
            '<a href="https://example.com/?a=1&amp;b=&#34;" target="_blank" rel="noreferrer">a *n',
        ),
        ("<mailto:ana@example.com>", ">ana@example.com</a>"),
        ("<@U0MISSING>", "cannot draw: &lt;@U0MISSING&gt;"),
        ("<!date^86400^{date_num} {time}|then>", "1970-01-01 7:00 PM"),
        ("<!date^0^{time}^https://example.com/|then>", ">7:00 PM</a>"),
    ],
)
def test_markup(reader: Reader, text: str, html: str) -> None:
    assert html in str(reader.mrkdwn(text))


def test_mentions_have_names(slack: PretendSlack, reader: Reader) -> None:
    ravi, leads = slack.workspace.user_named("ravi"), slack.workspace.channel_named("leads")
    html = str(reader.mrkdwn(f"<@{ravi.id}> in <#{leads.id}|leads>"))
    assert html == (
        '<span class="mention">@Ravi Iyer</span> in <span class="mention">#leads</span>'
    )


def test_plain_text_is_not_markup(reader: Reader) -> None:
    html = reader.text({"type": "plain_text", "text": "*<b>*"})
    assert str(html) == "*&lt;b&gt;*"
    assert str(reader.text(None)) == ""


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{date}", "January 2nd, 2027"),
        ("{date_short}", "Jan 2, 2027"),
        ("{date_long}", "Saturday, January 2nd, 2027"),
        ("{date_pretty} at {time}", "tomorrow at 12:05 PM"),
        ("{time_secs}", "12:05:09 PM"),
        ("{ago}", "{ago}"),
    ],
)
def test_date_tokens(template: str, words: str) -> None:
    moment = datetime(2027, 1, 2, 12, 5, 9, tzinfo=UTC)
    assert date_text(moment, template, moment - timedelta(days=1)) == words


def test_distant_days_are_written_as_dates() -> None:
    moment = datetime(2027, 1, 11, tzinfo=UTC)
    assert date_text(moment, "{date_short_pretty}", moment - timedelta(days=9)) == "Jan 11, 2027"
    assert date_text(moment, "{date}", moment) == "January 11th, 2027"


async def test_text_of_the_bot_cannot_become_html(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    hostile = "<script>alert(1)</script> <!channel> \"><img src=x onerror='alert(1)'>"
    block = {"type": "header", "text": {"type": "plain_text", "text": hostile}}
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postMessage(channel=channel, text=hostile)
    await web.chat_postMessage(channel=channel, text=hostile, blocks=[block])
    await browser.post("/command", text=hostile)
    assert browser.html.count("<script") == 1  # the page's own
    assert "<img" not in browser.html
    assert browser.words.count("<script>alert(1)") == 2


async def test_the_page_names_what_it_cannot_draw(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    words = {"type": "text", "text": "Hello"}
    rich = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [words]}],
    }
    button = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Go"},
        "url": "https://a.test",
    }
    choice = {"type": "users_select", "action_id": "choose"}
    blocks: list[Body] = [
        rich,
        {"type": "actions", "elements": [{**button, "action_id": "go"}, choice]},
    ]
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postMessage(channel=channel, text="Hello", blocks=blocks)
    await browser.look()
    for what in ("rich_text", "button with a URL", "users_select"):
        assert f'<strong class="fault">cannot draw: {what}</strong>' in browser.html


async def test_the_blocks_of_a_message(
    slack: PretendSlack, web: AsyncWebClient, browser: Browser
) -> None:
    image = {"type": "image", "image_url": "https://example.com/i.png", "alt_text": "A chart"}
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "Stop"}, "value": "stop"}],
    }
    text = {"type": "mrkdwn", "text": "*Status*\nReady"}
    blocks: list[Body] = [
        {"type": "section", "text": text, "accessory": menu},
        {"type": "section", "fields": [text], "accessory": image},
        {"type": "context", "elements": [image, text]},
        {"type": "divider"},
        image,
    ]
    channel = slack.workspace.channel_named("campaigns").id
    await web.chat_postMessage(channel=channel, text="Card", blocks=blocks)
    await browser.look()
    assert browser.html.count('<p class="text"><strong>Status</strong>\nReady</p>') == 3
    assert browser.html.count('aria-label="A chart"') == 3
    assert "example.com" not in browser.html
    assert len(browser.buttons("Stop")) == 1
    assert "<hr>" in browser.html


@given(text=st.text())
def test_no_text_becomes_unexpected_html(text: str) -> None:
    drawn = str(Reader(READER).mrkdwn(text))
    tags = set(re.findall(r"</?([a-z0-9]*)", drawn.replace("&lt;", "")))
    assert tags <= {"strong", "em", "s", "code", "pre", "span", "a"}
    assert drawn.count("<") == drawn.count(">")


MARKS = st.sampled_from(["*", "_", "~", "`", "```", "<", ">", "|", ":", "!date^", "@", "&lt;", "a"])


@given(parts=st.lists(MARKS, max_size=30))
def test_no_mix_of_marks_becomes_broken_html(parts: list[str]) -> None:
    stack: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z]+)", str(Reader(READER).mrkdwn("".join(parts)))):
        if closing:
            assert stack.pop() == tag
        else:
            stack.append(tag)
    assert stack == []


@given(template=st.text(), seconds=st.integers(0, 4_000_000_000))
def test_any_date_template_is_filled(template: str, seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    words = date_text(moment, f"{template}{{date_num}}", moment)
    assert words.endswith(f"{moment:%Y-%m-%d}")


@pytest.mark.parametrize(
    ("day", "ordinal"),
    [
        *((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th")),
        *((13, "13th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (31, "31st")),
    ],
)
def test_days_have_english_ordinals(day: int, ordinal: str) -> None:
    moment = datetime(2027, 1, day, tzinfo=UTC)
    assert date_text(moment, "{date}", moment) == f"January {ordinal}, 2027"


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "12:05 AM"), (9, "9:05 AM"), (12, "12:05 PM"), (23, "11:05 PM")]
)
def test_times_have_am_or_pm(hour: int, words: str) -> None:
    assert clock_time(datetime(2027, 1, 2, hour, 5, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "Dec 31, 2026"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (2, "Jan 4, 2027")],
)
def test_near_days_have_their_own_words(days: int, words: str) -> None:
    now = datetime(2027, 1, 2, 12, tzinfo=UTC)
    moment = now + timedelta(days=days)
    assert date_text(moment, "{date_short_pretty}", now) == words


def test_a_day_begins_at_the_readers_midnight() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")
    now = datetime(2027, 1, 2, 18, tzinfo=UTC)
    moment = datetime(2027, 1, 2, 19, tzinfo=UTC).astimezone(kolkata)
    assert date_text(moment, "{date_short_pretty} {time}", now) == "tomorrow 12:30 AM"


@pytest.mark.parametrize("name", sorted(EMOJI))
def test_every_emoji_is_one_character(reader: Reader, name: str) -> None:
    assert len(EMOJI[name]) == 1
    assert str(reader.mrkdwn(f":{name}:")) == EMOJI[name]
