"""Results in words and as a picture: the same numbers, and nobody is pinged."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.ids import Button
from blocks.results import (
    ALT_TEXT_MAX,
    BARS_MAX,
    GROUND,
    INK,
    ShownResults,
    alt_text,
    chart,
    file_comment,
    file_lost,
    results_message,
    results_notice,
)
from bot.campaigns.environment import Environment
from bot.campaigns.refs import CampaignRef
from bot.campaigns.results import Count, ResultCounts
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import COUNTS, HOSTILE, NOW, as_sent, formatted

REF = CampaignRef(id="cd-1", name="Renewals", environment="production")
SHOWN = ShownResults(REF, COUNTS)
any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def counts(**changed: object) -> ResultCounts:
    return COUNTS.model_copy(update=changed)


def small_print(shown: ResultCounts) -> str:
    (said,) = as_sent(results_message(ShownResults(REF, shown)))["blocks"][2]["elements"]
    return re.sub("<!date[^>]*>", "now", said["text"])


def bars(specification: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the label and the number of each bar."""
    values = [each["data"]["values"] for each in specification["vconcat"]]
    return [(bar["label"], bar["said"]) for chart_ in values for bar in chart_]


def test_the_message_has_the_counts_with_their_shares() -> None:
    message = results_message(SHOWN)
    sent = as_sent(message)
    assert message_faults(sent) == []
    assert message.text == (
        "Results of “Renewals”: 1,000 contacts. Reached: 801 (80%). Called, not reached: 49 (5%). "
        "Not called: 150 (15%)."
    )
    said, facts, _, row = sent["blocks"]
    assert said["text"]["text"].startswith(
        "*Results of “Renewals”*: 1,000 contacts\n• Reached: 801"
    )
    assert [each["text"] for each in facts["fields"]] == [
        "*How calls ended*\nuserHangUp: 700 (70%)\nothers: 3 (&lt;1%)",
        "*Agents' dispositions*\nSale: 20 (2%)",
        "*Attempts*\n1: 600 (60%)\n2: 250 (25%)",
    ]
    (button,) = row["elements"]
    assert (button["action_id"], button["value"]) == (Button.RESULTS_FILE, str(REF))


def test_the_small_print_says_how_far_the_numbers_are_true() -> None:
    said = "The latest run in Kore.ai, as of now."
    reached = "Reached: Kore.ai's dialer has completed the contact."
    assert small_print(COUNTS) == f"{said} {reached}"
    so_far = "It is not over, so these are the numbers so far."
    assert small_print(counts(is_running=True)) == f"{said} {so_far} {reached}"
    missing = "Kore.ai counts 1,003, and the bot found 1,000 different ones: some may be missing."
    assert small_print(counts(is_complete=False, total=1_003)) == f"{said} {missing} {reached}"


def test_production_is_named_where_it_must_be() -> None:
    where = Environment(name="production", looks_like_production=True)
    shown = ShownResults(REF, COUNTS, where)
    assert results_message(shown).text.startswith("🔴 Production: Results of “Renewals”")
    assert file_comment(shown).startswith("🔴 Production: Results of “Renewals” by contact")
    assert "Results of “Renewals”, 1,000 contacts in production: Reached" in alt_text(shown)
    assert chart(shown)["title"]["subtitle"] == "1,000 contacts in production"


def test_the_picture_and_its_description_have_the_same_numbers() -> None:
    specification, said = chart(SHOWN), alt_text(SHOWN)
    assert bars(specification) == [
        ("Reached", "801 (80%)"),
        ("Called, not reached", "49 (5%)"),
        ("Not called", "150 (15%)"),
        ("userHangUp", "700 (70%)"),
        ("others", "3 (<1%)"),
    ]
    assert said == (
        "Bar chart. Results of “Renewals”, 1,000 contacts: Reached 801 (80%), Called, not reached "
        "49 (5%), Not called 150 (15%). How calls ended: userHangUp 700 (70%), others 3 (<1%)."
    )


def test_the_picture_has_the_most_frequent_ends_and_all_others_as_one() -> None:
    many = tuple(Count(word=f"End {n}", contacts=100 - n) for n in range(BARS_MAX + 2))
    found = bars(chart(ShownResults(REF, counts(call_statuses=many))))[3:]
    assert [label for label, _ in found] == [*(f"End {n}" for n in range(BARS_MAX)), "others"]
    assert found[-1][1] == "187 (19%)"


def luminance(color: str) -> float:
    """Return the relative luminance of a color: w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def test_the_picture_can_be_read_in_both_themes() -> None:
    """Its ground is opaque, and the contrast of its text is above the highest demand, 7 to 1."""
    assert chart(SHOWN)["background"] == GROUND
    assert (luminance(GROUND) + 0.05) / (luminance(INK) + 0.05) > 7
    colors = re.findall(r"'color': '(#\w+)'", str(chart(SHOWN)["vconcat"]))
    assert len(set(colors) - {INK}) == 1


def test_without_contacts_nothing_is_divided() -> None:
    none = ResultCounts(
        contacts=0,
        total=0,
        is_complete=True,
        is_running=False,
        as_of=NOW,
        reached=0,
        not_called=0,
    )
    shown = ShownResults(REF, none)
    assert "Reached: 0 (0%)" in results_message(shown).text
    assert len(bars(chart(shown))) == 3


@any_text
def test_no_name_or_word_breaks_a_message_or_pings(text: str) -> None:
    word = (Count(word=text[:60].strip() or "x", contacts=1),)
    shown = ShownResults(
        CampaignRef(id="cd-1", name=text[:48].strip()),
        counts(call_statuses=word, dispositions=word),
    )
    messages = (
        results_message(shown),
        results_notice(text, 100, 2_000),
        file_lost(text[:48]),
    )
    for message in messages:
        assert message_faults(as_sent(message)) == []
        for part in formatted(message):
            assert "<" not in re.sub("<!date[^>]*>", "", part)
    assert "<!" not in re.sub("<!date[^>]*>", "", file_comment(shown))


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_every_description_fits(reached: int, missed: int, uncalled: int) -> None:
    words = tuple(Count(word="w" * 60, contacts=1) for _ in range(12))
    contacts = reached + missed + uncalled
    many = counts(
        contacts=contacts, reached=reached, not_called=uncalled, call_statuses=words, attempts=words
    )
    shown = ShownResults(REF, many)
    assert len(alt_text(shown)) <= ALT_TEXT_MAX
    assert message_faults(as_sent(results_message(shown))) == []


def test_the_notice_of_a_long_reading_says_how_far_it_is() -> None:
    assert results_notice("Renewals", 300, 12_000).text == (
        "“Renewals” has results of 12,000 contacts; the bot has read 300 of them so far. That "
        "takes a while, as Kore.ai takes few requests a minute. Nothing is lost: the results "
        "follow."
    )
