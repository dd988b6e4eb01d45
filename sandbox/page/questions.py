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
    clicked = (posted.get("block_id"), posted.get("action_id"))
    for block, element in placed(blocks):
        ids = (block.get("block_id"), element.get("action_id"))
        if ids == clicked and "confirm" in element and SURE not in posted:
            again = {name: str(posted[name]) for name in CARRIED if name in posted}
            return Question(element["confirm"], address, again | {SURE: "1"})
    return None
