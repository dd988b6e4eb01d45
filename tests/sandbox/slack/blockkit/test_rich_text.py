from collections.abc import Callable

import pytest

from sandbox.slack.blockkit.checks import Check, record
from sandbox.slack.blockkit.rich_text import RICH_TEXT

BODY = record(required=RICH_TEXT)

Piece = dict[str, object]


def section(*pieces: Piece) -> Piece:
    return {"type": "rich_text_section", "elements": list(pieces)}


def listed(**fields: object) -> Piece:
    return {"type": "rich_text_list", "style": "bullet", "elements": [section()], **fields}


WORDS: Piece = {"type": "text", "text": "Hello", "style": {"bold": True}}
DATE: Piece = {"type": "date", "timestamp": 1_800_000_000, "format": "{date_num}"}

ROWS: dict[str, tuple[Piece, Piece, list[str]]] = {
    "text": (section(WORDS), section({"type": "text"}), ["/elements/0/elements/0"]),
    "style": (
        section({**WORDS, "style": {"code": True}}),
        section({**WORDS, "style": {"big": True}}),
        ["/elements/0/elements/0/style"],
    ),
    "link": (
        section({"type": "link", "url": "https://example.com"}),
        section({"type": "link", "url": ""}),
        ["/elements/0/elements/0/url"],
    ),
    "user": (
        section({"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "wave"}),
        section({"type": "user"}),
        ["/elements/0/elements/0"],
    ),
    "date": (section(DATE), section({**DATE, "zone": "UTC"}), ["/elements/0/elements/0"]),
    "unknown piece": (
        section({"type": "broadcast", "range": "here"}),
        section({"type": "canvas"}),
        ["/elements/0/elements/0/type"],
    ),
    "list style": (listed(style="ordered"), listed(style="roman"), ["/elements/0/style"]),
    "list indent": (listed(indent=8), listed(indent=9), ["/elements/0/indent"]),
    "list of sections": (listed(), listed(elements=[listed()]), ["/elements/0/elements/0/type"]),
    "quote": (
        {"type": "rich_text_quote", "elements": [WORDS], "border": 1},
        {"type": "rich_text_quote", "elements": [WORDS], "border": 2},
        ["/elements/0/border"],
    ),
    "code": (
        {"type": "rich_text_preformatted", "elements": [WORDS]},
        {"type": "rich_text_preformatted"},
        ["/elements/0"],
    ),
}


@pytest.mark.parametrize(("sound", "refused", "expected"), ROWS.values(), ids=ROWS)
def test_shapes(
    sound: Piece,
    refused: Piece,
    expected: list[str],
    pointers: Callable[[Check, object], list[str]],
) -> None:
    assert pointers(BODY, {"elements": [sound]}) == []
    assert pointers(BODY, {"elements": [refused]}) == expected


def test_a_rich_text_needs_elements(pointers: Callable[[Check, object], list[str]]) -> None:
    assert pointers(BODY, {"elements": []}) == ["/elements"]
