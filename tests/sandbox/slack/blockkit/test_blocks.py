from collections.abc import Callable

import pytest

from sandbox.slack.blockkit.blocks import blocks_on
from sandbox.slack.blockkit.checks import Check
from sandbox.slack.blockkit.elements import Surface

Block = dict[str, object]


def words(length: int = 1) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int = 1) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def button(action_id: str) -> Block:
    return {"type": "button", "text": words(), "action_id": action_id}


def entry(**fields: object) -> Block:
    element = {"type": "plain_text_input", "action_id": "value"}
    return {"type": "input", "label": words(), "element": element, **fields}


def section(**fields: object) -> Block:
    return {"type": "section", **fields}


def actions(count: int) -> Block:
    return {"type": "actions", "elements": [button(f"button-{n}") for n in range(count)]}


def context(count: int) -> Block:
    return {"type": "context", "elements": [mrkdwn()] * count}


def image(**fields: object) -> Block:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A", **fields}


DIVIDER: Block = {"type": "divider"}
FOCUSED = {"type": "plain_text_input", "action_id": "value", "focus_on_load": True}

ROWS: dict[str, tuple[list[Block], list[Block], list[str]]] = {
    "100 blocks": ([DIVIDER] * 100, [DIVIDER] * 101, [""]),
    "known types": ([DIVIDER], [{"type": "video"}], ["/0/type"]),
    "known fields": ([DIVIDER], [{"type": "divider", "color": "red"}], ["/0"]),
    "block_id length": (
        [{**DIVIDER, "block_id": "x" * 255}],
        [{**DIVIDER, "block_id": "x" * 256}],
        ["/0/block_id"],
    ),
    "block_id unique": (
        [{**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "b"}],
        [{**DIVIDER, "block_id": "a"}, DIVIDER, {**DIVIDER, "block_id": "a"}],
        ["/2/block_id"],
    ),
    "section text": (
        [section(text=mrkdwn(3000))],
        [section(text=mrkdwn(3001))],
        ["/0/text/text"],
    ),
    "section text or fields": ([section(fields=[words()])], [section()], ["/0"]),
    "section fields": (
        [section(fields=[mrkdwn()] * 10)],
        [section(fields=[mrkdwn()] * 11)],
        ["/0/fields"],
    ),
    "section field length": (
        [section(fields=[mrkdwn(2000)])],
        [section(fields=[mrkdwn(2001)])],
        ["/0/fields/0/text"],
    ),
    "section accessory": (
        [section(text=words(), accessory=button("go"), expand=True)],
        [section(text=words(), accessory={"type": "plain_text_input"})],
        ["/0/accessory/type"],
    ),
    "header": (
        [{"type": "header", "text": words(150)}],
        [{"type": "header", "text": words(151)}],
        ["/0/text/text"],
    ),
    "header in plain text": (
        [{"type": "header", "text": words()}],
        [{"type": "header", "text": mrkdwn()}],
        ["/0/text/type"],
    ),
    "context": ([context(10)], [context(11)], ["/0/elements"]),
    "context not empty": ([context(1)], [context(0)], ["/0/elements"]),
    "context of texts and images": (
        [{"type": "context", "elements": [image(), words()]}],
        [{"type": "context", "elements": [button("go")]}],
        ["/0/elements/0/type"],
    ),
    "actions": ([actions(25)], [actions(26)], ["/0/elements"]),
    "actions not empty": ([actions(1)], [actions(0)], ["/0/elements"]),
    "no text input in actions": (
        [actions(1)],
        [{"type": "actions", "elements": [entry()["element"]]}],
        ["/0/elements/0/type"],
    ),
    "action_id unique in its block": (
        [actions(2), actions(2)],
        [{"type": "actions", "elements": [button("a"), button("b"), button("a")]}],
        ["/0/elements/2/action_id"],
    ),
    "input label": ([entry(label=words(2000))], [entry(label=words(2001))], ["/0/label/text"]),
    "input label in plain text": ([entry()], [entry(label=mrkdwn())], ["/0/label/type"]),
    "input hint": ([entry(hint=words(2000))], [entry(hint=words(2001))], ["/0/hint/text"]),
    "input flags": (
        [entry(optional=True, dispatch_action=True)],
        [entry(optional="yes")],
        ["/0/optional"],
    ),
    "input element": ([entry()], [entry(element=button("go"))], ["/0/element/type"]),
    "image title": (
        [image(title=words(2000))],
        [image(title=words(2001))],
        ["/0/title/text"],
    ),
    "image needs a source": ([image()], [{"type": "image", "alt_text": "A"}], ["/0"]),
    "rich text": (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
        [{"type": "rich_text"}],
        ["/0"],
    ),
    "one focus": ([entry(element=FOCUSED), entry()], [entry(element=FOCUSED)] * 2, [""]),
}


@pytest.mark.parametrize(("sound", "refused", "expected"), ROWS.values(), ids=ROWS)
def test_limits(
    sound: list[Block],
    refused: list[Block],
    expected: list[str],
    pointers: Callable[[Check, object], list[str]],
) -> None:
    blocks = blocks_on(Surface.MODAL, 100)
    assert pointers(blocks, sound) == []
    assert pointers(blocks, refused) == expected


@pytest.mark.parametrize("kind", ["alert", "card", "file", "markdown", "table", "video"])
@pytest.mark.parametrize("surface", Surface)
def test_unsupported_block_types_are_refused_on_every_surface(surface: Surface, kind: str) -> None:
    [fault] = blocks_on(surface, 50)([{"type": kind}], "/blocks")
    assert (fault.pointer, fault.reason) == (
        "/blocks/0/type",
        f"unsupported type: {kind} is not drawn here",
    )
