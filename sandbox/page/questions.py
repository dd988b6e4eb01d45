"""The question that Slack asks before it carries a click out.

https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from sandbox.slack.elements import placed
from sandbox.slack.shapes import JsonObject

SURE = "sure"
"""What a form carries whose sender has been asked."""
CARRIED = ("view", "ts", "words", "block_id", "action_id")


@dataclass(frozen=True, slots=True)
class Question:
    """A confirmation dialog: Slack's object for it, and what to post `again`, to which address."""

    asked: JsonObject
    address: str
    again: dict[str, str]


def question(blocks: Sequence[JsonObject], posted: FormData, address: str) -> Question | None:
    """What is to be asked before the click that was posted, if it was not asked already."""
    clicked = (posted.get("block_id"), posted.get("action_id"))
    for block, element in placed(blocks):
        ids = (block.get("block_id"), element.get("action_id"))
        if ids == clicked and "confirm" in element and SURE not in posted:
            again = {name: str(posted[name]) for name in CARRIED if name in posted}
            return Question(element["confirm"], address, again | {SURE: "1"})
    return None
