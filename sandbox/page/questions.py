"""Slack's confirmation dialog before a click.

https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from sandbox.slack.elements import placed
from sandbox.slack.shapes import JsonObject

SURE = "sure"
"""The name of a form field that says that the person has confirmed."""
CARRIED = ("view", "ts", "words", "block_id", "action_id")


@dataclass(frozen=True, slots=True)
class Question:
    """A confirmation dialog: Slack's object, the path to post to, and the fields to repeat."""

    asked: JsonObject
    address: str
    again: dict[str, str]


def question(blocks: Sequence[JsonObject], posted: FormData, address: str) -> Question | None:
    """Return the question to ask before a posted click, if it has one and was not confirmed yet."""
    ids = clicked_ids(blocks, posted)
    for block, element in placed(blocks):
        here = {"block_id": block.get("block_id"), "action_id": element.get("action_id")}
        is_clicked = "action_id" in ids and ids.items() <= here.items()
        if is_clicked and "confirm" in element and SURE not in posted:
            again = {name: str(posted[name]) for name in CARRIED if name in posted}
            return Question(element["confirm"], address, again | {SURE: "1"})
    return None


def clicked_ids(blocks: Sequence[JsonObject], posted: FormData) -> dict[str, str]:
    """Return the posted ids that tell buttons with the same text apart.

    A message that was drawn again has new blocks, and Slack takes a click on the one seen before.
    """
    ids = {name: str(posted[name]) for name in ("block_id", "action_id") if name in posted}
    if ids.get("block_id") not in {block.get("block_id") for block, _ in placed(blocks)}:
        ids.pop("block_id", None)
    return ids
