"""What Slack says no with, and which of it is the bot's own mistake."""

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
        "msg_too_long",
        "view_too_large",
        "duplicate_external_id",
        "not_enabled",
        "users_list_not_supplied",
    }
)
"""Errors no well-made bot ever causes, unlike those of a moment or a membership."""


class Refusal(Exception):
    """An answer `{"ok": false, "error": …}`; `details` are its other fields."""

    def __init__(self, error: str, **details: object) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    @property
    def answer(self) -> JsonObject:
        """The body of the answer."""
        return {"ok": False, "error": self.error, **self.details}


def refuse_faults(error: str, faults: list[Fault]) -> None:
    """Turn what the validator found into Slack's answer, which points at each place.

    The form of the messages is that of https://docs.slack.dev/reference/methods/views.open

    Raises:
        Refusal: there is a fault.
    """
    if faults:
        raise Refusal(
            error, response_metadata={"messages": [fault_line(fault) for fault in faults]}
        )


def fault_line(fault: Fault) -> str:
    """A fault in Slack's words, such as "[ERROR] must be shorter [json-pointer:/view/title]"."""
    return f"[ERROR] {fault.reason} [json-pointer:{fault.pointer}]"
