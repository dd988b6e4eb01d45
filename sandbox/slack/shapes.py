"""Types for JSON, and helpers that read it."""

from typing import Any

JsonObject = dict[str, Any]
Values = dict[str, dict[str, JsonObject]]
"""A view's `state.values`: the state of each input, by block_id and action_id."""


def object_of(value: object) -> JsonObject:
    """Return `value` if it is a JSON object, else an empty object."""
    return value if isinstance(value, dict) else {}


def text_of(node: object) -> str:
    """Return the text of a text object, or "" if there is none."""
    return str(object_of(node).get("text", ""))
