"""Checks what an app sends: a view, a message, or an answer with options."""

import json
from collections.abc import Iterator, Mapping

from sandbox.slack.blockkit.blocks import blocks_on
from sandbox.slack.blockkit.checks import (
    Fault,
    Fields,
    Table,
    anything_named,
    array,
    boolean,
    by_type,
    checked,
    exactly_one,
    not_drawn,
    record,
    string,
)
from sandbox.slack.blockkit.composition import (
    MENU_OPTION,
    OPTION_GROUP,
    plain,
    values_differ,
)
from sandbox.slack.blockkit.elements import Surface

VIEW_BYTES = 250_000
MESSAGE_CHARACTERS = 40_000
# Slack documents no limit for the blocks of a message together, but refuses them from somewhere
# above 11,000 characters of text: github.com/slackapi/bolt-js/issues/2867.
BLOCKS_CHARACTERS = 11_000
TOO_LONG = f"must have at most {BLOCKS_CHARACTERS} characters of text in all blocks together"

_ANY_VIEW: Table = {
    "private_metadata": string(0, 3000),
    "callback_id": string(0, 255),
    "external_id": string(0, 255),
}


def _submit_for_inputs(view: Fields, at: str) -> Iterator[Fault]:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield Fault(at, "missing required field: submit, as there are input blocks")


def _small_enough(view: Fields, at: str) -> Iterator[Fault]:
    # A lone surrogate is valid in JSON but not in UTF-8.
    written = json.dumps(view, ensure_ascii=False, separators=(",", ":"))
    if len(written.encode("utf-8", "surrogatepass")) > VIEW_BYTES:
        yield Fault(at, f"must be less than {VIEW_BYTES + 1} bytes")


_MODAL = checked(
    record(
        required={"title": plain(24), "blocks": blocks_on(Surface.MODAL, 100)},
        optional={
            **_ANY_VIEW,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    _submit_for_inputs,
)

_HOME = record(required={"blocks": blocks_on(Surface.HOME, 100)}, optional=_ANY_VIEW)

_VIEW = checked(by_type({"modal": _MODAL, "home": _HOME}), _small_enough)


def view_faults(view: object) -> list[Fault]:
    """Return what Slack refuses in a modal or Home tab (decoded JSON); pointers start at /view.

    Limits: https://docs.slack.dev/reference/views/modal-views and .../home-tab-views
    """
    return list(_VIEW(view, "/view"))


def _fallback_text(value: object, at: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield Fault(at, "must provide text, as screen readers read it instead of the blocks")
    else:
        yield from string(1, MESSAGE_CHARACTERS)(value, at)


def _characters(value: object) -> int:
    """Return how long all texts in blocks are together."""
    if isinstance(value, list):
        return sum(map(_characters, value))
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    own = len(text) if isinstance(text, str) else 0
    return own + sum(map(_characters, value.values()))


def _short_together(blocks: object, at: str) -> Iterator[Fault]:
    if _characters(blocks) > BLOCKS_CHARACTERS:
        yield Fault(at, TOO_LONG)


_MESSAGE: Table = {
    "text": _fallback_text,
    "blocks": checked(blocks_on(Surface.MESSAGE, 50), _short_together),
    "metadata": record(required={"event_type": string(1), "event_payload": anything_named}),
    "attachments": not_drawn,
    "markdown_text": not_drawn,
}


def message_faults(message: Mapping[str, object]) -> list[Fault]:
    """Return what Slack refuses in a message; pointers start at /text, /blocks or /metadata.

    Arguments that are not content, such as `channel`, are not checked. This is stricter than Slack,
    which allows blocks without text: https://docs.slack.dev/reference/methods/chat.postMessage
    """
    content = {"text": "", **{name: message[name] for name in _MESSAGE if name in message}}
    return list(record(optional=_MESSAGE)(content, ""))


_ANSWER = checked(
    record(
        optional={
            "options": array(MENU_OPTION, 0, 100),
            "option_groups": array(OPTION_GROUP, 0, 100),
        },
    ),
    exactly_one("options", "option_groups"),
    values_differ,
)


def options_faults(answer: object) -> list[Fault]:
    """Return what Slack refuses in the answer to a block_suggestion; an empty list is valid.

    Limits: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
    """
    return list(_ANSWER(answer, ""))
