"""Checks for buttons and images, and where each element may be used.

The blocks and surfaces of each element: https://docs.slack.dev/reference/block-kit/block-elements
"""

from enum import StrEnum

from sandbox.slack.blockkit.checks import (
    Check,
    Table,
    by_type,
    checked,
    exactly_one,
    record,
    string,
)
from sandbox.slack.blockkit.composition import (
    ACTIONABLE,
    CONFIRMABLE,
    SLACK_FILE,
    STYLE,
    URL,
    any_text,
    plain,
)
from sandbox.slack.blockkit.inputs import DATETIMEPICKER, FILES, INPUTS, PICKERS
from sandbox.slack.blockkit.menus import CHOICES, OVERFLOW, SELECTS


class Surface(StrEnum):
    """The places where blocks are shown."""

    MODAL = "modal"
    HOME = "home"
    MESSAGE = "message"


_BUTTON: Table = {
    "button": record(
        required={"text": plain(75)},
        optional={
            **ACTIONABLE,
            **CONFIRMABLE,
            "value": string(0, 2000),
            "url": URL,
            "style": STYLE,
            "accessibility_label": string(1, 75),
        },
    ),
}

ALT_TEXT: Table = {"alt_text": string(1, 2000)}
PICTURE: Table = {"image_url": URL, "slack_file": SLACK_FILE}
ONE_PICTURE = exactly_one(*PICTURE)

_IMAGE: Table = {"image": checked(record(required=ALT_TEXT, optional=PICTURE), ONE_PICTURE)}

IN_SECTION: Table = {**_BUTTON, **OVERFLOW, **_IMAGE, **PICKERS, **CHOICES, **SELECTS}
IN_ACTIONS: Table = {**_BUTTON, **OVERFLOW, **PICKERS, **DATETIMEPICKER, **CHOICES, **SELECTS}
IN_INPUT: Table = {**INPUTS, **FILES, **PICKERS, **DATETIMEPICKER, **CHOICES, **SELECTS}
IN_CONTEXT: Table = {**_IMAGE, **any_text(3000)}

_MODAL_ONLY = {"email_text_input", "url_text_input", "number_input", "file_input"}
_MISSING_ON = {
    Surface.MODAL: set[str](),
    Surface.MESSAGE: _MODAL_ONLY,
    Surface.HOME: _MODAL_ONLY | {"datetimepicker"},
}


def element(kinds: Table, surface: Surface) -> Check:
    """Return a check: one of these kinds of element, if the surface can show it."""
    missing = _MISSING_ON[surface]
    return by_type({kind: check for kind, check in kinds.items() if kind not in missing})
