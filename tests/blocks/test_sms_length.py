"""The length of an SMS text in the review."""

import pytest

from blocks.sms_length import length_line
from bot.campaigns.review import contact_load
from bot.campaigns.review.model import Load
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE


def said(text: str, load: Load | None = None) -> str:
    block = length_line(text, load).to_dict()
    assert message_faults({"text": "Review", "blocks": [block]}) == []
    (element,) = block["elements"]
    assert element["type"] == "plain_text"
    shown: str = element["text"]
    return shown


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("a" * 148, ["148 of 160 characters, 1 segment (GSM-7)."]),
        ("a" * 1600, ["1,600 characters, 11 segments (GSM-7)."]),
        ("я" * 92, ["92 characters, 2 segments (Unicode, because of “я”)."]),
        (
            "5 € [now]",
            ["12 of 160 characters, 1 segment (GSM-7).", "Counts “€” as 2, “[” as 2, “]” as 2."],
        ),
        (
            "日本語です😀",
            [
                "7 of 70 characters, 1 segment (Unicode, because of “日”, “本”, “語” and 3 more).",
                "Counts “😀” as 2.",
            ],
        ),
        (
            "Ann\u2019s" + "s" * 100,
            [
                "105 characters, 2 segments (Unicode, because of \u2019).",
                "To send it as GSM-7, write ' for \u2019: 105 of 160 characters, 1 segment.",
            ],
        ),
        (
            "“Hi”… a\u00a0b",
            [
                "9 of 70 characters, 1 segment (Unicode, because of “, ”, “…” and 1 more).",
                (
                    'To send it as GSM-7, write " for “, " for ”, “...” for “…”, 1 more: 11 of 160 '
                    "characters, 1 segment."
                ),
            ],
        ),
        (
            "a\u00a0\u200b\t",
            [
                (
                    "4 of 70 characters, 1 segment (Unicode, because of no-break space, zero width "
                    "space and tab)."
                ),
                (
                    "To send it as GSM-7, write space for no-break space, nothing for zero width "
                    "space, space for tab: 3 of 160 characters, 1 segment."
                ),
            ],
        ),
        (
            "Ann\u2019s 😀",
            [
                "8 of 70 characters, 1 segment (Unicode, because of \u2019 and “😀”).",
                "Counts “😀” as 2.",
                "GSM-7 has ' for \u2019, but nothing for “😀”.",
            ],
        ),
        (
            "Hi <First Name> <Name>",
            [
                "22 of 160 characters, 1 segment (GSM-7).",
                "Counted as written, without the values for <First Name>, <Name>.",
            ],
        ),
    ],
)
def test_a_length_is_said_with_its_reasons(text: str, sentences: list[str]) -> None:
    assert said(text) == " ".join(sentences)


@pytest.mark.parametrize(
    ("size", "text", "words"),
    [
        (5000, "a" * 200, " About 5,000 messages of 2 segments, 10,000 segments in all."),
        (5000, "a", " About 5,000 messages of 1 segment."),
        (0, "a", ""),
        (None, "a", ""),
    ],
)
def test_the_messages_to_all_contacts_are_counted_if_their_number_is_known(
    size: int | None, text: str, words: str
) -> None:
    alone = said(text)
    assert said(text, contact_load([("News", size)], 1)) == alone + words


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_the_line(text: str) -> None:
    assert "segment" in said((text * 1600)[:1600])
