"""The interactive elements in a list of blocks."""

import copy
from collections.abc import Iterable, Iterator

from sandbox.slack.ids import new_id
from sandbox.slack.shapes import JsonObject

BUTTONS = frozenset({"button", "overflow"})
"""Elements that can be clicked and have no value."""


def placed(blocks: Iterable[JsonObject]) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Yield each interactive element with its block, in the order on the screen."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif "action_id" in block.get("accessory", {}):
            yield block, block["accessory"]


def with_ids(blocks: Iterable[JsonObject]) -> list[JsonObject]:
    """Return a copy in which every block and interactive element has an id, as in Slack."""
    copied = copy.deepcopy(list(blocks))
    for block in copied:
        block.setdefault("block_id", new_id("b"))
        for element in _identified(block):
            element.setdefault("action_id", new_id("a"))
    return copied


def _identified(block: JsonObject) -> Iterator[JsonObject]:
    if block["type"] == "input":
        yield block["element"]
    elif block["type"] == "actions":
        yield from block["elements"]
    elif block.get("accessory", {}).get("type", "image") != "image":
        yield block["accessory"]
