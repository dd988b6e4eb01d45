"""Shows the effects of the bot's acknowledgments on the person's screen.

https://docs.slack.dev/surfaces/modals and
https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.slack.blockkit import message_faults
from sandbox.slack.channels import Channel
from sandbox.slack.journal import Delivery
from sandbox.slack.notices import TROUBLE, command_failed
from sandbox.slack.refusal import Refusal, fault_line
from sandbox.slack.response_url import answer
from sandbox.slack.shapes import JsonObject, text_of
from sandbox.slack.state import State
from sandbox.slack.views import OpenView
from sandbox.slack.web_api.views import valid_view
from sandbox.slack.workspace import User


class OutcomeKind(StrEnum):
    """The result of submitting a form."""

    CLOSED = "closed"
    ERRORS = "errors"
    UPDATED = "updated"
    PUSHED = "pushed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person sees after submitting a form; `errors` are by label."""

    kind: OutcomeKind
    errors: Mapping[str, str] = field(default_factory=dict)


def settle_command(state: State, user: User, channel: Channel, delivery: Delivery) -> None:
    """Show the answer to a command, or that it failed."""
    if delivery.error:
        notice = command_failed(delivery.name, delivery.error)
        state.workspace.notices[user.id].append(notice)
    elif delivery.answer:
        text = delivery.answer
        body: JsonObject = text if isinstance(text, dict) else {"text": text}
        _show_answer(state, user, channel, body)
    state.changes.note()


def settle_click(state: State, user: User, delivery: Delivery) -> None:
    """Show that a click failed, if it did; its ack must have no body."""
    if delivery.error:
        state.workspace.notices[user.id].append(TROUBLE)
    elif delivery.answer:
        state.journal.complain(f"{delivery.name}: the ack of this interaction has no body")
    state.changes.note()


def settle_submission(state: State, view: OpenView, delivery: Delivery) -> Outcome:
    """Apply the acknowledgment of `view_submission` to the view."""
    try:
        outcome = _settle(state, view, delivery)
    except Refusal as refusal:
        state.journal.complain(f"the ack of view_submission: {refusal.answer}")
        outcome = Outcome(OutcomeKind.FAILED)
    if outcome.kind is OutcomeKind.FAILED:
        state.workspace.notices[view.user].append(TROUBLE)
    state.changes.note()
    return outcome


def _settle(state: State, view: OpenView, delivery: Delivery) -> Outcome:
    if delivery.error:
        return Outcome(OutcomeKind.FAILED)
    view.errors = {}
    if not delivery.answer:
        state.views.close(view)
        return Outcome(OutcomeKind.CLOSED)
    if not isinstance(delivery.answer, dict):
        raise Refusal("invalid_json")
    act = ACTIONS.get(str(delivery.answer.get("response_action")))
    if act is None:
        raise Refusal("invalid_response_action")
    return act(state, view, delivery.answer)


def _clear(state: State, view: OpenView, _: JsonObject) -> Outcome:
    state.views.clear(view.user)
    return Outcome(OutcomeKind.CLOSED)


def _show_errors(_: State, view: OpenView, body: JsonObject) -> Outcome:
    errors = body.get("errors")
    inputs = {
        block["block_id"]: text_of(block["label"])
        for block in view.content["blocks"]
        if block["type"] == "input"
    }
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs.keys():
        raise Refusal("invalid_errors", inputs=sorted(inputs), errors=errors)
    view.errors = errors
    by_label = {inputs[block_id]: sentence for block_id, sentence in errors.items()}
    return Outcome(OutcomeKind.ERRORS, by_label)


def _update(state: State, view: OpenView, body: JsonObject) -> Outcome:
    state.views.replace(view, valid_view(state, body.get("view"), "modal"))
    return Outcome(OutcomeKind.UPDATED)


def _push(state: State, view: OpenView, body: JsonObject) -> Outcome:
    state.views.push(view.user, valid_view(state, body.get("view"), "modal"), view.channel)
    return Outcome(OutcomeKind.PUSHED)


def _show_answer(state: State, user: User, channel: Channel, body: JsonObject) -> None:
    if faults := message_faults(body):
        lines = " ".join(fault_line(fault) for fault in faults)
        state.journal.complain(f"the ack of a command: {lines}")
    else:
        answer(state.workspace, channel, user.id, body)


ACTIONS: dict[str, Callable[[State, OpenView, JsonObject], Outcome]] = {
    "clear": _clear,
    "errors": _show_errors,
    "update": _update,
    "push": _push,
}
