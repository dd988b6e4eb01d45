"""Lists of campaigns: each leads to its campaign, and says how far the account was read."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from blocks.campaign_lists import AsRead, campaign_list, choices
from blocks.kit import Message
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import ListProgress
from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE, ID, as_sent, formatted, snapshot
from tests.blocks.test_messages import action_values

any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
ALL = AsRead(as_of=datetime(2026, 11, 28, 9, 30, tzinfo=UTC))
SOME = AsRead(progress=ListProgress(kind=Kind.SMS, read=3000, total=7000, goes_on=True))
# The messages that repeat text from a person or from Kore.ai.
ECHOES: dict[str, Callable[[str], Message]] = {
    "choices": lambda text: choices(text, [snapshot(text, status=text)] * 25),
    "a page": lambda text: campaign_list(
        [snapshot(text, status=text)] * 8, text, 1, more=True, read=ALL
    ),
    "no campaigns": lambda text: campaign_list([], text, 0, more=False, read=SOME),
}


@any_text
@pytest.mark.parametrize("echo", ECHOES)
def test_no_text_breaks_a_list_or_pings(echo: str, text: str) -> None:
    message = ECHOES[echo](text)
    assert message_faults(as_sent(message)) == []
    for part in formatted(message):
        assert "<!" not in part.replace("<!date^", "")
        assert "<@" not in part


def test_each_choice_shows_its_id_and_status_and_leads_to_its_campaign() -> None:
    found = [snapshot(id=f"cd-{each}") for each in range(2)]
    message = choices("Spring sale", found)
    assert message.text == "2 campaigns are called “Spring sale”. Which one do you mean?"
    assert "`cd-1` :white_circle: Ready" in formatted(message)
    assert action_values(message) == [
        ("show_status", "cd-0 Spring sale"),
        ("show_status", "cd-1 Spring sale"),
    ]


@pytest.mark.parametrize(
    ("page", "more", "steps"),
    [
        (0, False, []),
        (0, True, [("list_next", "1 sms")]),
        (1, True, [("list_previous", "0 sms"), ("list_next", "2 sms")]),
        (2, False, [("list_previous", "1 sms")]),
    ],
)
def test_a_list_can_be_paged(page: int, *, more: bool, steps: list[tuple[str, str]]) -> None:
    message = campaign_list([snapshot()], "sms", page, more=more, read=AsRead())
    assert action_values(message) == [("show_status", f"{ID} Spring sale"), *steps]
    number = f", page {page + 1}" if steps else ""
    assert message.text == f"Campaigns for “sms”{number}: Spring sale"


def test_a_row_of_the_list_shows_kind_status_and_id() -> None:
    bare = Snapshot(id=ID, name="Spring sale", status="Active")
    texts = formatted(campaign_list([snapshot(), bare], "", 0, more=False, read=AsRead()))
    assert texts[1:] == [
        "*Campaigns*",
        f"*Spring sale*\nVoice · :white_circle: Ready · `{ID}`",
        f"*Spring sale*\nCampaign · :large_green_circle: Active · `{ID}`",
    ]


def test_an_empty_list_is_proven_or_says_how_far_the_account_was_read() -> None:
    proven = campaign_list([], "a & b", 0, more=False, read=ALL).text
    assert proven.startswith("There is no campaign for “a &amp; b”. All campaigns in Kore.ai, as ")
    assert "by sms or voice, then a status such as ready, then part of the name." in proven
    assert proven.endswith("type `/campaign status &lt;name or ID&gt;`.")
    partly = campaign_list([], "a & b", 0, more=False, read=SOME).text
    assert partly.startswith("The bot has found no campaign for “a &amp; b”. The bot still reads ")
    assert "3,000 of 7,000 SMS campaigns read so far." in partly


def test_a_page_says_as_of_when_it_is_true() -> None:
    assert formatted(campaign_list([snapshot()], "", 0, more=False, read=ALL))[-1].startswith(
        "All campaigns in Kore.ai, as of <!date^"
    )
    assert (
        "3,000 of 7,000" in formatted(campaign_list([snapshot()], "", 0, more=False, read=SOME))[-1]
    )


@any_text
def test_a_button_finds_its_campaign_under_any_name(text: str) -> None:
    message = campaign_list([snapshot(text)], "", 0, more=False, read=AsRead())
    assert CampaignRef.parse(action_values(message)[0][1]).id == ID
