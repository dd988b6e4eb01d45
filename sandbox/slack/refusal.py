"""Slack's error answers, and which of them are the bot's mistakes."""

from sandbox.slack.blockkit import Fault
from sandbox.slack.shapes import JsonObject

MISTAKES = frozenset(
    {
        "not_authed",
        "invalid_auth",
        "not_allowed_token_type",
        "missing_scope",
        "unknown_method",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_json",
        "invalid_metadata_format",
        "no_text",
        "msg_blocks_too_long",
        "msg_too_long",
        "view_too_large",
        "duplicate_external_id",
        "not_enabled",
        "users_list_not_supplied",
        "missing_argument",
        "alt_txt_too_large",
        "wrong_length",
        "sign_in",
    }
)
"""Errors that a correct bot never causes, unlike those that depend on time or membership."""


class Refusal(Exception):
    """Raised for an answer `{"ok": false, "error": …}`; `details` are its other fields."""

    def __init__(self, error: str, **details: object) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    @property
    def answer(self) -> JsonObject:
        """Return the body of the answer."""
        return {"ok": False, "error": self.error, **self.details}


def refuse_faults(error: str, faults: list[Fault]) -> None:
    """Raise Slack's error answer if there are faults; it names the place of each.

    The messages look like those in https://docs.slack.dev/reference/methods/views.open

    Raises:
        Refusal: There is a fault.
    """
    if faults:
        raise Refusal(
            error, response_metadata={"messages": [fault_line(fault) for fault in faults]}
        )


def fault_line(fault: Fault) -> str:
    """Return a line such as "[ERROR] must be shorter [json-pointer:/view/title]"."""
    return f"[ERROR] {fault.reason} [json-pointer:{fault.pointer}]"
