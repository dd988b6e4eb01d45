"""Uploads and shares files: https://docs.slack.dev/reference/methods/files.getUploadURLExternal."""

import asyncio

from sandbox.slack.channels import Channel, Post, Share, StoredFile
from sandbox.slack.objects import file_object
from sandbox.slack.refusal import Refusal
from sandbox.slack.shapes import JsonObject, object_of
from sandbox.slack.state import State
from sandbox.slack.web_api.access import joined_channel, known_post
from sandbox.slack.web_api.arguments import Arguments

ALT_TEXT = 1_000


def upload_url(state: State, arguments: Arguments) -> JsonObject:
    """Return where to upload a file; it is not seen before it is completed."""
    length, alt_text = arguments.number("length", 0), arguments.text("alt_txt")
    name = arguments.text("filename")
    if not name or not length:
        raise Refusal("missing_argument")
    if len(alt_text) > ALT_TEXT:
        raise Refusal("alt_txt_too_large")
    file = state.files.begin(name, length, state.workspace.bot.id, _now(state), alt_text)
    return {"upload_url": f"{state.base_url}/upload/v1/{file.ticket}", "file_id": file.id}


def receive(state: State, ticket: str, content: bytes) -> JsonObject:
    """Receive the content of a file at its upload URL.

    Raises:
        Refusal: There is no such upload, or the content has another length than announced.
    """
    file = state.files.uploading(ticket)
    if file is None:
        raise Refusal("no_such_url")
    if len(content) != file.length:
        raise Refusal("wrong_length")
    file.content = content
    return {"ok": True, "bytes": len(content)}


def complete(state: State, arguments: Arguments) -> JsonObject:
    """Complete uploads, and share them in a channel or a thread that the bot is in.

    https://docs.slack.dev/reference/methods/files.completeUploadExternal
    """
    titles = _titles(arguments)
    files = [_uploaded(state, file_id) for file_id in titles]
    channel = _channel(state, arguments)
    thread_ts = arguments.text("thread_ts")
    if channel and thread_ts:
        thread_ts = known_post(channel, thread_ts, "thread_not_found").root_ts
    for file in files:
        file.title, file.is_complete = titles[file.id] or file.name, True
    if channel:
        post = _post(state, files, arguments.text("initial_comment"), thread_ts or None)
        _share_later(state, channel, post)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def info(state: State, arguments: Arguments) -> JsonObject:
    """Return a complete file that the bot may see.

    https://docs.slack.dev/reference/methods/files.info
    """
    file = state.files.find(arguments.text("file"))
    if file is None or not file.is_complete:
        raise Refusal("file_not_found")
    return {"file": file_object(state.workspace, file)}


def download(state: State, file_id: str, token: str) -> JsonObject:
    """Return the id of a file if its download URL sends it, to the bot's token with its scope.

    Raises:
        Refusal: Slack would redirect to a page where people sign in.
    """
    file = state.files.find(file_id)
    if file is None or not file.is_complete:
        raise Refusal("no_such_url")
    if token != state.credentials.bot_token or "files:read" not in state.scopes:
        raise Refusal("sign_in")
    return {"ok": True, "file": file.id}


def _titles(arguments: Arguments) -> dict[str, str]:
    """Return the titles of the files to complete, by id; "" means the name."""
    given = arguments.given.get("files")
    if not isinstance(given, list) or not given:
        raise Refusal("invalid_arguments")
    entries = [object_of(each) for each in given]
    return {str(each.get("id", "")): str(each.get("title", "")) for each in entries}


def _uploaded(state: State, file_id: str) -> StoredFile:
    """Return an uploaded file; a completed one can be completed no more."""
    file = state.files.find(file_id)
    if file is None or file.is_complete or not file.content:
        raise Refusal("file_not_found")
    return file


def _channel(state: State, arguments: Arguments) -> Channel | None:
    channel_id = arguments.text("channel_id")
    if not channel_id:
        return None
    channel = joined_channel(state, channel_id)
    if channel.is_archived:
        raise Refusal("is_archived")
    return channel


def _post(state: State, files: list[StoredFile], comment: str, thread_ts: str | None) -> Post:
    return Post(
        ts=state.workspace.now(),
        author=state.workspace.bot.id,
        text=comment,
        blocks=[],
        thread_ts=thread_ts,
        files=files,
    )


def _share_later(state: State, channel: Channel, post: Post) -> None:
    """Share the files as Slack does: after its answer, if `share_seconds` says so."""

    def share() -> None:
        channel.posts.append(post)
        for file in post.files:
            file.shares.append(Share(channel, post.ts, post.thread_ts))
        state.changes.note()

    if state.files.share_seconds:
        asyncio.get_running_loop().call_later(state.files.share_seconds, share)
    else:
        share()


def _now(state: State) -> int:
    return int(state.clock.now().timestamp())
