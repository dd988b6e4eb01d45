"""Opening and changing views: https://docs.slack.dev/reference/methods/views.open."""

import json

from sandbox.slack.blockkit import view_faults
from sandbox.slack.blockkit.surfaces import VIEW_BYTES
from sandbox.slack.objects import view_object
from sandbox.slack.refusal import Refusal, refuse_faults
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.views import OpenView
from sandbox.slack.web_api.arguments import Arguments


def open_view(state: State, arguments: Arguments) -> JsonObject:
    """Show a view to whoever caused the trigger; from inside a view it goes on top of that one."""
    content = valid_modal(arguments.given.get("view"))
    trigger = state.triggers.exchange(arguments.text("trigger_id"))
    stacked = trigger.view_id and state.views.find(trigger.view_id)
    show = state.views.push if stacked else state.views.open
    return _answer(state, show(trigger.user, content, trigger.channel))


def push_view(state: State, arguments: Arguments) -> JsonObject:
    """Show a view on top of the one in which the trigger was caused."""
    content = valid_modal(arguments.given.get("view"))
    trigger = state.triggers.exchange(arguments.text("trigger_id"))
    if trigger.view_id is None or state.views.find(trigger.view_id) is None:
        raise Refusal("invalid_trigger_id")
    return _answer(state, state.views.push(trigger.user, content, trigger.channel))


def update_view(state: State, arguments: Arguments) -> JsonObject:
    """Change an open view; with `hash`, only if nobody changed it since."""
    content = valid_modal(arguments.given.get("view"))
    view = _named(state, arguments)
    known = arguments.text("hash")
    if known and known != view.hash:
        raise Refusal("hash_conflict")
    state.views.replace(view, content)
    return _answer(state, view)


def publish_view(_state: State, _arguments: Arguments) -> JsonObject:
    """There is no Home tab in the sandbox."""
    raise Refusal("not_enabled")


def valid_modal(content: object) -> JsonObject:
    """A modal Slack would show.

    Raises:
        Refusal: it would not.
    """
    if _size(content) > VIEW_BYTES:
        raise Refusal("view_too_large")
    refuse_faults("invalid_arguments", view_faults(content))
    if not isinstance(content, dict) or content["type"] != "modal":
        raise Refusal("invalid_arguments")
    return content


def _size(content: object) -> int:
    """The bytes of a view as JSON, which may hold half a surrogate pair."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return len(written.encode("utf-8", "surrogatepass"))


def _named(state: State, arguments: Arguments) -> OpenView:
    view = state.views.find(arguments.text("view_id"))
    if view is None and (external_id := arguments.text("external_id")):
        view = state.views.find_external(external_id)
    if view is None:
        raise Refusal("not_found")
    return view


def _answer(state: State, view: OpenView) -> JsonObject:
    return {"view": view_object(state.workspace, view)}
