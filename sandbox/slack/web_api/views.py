"""Opens, changes and publishes views: https://docs.slack.dev/reference/methods/views.open."""

import json

from sandbox.slack.blockkit import view_faults
from sandbox.slack.blockkit.surfaces import VIEW_BYTES
from sandbox.slack.elements import placed
from sandbox.slack.objects import view_object
from sandbox.slack.refusal import Refusal, refuse_faults
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.views import OpenView
from sandbox.slack.web_api.access import require_scope
from sandbox.slack.web_api.arguments import Arguments


def open_view(state: State, arguments: Arguments) -> JsonObject:
    """Show a view to the trigger's user; a trigger from a view puts it on top of that view."""
    content = valid_view(state, arguments.given.get("view"), "modal")
    trigger = state.triggers.exchange(arguments.text("trigger_id"))
    stacked = trigger.view_id and state.views.find(trigger.view_id)
    show = state.views.push if stacked else state.views.open
    return _answer(state, show(trigger.user, content, trigger.channel))


def push_view(state: State, arguments: Arguments) -> JsonObject:
    """Show a view on top of the view that the trigger came from."""
    content = valid_view(state, arguments.given.get("view"), "modal")
    trigger = state.triggers.exchange(arguments.text("trigger_id"))
    if trigger.view_id is None or state.views.find(trigger.view_id) is None:
        raise Refusal("invalid_trigger_id")
    return _answer(state, state.views.push(trigger.user, content, trigger.channel))


def update_view(state: State, arguments: Arguments) -> JsonObject:
    """Change an open view; if `hash` is given, only if the view has not changed since."""
    content = valid_view(state, arguments.given.get("view"), "modal")
    view = _named(state, arguments)
    _refuse_stale(arguments, view)
    state.views.replace(view, content)
    return _answer(state, view)


def publish_view(state: State, arguments: Arguments) -> JsonObject:
    """Put a view on a person's Home tab: https://docs.slack.dev/reference/methods/views.publish."""
    if not state.manifest.home_tab_enabled:
        raise Refusal("not_enabled")
    user_id = arguments.text("user_id")
    if user_id not in state.workspace.users:
        raise Refusal("invalid_arguments", response_metadata={"messages": ["invalid `user_id`"]})
    content = valid_view(state, arguments.given.get("view"), "home")
    _refuse_stale(arguments, state.views.home(user_id))
    return _answer(state, state.views.publish(user_id, content))


def valid_view(state: State, content: object, kind: str) -> JsonObject:
    """Return the view if it has this type, "modal" or "home", and Slack would show it.

    A file input needs a scope; with which error Slack refuses it otherwise is not documented.

    Raises:
        Refusal: Slack would refuse it.
    """
    if _size(content) > VIEW_BYTES:
        raise Refusal("view_too_large")
    refuse_faults("invalid_arguments", view_faults(content))
    if not isinstance(content, dict) or content["type"] != kind:
        raise Refusal("invalid_arguments")
    if any(element["type"] == "file_input" for _, element in placed(content["blocks"])):
        require_scope(state, "files:read")
    return content


def _size(content: object) -> int:
    """Return a view's size in bytes as JSON, which may contain half a surrogate pair."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return len(written.encode("utf-8", "surrogatepass"))


def _refuse_stale(arguments: Arguments, view: OpenView | None) -> None:
    known = arguments.text("hash")
    if known and (view is None or known != view.hash):
        raise Refusal("hash_conflict")


def _named(state: State, arguments: Arguments) -> OpenView:
    view = state.views.find(arguments.text("view_id"))
    if view is None and (external_id := arguments.text("external_id")):
        view = state.views.find_external(external_id)
    if view is None:
        raise Refusal("not_found")
    return view


def _answer(state: State, view: OpenView) -> JsonObject:
    return {"view": view_object(state.workspace, view)}
