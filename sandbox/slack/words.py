"""The text that a person sees in blocks."""

from collections.abc import Iterator

from sandbox.slack.shapes import JsonObject

UNSEEN = frozenset({"confirm", "block_id", "action_id", "value", "url"})
MENUS = frozenset({"options", "option_groups", "initial_option", "initial_options"})
SHOWS_OPTIONS = frozenset({"radio_buttons", "checkboxes"})


def words(node: object) -> str:
    """Return all text shown, one line per text object; closed menus hide their options."""
    return "\n".join(_pieces(node))


def _pieces(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _pieces(each)
    elif isinstance(node, dict):
        yield from _pieces_of(node)


def _pieces_of(node: JsonObject) -> Iterator[str]:
    hidden = UNSEEN if node.get("type") in SHOWS_OPTIONS else UNSEEN | MENUS
    for key, value in node.items():
        if key in ("text", "alt_text") and isinstance(value, str):
            yield value
        elif key not in hidden:
            yield from _pieces(value)
