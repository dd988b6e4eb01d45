"""The objects for users, channels, messages and views in the Web API and in payloads.

https://docs.slack.dev/reference/objects
"""

import copy
from urllib.parse import quote

from sandbox.slack.channels import Channel, ChannelKind, Post, StoredFile
from sandbox.slack.escaping import message_text
from sandbox.slack.shapes import JsonObject
from sandbox.slack.views import OpenView
from sandbox.slack.workspace import User, Workspace


def user_object(workspace: Workspace, user: User) -> JsonObject:
    """Return the short user object of payloads."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.id}


def channel_object(workspace: Workspace, channel: Channel) -> JsonObject:
    """Return the conversation object of conversations.info."""
    direct = channel.kind is ChannelKind.DIRECT
    described = {
        "id": channel.id,
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_group": channel.kind is ChannelKind.PRIVATE,
        "is_im": direct,
        "is_private": channel.kind is not ChannelKind.PUBLIC,
        "is_archived": channel.is_archived,
    }
    if direct:
        (person,) = channel.members - {workspace.bot.id}
        return {**described, "user": person}
    is_member = workspace.bot.id in channel.members
    return {**described, "name": channel.name, "is_member": is_member}


def message_object(workspace: Workspace, post: Post, *, with_metadata: bool = False) -> JsonObject:
    """Return the message object, with its metadata only if `with_metadata` is set.

    A person's text is escaped; the bot escapes its own.
    """
    by_bot = post.author == workspace.bot.id
    described: JsonObject = {
        "type": "message",
        "user": post.author,
        "ts": post.ts,
        "text": post.text if by_bot else message_text(workspace, post.text),
        "team": workspace.id,
    }
    if by_bot:
        described |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    if post.blocks:
        described["blocks"] = post.blocks
    if post.thread_ts:
        described["thread_ts"] = post.thread_ts
    if post.broadcast:
        described["subtype"] = "thread_broadcast"
    if post.edited_ts:
        described["edited"] = {"user": post.author, "ts": post.edited_ts}
    if with_metadata and post.metadata:
        described["metadata"] = post.metadata
    if post.files:
        described["files"] = [file_object(workspace, each) for each in post.files]
    return described


def file_object(workspace: Workspace, file: StoredFile) -> JsonObject:
    """Return the file object; the bot's token opens its private URLs."""
    url = f"{workspace.base_url}/files-pri/{workspace.id}-{file.id}"
    name = quote(file.name)
    public, private = _shares(file, ChannelKind.PUBLIC), _shares(file, ChannelKind.PRIVATE)
    described: JsonObject = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "user": file.user,
        "user_team": workspace.id,
        "mode": "hosted",
        "size": len(file.content),
        "is_external": False,
        "is_public": bool(public),
        "url_private": f"{url}/{name}",
        "url_private_download": f"{url}/download/{name}",
        "channels": file.shared_in(ChannelKind.PUBLIC),
        "groups": file.shared_in(ChannelKind.PRIVATE),
        "ims": file.shared_in(ChannelKind.DIRECT),
        "shares": {"public": public, "private": private},
    }
    return described | ({"alt_txt": file.alt_text} if file.alt_text else {})


def _shares(file: StoredFile, kind: ChannelKind) -> JsonObject:
    found: JsonObject = {}
    for each in file.shares:
        if each.channel.kind is kind:
            thread = {"thread_ts": each.thread_ts} if each.thread_ts else {}
            found.setdefault(each.channel.id, []).append({"ts": each.ts, **thread})
    return found


def view_object(workspace: Workspace, view: OpenView) -> JsonObject:
    """Return the view object, with all fields that Slack fills in."""
    defaults = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
    }
    return {
        **defaults,
        **view.content,
        "id": view.id,
        "team_id": workspace.id,
        "state": {"values": copy.deepcopy(view.values)},
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.id,
        "bot_id": workspace.bot_id,
    }
