"""Channels and their messages: https://docs.slack.dev/reference/methods/conversations.history."""

from sandbox.slack.channels import Channel, Post
from sandbox.slack.objects import channel_object, message_object
from sandbox.slack.refusal import Refusal
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.web_api.access import (
    direct_channel,
    joined_channel,
    known_post,
    readable_channel,
)
from sandbox.slack.web_api.arguments import Arguments

PAGE = 100


def open_direct(state: State, arguments: Arguments) -> JsonObject:
    """Open the direct conversation with one user."""
    user_id = arguments.text("users")
    if not user_id:
        raise Refusal("users_list_not_supplied")
    return {"channel": {"id": direct_channel(state, user_id).id}}


def info(state: State, arguments: Arguments) -> JsonObject:
    """Return one conversation."""
    channel = readable_channel(state, arguments, "read")
    return {"channel": channel_object(state.workspace, channel)}


def members(state: State, arguments: Arguments) -> JsonObject:
    """Return the ids of a conversation's members."""
    channel = readable_channel(state, arguments, "read")
    return _page("members", sorted(channel.members), arguments)


def history(state: State, arguments: Arguments) -> JsonObject:
    """Return a conversation's messages, newest first, without ephemeral messages.

    Of replies it has those that the channel shows too.
    """
    channel = _history(state, arguments)
    shown = [post for post in channel.posts if not post.only_for and post.in_channel]
    return _messages(state, arguments, _between(shown, arguments)[::-1])


def replies(state: State, arguments: Arguments) -> JsonObject:
    """Return a thread: its first message, then its replies, oldest first."""
    channel = _history(state, arguments)
    root = known_post(channel, arguments.text("ts"), "thread_not_found")
    return _messages(state, arguments, [root, *_between(channel.thread(root.ts), arguments)])


def _history(state: State, arguments: Arguments) -> Channel:
    channel = readable_channel(state, arguments, "history")
    return joined_channel(state, channel.id)


def _between(posts: list[Post], arguments: Arguments) -> list[Post]:
    oldest, latest = arguments.text("oldest"), arguments.text("latest")
    ends = {oldest, latest} if arguments.flag("inclusive") else set()
    return [
        post
        for post in posts
        if post.ts in ends or (oldest < post.ts and (not latest or post.ts < latest))
    ]


def _messages(state: State, arguments: Arguments, posts: list[Post]) -> JsonObject:
    with_metadata = arguments.flag("include_all_metadata")
    described = [
        message_object(state.workspace, post, with_metadata=with_metadata) for post in posts
    ]
    return _page("messages", described, arguments)


def _page(name: str, items: list[str] | list[JsonObject], arguments: Arguments) -> JsonObject:
    """Return one page of `items`; the cursor is the number of items on the pages before."""
    start = arguments.number("cursor", 0)
    end = start + arguments.number("limit", PAGE)
    more = end < len(items)
    return {
        name: items[start:end],
        "has_more": more,
        "response_metadata": {"next_cursor": str(end) if more else ""},
    }
