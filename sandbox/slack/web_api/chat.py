"""The methods for messages: https://docs.slack.dev/reference/methods/chat.postMessage."""

from sandbox.slack.blockkit import Fault, message_faults
from sandbox.slack.blockkit.surfaces import MESSAGE_CHARACTERS, TOO_LONG
from sandbox.slack.channels import Channel, Post
from sandbox.slack.elements import with_ids
from sandbox.slack.objects import message_object
from sandbox.slack.refusal import Refusal, refuse_faults
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.web_api.access import (
    joined_channel,
    known_post,
    known_user,
    visible_channel,
    writable_channel,
)
from sandbox.slack.web_api.arguments import Arguments

UPDATE_LIMIT = 4_000


def post_message(state: State, arguments: Arguments) -> JsonObject:
    """Post in a channel or to a user."""
    channel = writable_channel(state, arguments.text("channel"))
    return _posted(state, channel, _new_post(state, channel, arguments))


def post_ephemeral(state: State, arguments: Arguments) -> JsonObject:
    """Show a message to one member of a channel that the bot is in.

    In a thread without replies nobody sees it, although Slack's answer is the same:
    https://docs.slack.dev/reference/methods/chat.postEphemeral
    """
    channel = joined_channel(state, arguments.text("channel"))
    user = known_user(state, arguments.text("user"))
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    post = _new_post(state, channel, arguments)
    post.only_for = user.id
    if not post.thread_ts or channel.thread(post.thread_ts):
        channel.posts.append(post)
    return {"message_ts": post.ts}


def update(state: State, arguments: Arguments) -> JsonObject:
    """Change one of the bot's messages; text without blocks removes its blocks."""
    channel, post = _own_post(state, arguments, "cant_update_message")
    _refuse_invalid(arguments, UPDATE_LIMIT)
    post.text = arguments.text("text")
    post.blocks = with_ids(arguments.given.get("blocks") or [])
    post.metadata = arguments.given.get("metadata", post.metadata)
    post.edited_ts = state.workspace.now()
    return {
        "channel": channel.id,
        "ts": post.ts,
        "text": post.text,
        "message": message_object(state.workspace, post),
    }


def delete(state: State, arguments: Arguments) -> JsonObject:
    """Delete one of the bot's messages."""
    channel, post = _own_post(state, arguments, "cant_delete_message")
    channel.posts.remove(post)
    return {"channel": channel.id, "ts": post.ts}


def permalink(state: State, arguments: Arguments) -> JsonObject:
    """Return the URL at which people can open a message."""
    channel = visible_channel(state, arguments.text("channel"))
    post = known_post(channel, arguments.text("message_ts"))
    place = f"archives/{channel.id}/p{post.ts.replace('.', '')}"
    return {
        "channel": channel.id,
        "permalink": f"https://{state.workspace.domain}.slack.com/{place}",
    }


def _own_post(state: State, arguments: Arguments, error: str) -> tuple[Channel, Post]:
    channel = visible_channel(state, arguments.text("channel"))
    post = known_post(channel, arguments.text("ts"))
    if post.author != state.workspace.bot.id:
        raise Refusal(error)
    return channel, post


def _new_post(state: State, channel: Channel, arguments: Arguments) -> Post:
    _refuse_invalid(arguments, MESSAGE_CHARACTERS)
    thread_ts = arguments.text("thread_ts")
    if thread_ts:
        thread_ts = known_post(channel, thread_ts, "thread_not_found").root_ts
    return Post(
        ts=state.workspace.now(),
        author=state.workspace.bot.id,
        text=arguments.text("text"),
        blocks=with_ids(arguments.given.get("blocks") or []),
        thread_ts=thread_ts or None,
        broadcast=arguments.flag("reply_broadcast"),
        metadata=arguments.given.get("metadata"),
    )


def _posted(state: State, channel: Channel, post: Post) -> JsonObject:
    channel.posts.append(post)
    message = message_object(state.workspace, post)
    return {"channel": channel.id, "ts": post.ts, "message": message}


def _refuse_invalid(arguments: Arguments, limit: int) -> None:
    """Require that Slack can show the message.

    Raises:
        Refusal: It cannot.
    """
    text, blocks = arguments.text("text"), arguments.given.get("blocks")
    if not text and not blocks:
        raise Refusal("no_text")
    if len(text) > limit:
        raise Refusal("msg_too_long")
    faults = message_faults(arguments.given)
    refuse_faults(_error_for(faults), faults)


def _error_for(faults: list[Fault]) -> str:
    if any(fault.reason == TOO_LONG for fault in faults):
        return "msg_blocks_too_long"
    if any(fault.pointer.startswith("/blocks") for fault in faults):
        return "invalid_blocks"
    if any(fault.pointer.startswith("/metadata") for fault in faults):
        return "invalid_metadata_format"
    return "invalid_arguments"
