"""The table of methods: who may call each, with which scope, and which function runs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from sandbox.slack.refusal import Refusal
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.web_api import chat, conversations, files, general, usergroups, users, views
from sandbox.slack.web_api.access import require_scope
from sandbox.slack.web_api.arguments import Arguments


class Caller(Enum):
    """The kind of token that a method requires."""

    ANYBODY = auto()
    BOT = auto()
    APP = auto()


@dataclass(frozen=True, slots=True)
class Method:
    """A method; if the scope depends on the kind of channel, `run` checks it."""

    run: Callable[[State, Arguments], JsonObject]
    scope: str | None = None
    caller: Caller = Caller.BOT


METHODS = {
    "api.test": Method(general.try_out, caller=Caller.ANYBODY),
    "auth.test": Method(general.who_am_i),
    "apps.connections.open": Method(general.open_socket, caller=Caller.APP),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
    "views.publish": Method(views.publish_view),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.permalink),
    "conversations.open": Method(conversations.open_direct, "im:write"),
    "conversations.info": Method(conversations.info),
    "conversations.members": Method(conversations.members),
    "conversations.history": Method(conversations.history),
    "conversations.replies": Method(conversations.replies),
    "files.getUploadURLExternal": Method(files.upload_url, "files:write"),
    "files.completeUploadExternal": Method(files.complete, "files:write"),
    "files.info": Method(files.info, "files:read"),
    "usergroups.users.list": Method(usergroups.members, "usergroups:read"),
    "users.info": Method(users.info, "users:read"),
}


def call(state: State, name: str, arguments: Arguments, token: str) -> JsonObject:
    """Carry out a call.

    Raises:
        Refusal: Slack would refuse the call.
    """
    method = METHODS.get(name)
    if method is None:
        raise Refusal("unknown_method", req_method=name)
    _admit(state, method.caller, token)
    if method.scope:
        require_scope(state, method.scope)
    return {"ok": True, **method.run(state, arguments)}


def _admit(state: State, caller: Caller, token: str) -> None:
    if caller is Caller.ANYBODY:
        return
    if not token:
        raise Refusal("not_authed")
    tokens = {Caller.BOT: state.credentials.bot_token, Caller.APP: state.credentials.app_token}
    if token not in tokens.values():
        raise Refusal("invalid_auth")
    if token != tokens[caller]:
        raise Refusal("not_allowed_token_type")
