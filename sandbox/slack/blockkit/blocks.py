"""The blocks that each surface can show.

Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator, Sequence

from sandbox.slack.blockkit.checks import (
    NO_FIELDS,
    Check,
    Fault,
    Fields,
    Table,
    array,
    at_least_one,
    boolean,
    by_type,
    checked,
    distinct,
    record,
)
from sandbox.slack.blockkit.composition import IDENTIFIER, plain, text
from sandbox.slack.blockkit.elements import (
    ALT_TEXT,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    ONE_PICTURE,
    PICTURE,
    Surface,
    element,
)
from sandbox.slack.blockkit.rich_text import RICH_TEXT


def _block(required: Table = NO_FIELDS, optional: Table = NO_FIELDS) -> Check:
    return record(required=required, optional={**optional, "block_id": IDENTIFIER})


_PLAIN_BLOCKS: Table = {
    "divider": _block(),
    "header": _block({"text": plain(150)}),
    "rich_text": _block(RICH_TEXT),
    "context": _block({"elements": array(by_type(IN_CONTEXT), 1, 10)}),
    "image": checked(
        _block(ALT_TEXT, {**PICTURE, "title": plain(2000)}),
        ONE_PICTURE,
    ),
}


def _section(surface: Surface) -> Check:
    shape = _block(
        optional={
            "text": text(3000),
            "fields": array(text(2000), 1, 10),
            "accessory": element(IN_SECTION, surface),
            "expand": boolean,
        },
    )
    return checked(shape, at_least_one("text", "fields"))


def _actions(surface: Surface) -> Check:
    elements = array(element(IN_ACTIONS, surface), 1, 25)
    return _block({"elements": checked(elements, distinct("action_id"))})


def _input(surface: Surface) -> Check:
    return _block(
        {"label": plain(2000), "element": element(IN_INPUT, surface)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    )


def elements_of(block: Fields) -> list[Fields]:
    """Return the elements of a valid block, in order."""
    single = [block[name] for name in ("element", "accessory") if name in block]
    return [*block.get("elements", []), *single]


def _one_focus(blocks: Sequence[Fields], at: str) -> Iterator[Fault]:
    elements = [held for block in blocks for held in elements_of(block)]
    if sum(held.get("focus_on_load", False) for held in elements) > 1:
        yield Fault(at, "only one element may have focus_on_load")


def blocks_on(surface: Surface, most: int) -> Check:
    """Return a check: a list of at most `most` blocks that the surface can show."""
    kinds = {
        **_PLAIN_BLOCKS,
        "section": _section(surface),
        "actions": _actions(surface),
        "input": _input(surface),
    }
    return checked(array(by_type(kinds), 0, most), distinct("block_id"), _one_focus)
