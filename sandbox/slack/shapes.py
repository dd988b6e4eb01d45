"""The shapes that JSON has in this package."""

from typing import Any

JsonObject = dict[str, Any]
Values = dict[str, dict[str, JsonObject]]
"""A view's `state.values`: what stands in each input, by block_id and action_id."""


def object_of(value: object) -> JsonObject:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text_of(node: object) -> str:
    """The words of a text object, or nothing where there is none."""
    return str(object_of(node).get("text", ""))
