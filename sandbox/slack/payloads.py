"""The payloads that Slack sends to the bot when a person does something.

https://docs.slack.dev/reference/interaction-payloads and
https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from sandbox.slack.blockkit import initial_state
from sandbox.slack.channels import Channel, Post
from sandbox.slack.elements import placed
from sandbox.slack.escaping import command_text
from sandbox.slack.journal import Packet
from sandbox.slack.manifest import SlashCommand
from sandbox.slack.objects import message_object, user_object, view_object
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.views import OpenView
from sandbox.slack.workspace import User

VERIFICATION_TOKEN = "sandbox"  # noqa: S105 # Slack's old token, which nobody checks
WITH_ANSWER = frozenset({"view_submission", "block_suggestion"})


def command(state: State, user: User, channel: Channel, known: SlashCommand, text: str) -> Packet:
    """Return the payload for a slash command with the text after it."""
    payload = {
        "token": VERIFICATION_TOKEN,
        "team_id": state.workspace.id,
        "team_domain": state.workspace.domain,
        "channel_id": channel.id,
        "channel_name": "privategroup" if channel.kind == "groups" else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": known.command,
        "text": command_text(state.workspace, text) if known.should_escape else text,
        "api_app_id": state.workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": state.base_url + state.response_urls.issue(user.id, channel),
        "trigger_id": state.triggers.issue(user.id, channel=channel.id),
    }
    return Packet("slash_commands", known.command, payload, accepts_answer=True)


def shortcut(state: State, user: User, callback_id: str) -> Packet:
    """Return the payload for a global shortcut."""
    return _interaction(
        state,
        user,
        "shortcut",
        callback_id=callback_id,
        action_ts=state.workspace.now(),
        trigger_id=state.triggers.issue(user.id),
    )


def message_shortcut(
    state: State, user: User, channel: Channel, post: Post, callback_id: str
) -> Packet:
    """Return the payload for a shortcut from a message's menu.

    https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    """
    return _interaction(
        state,
        user,
        "message_action",
        callback_id=callback_id,
        action_ts=state.workspace.now(),
        trigger_id=state.triggers.issue(user.id, channel=channel.id),
        response_url=state.base_url + state.response_urls.issue(user.id, channel),
        message_ts=post.ts,
        message=message_object(state.workspace, post),
        channel={"id": channel.id, "name": channel.name},
    )


def view_submission(state: State, user: User, view: OpenView) -> Packet:
    """Return the payload for a press on the submit button."""
    return _interaction(
        state,
        user,
        "view_submission",
        view=view_object(state.workspace, view),
        trigger_id=_trigger(state, view),
        response_urls=_response_urls(state, view),
    )


def view_closed(state: State, user: User, view: OpenView, *, is_cleared: bool) -> Packet:
    """Return the payload for a press on the close button, or on the x that closes all views.

    It has no values of the fields (see bolt-python's tests, scenario_tests/test_view_closed).
    """
    described = view_object(state.workspace, view) | {"state": {"values": {}}}
    return _interaction(state, user, "view_closed", view=described, is_cleared=is_cleared)


def block_suggestion(
    state: State, user: User, view: OpenView, where: dict[str, str], typed: str
) -> Packet:
    """Return the payload for typing into a select whose options the bot supplies."""
    return _interaction(
        state,
        user,
        "block_suggestion",
        container=_view_container(view),
        view=view_object(state.workspace, view),
        **where,
        value=typed,
    )


def view_action(state: State, user: User, view: OpenView, action: JsonObject) -> Packet:
    """Return the payload for a click or a change in a view."""
    return _interaction(
        state,
        user,
        "block_actions",
        container=_view_container(view),
        view=view_object(state.workspace, view),
        actions=[_stamped(state, action)],
        trigger_id=_trigger(state, view),
    )


def message_action(
    state: State, user: User, channel: Channel, post: Post, action: JsonObject
) -> Packet:
    """Return the payload for a click in a message; it does not contain an ephemeral message."""
    shown = {} if post.only_for else {"message": message_object(state.workspace, post)}
    return _interaction(
        state,
        user,
        "block_actions",
        container={
            "type": "message",
            "message_ts": post.ts,
            "channel_id": channel.id,
            "is_ephemeral": post.only_for is not None,
        },
        channel={"id": channel.id, "name": channel.name},
        **shown,
        state={"values": initial_state({"blocks": post.blocks})},
        response_url=state.base_url + state.response_urls.issue(user.id, channel, post),
        actions=[_stamped(state, action)],
        trigger_id=state.triggers.issue(user.id, channel=channel.id),
    )


def place(block: JsonObject, element: JsonObject) -> dict[str, str]:
    """Return the two ids that identify an element."""
    return {"block_id": block["block_id"], "action_id": element["action_id"]}


def action_object(block: JsonObject, element: JsonObject, answer: JsonObject) -> JsonObject:
    """Return an entry of `actions`: the element and its new value."""
    carried: JsonObject = {
        key: element[key] for key in ("text", "value", "style") if key in element
    }
    return {"type": element["type"], **place(block, element), **carried, **answer}


def _interaction(state: State, user: User, name: str, /, **fields: object) -> Packet:
    workspace = state.workspace
    payload = {
        "type": name,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.id, "domain": workspace.domain},
        "user": user_object(workspace, user),
        "api_app_id": workspace.app_id,
        "enterprise": None,
        "is_enterprise_install": False,
        **fields,
    }
    return Packet("interactive", name, payload, accepts_answer=name in WITH_ANSWER)


def _view_container(view: OpenView) -> JsonObject:
    return {"type": "view", "view_id": view.id}


def _trigger(state: State, view: OpenView) -> str:
    return state.triggers.issue(view.user, view_id=view.id, channel=view.channel)


def _stamped(state: State, action: JsonObject) -> JsonObject:
    return {**action, "action_ts": state.workspace.now()}


def _response_urls(state: State, view: OpenView) -> list[JsonObject]:
    """Return a URL for each conversation chosen in a select with `response_url_enabled`."""
    urls = []
    for block, element in placed(view.content["blocks"]):
        answer = view.values.get(block["block_id"], {}).get(element.get("action_id", ""), {})
        chosen = answer.get("selected_conversation") or answer.get("selected_channel")
        if element.get("response_url_enabled") and chosen:
            path = state.response_urls.issue(view.user, state.workspace.channels[chosen])
            where = {"channel_id": chosen, "response_url": state.base_url + path}
            urls.append({**place(block, element), **where})
    return urls
