"""Checks what the bot may see and do: scopes and membership."""

from sandbox.slack.channels import Channel, ChannelKind, Post
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import State
from sandbox.slack.web_api.arguments import Arguments
from sandbox.slack.workspace import User


def require_scope(state: State, scope: str) -> None:
    """Require that the token has a scope.

    Raises:
        Refusal: The scope is missing.
    """
    if scope not in state.scopes:
        provided = ",".join(sorted(state.scopes))
        raise Refusal("missing_scope", needed=scope, provided=provided)


def visible_channel(state: State, channel_id: str) -> Channel:
    """Return a channel that the bot can see: it is public, or the bot is a member.

    Raises:
        Refusal: There is no channel with this id, or the bot cannot see it.
    """
    workspace = state.workspace
    channel = workspace.channels.get(channel_id)
    if channel is None:
        raise Refusal("channel_not_found")
    if channel.kind is not ChannelKind.PUBLIC and workspace.bot.id not in channel.members:
        raise Refusal("channel_not_found")
    return channel


def joined_channel(state: State, channel_id: str) -> Channel:
    """Return a channel that the bot is a member of.

    Raises:
        Refusal: The bot is not a member.
    """
    channel = visible_channel(state, channel_id)
    if state.workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def readable_channel(state: State, arguments: Arguments, scope: str) -> Channel:
    """Return a call's channel if the token has the scope for it; `scope` is "read" or "history".

    Raises:
        Refusal: The bot cannot see it, or the scope for its kind is missing.
    """
    channel = visible_channel(state, arguments.text("channel"))
    require_scope(state, f"{channel.kind}:{scope}")
    return channel


def writable_channel(state: State, channel_id: str) -> Channel:
    """Return a channel that the bot may post in; a user's id means the conversation with them.

    Raises:
        Refusal: The bot may not post there.
    """
    if channel_id in state.workspace.users:
        channel = direct_channel(state, channel_id)
    else:
        channel = visible_channel(state, channel_id)
    if channel.kind is ChannelKind.DIRECT and not state.manifest.messages_tab_enabled:
        raise Refusal("messages_tab_disabled")
    if channel.is_archived:
        raise Refusal("is_archived")
    anywhere = channel.kind is ChannelKind.PUBLIC and "chat:write.public" in state.scopes
    return channel if anywhere else joined_channel(state, channel.id)


def direct_channel(state: State, user_id: str) -> Channel:
    """Return the bot's direct conversation with a user.

    Raises:
        Refusal: There is no such user, or it is a bot.
    """
    if known_user(state, user_id).is_bot:
        raise Refusal("cannot_dm_bot")
    return state.workspace.direct(user_id)


def known_user(state: State, user_id: str) -> User:
    """Return the member with this id.

    Raises:
        Refusal: There is no such member.
    """
    user = state.workspace.users.get(user_id)
    if user is None:
        raise Refusal("user_not_found")
    return user


def known_post(channel: Channel, ts: str, error: str = "message_not_found") -> Post:
    """Return the message with this timestamp, unless it is ephemeral.

    Raises:
        Refusal: There is no such message.
    """
    post = channel.post(ts)
    if post is None:
        raise Refusal(error)
    return post
