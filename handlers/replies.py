"""The answers to a submitted modal: docs.slack.dev/surfaces/modals."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View as Modal

from blocks.state import MalformedRequest
from handlers.payloads import ViewState

# The arguments of Bolt's `ack`.
Reply = dict[str, Any]

CLOSE: Reply = {}
CLOSE_ALL: Reply = {"response_action": "clear"}


def errors(view: ViewState, by_field: Mapping[str, str]) -> Reply:
    """Keep the modal open, with a sentence on each field concerned.

    Raises:
        MalformedRequest: the view has no such field, so Slack would not show the sentence.
    """
    for name in by_field:
        if name not in view.values:
            raise MalformedRequest(f"view.state.values.{name}")
    return {"response_action": "errors", "errors": dict(by_field)}


def instead(view: Modal) -> Reply:
    """Show another view in place of the submitted one."""
    return {"response_action": "update", "view": view}


def on_top(view: Modal) -> Reply:
    """Show another modal on top; the form beneath keeps its values."""
    return {"response_action": "push", "view": view}
