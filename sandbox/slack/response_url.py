"""The response_urls that come with commands and with clicks in messages.

https://docs.slack.dev/interactivity/handling-user-interaction: five uses within thirty minutes,
also in channels that the bot is not a member of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.slack.blockkit import message_faults
from sandbox.slack.channels import Channel, Post
from sandbox.slack.elements import with_ids
from sandbox.slack.ids import secret
from sandbox.slack.refusal import Refusal, refuse_faults
from sandbox.slack.shapes import JsonObject
from sandbox.slack.workspace import Workspace

USES = 5
LIFETIME = timedelta(minutes=30)


@dataclass(slots=True)
class ResponseUrl:
    """The target of a response_url; `original` is the clicked message, if there was one."""

    user: str
    channel: Channel
    original: Post | None
    expires: datetime
    uses: int = 0


class ResponseUrls:
    """Issues response_urls and handles the requests to them."""

    def __init__(self, clock: Clock, workspace: Workspace) -> None:
        self._clock = clock
        self._workspace = workspace
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: Channel, original: Post | None = None) -> str:
        """Return the path of a new response_url, relative to the pretend Slack's base URL."""
        key = secret()
        expires = self._clock.now() + LIFETIME
        self._issued[key] = ResponseUrl(user, channel, original, expires)
        return f"/response/{key}"

    def receive(self, key: str, body: JsonObject) -> None:
        """Handle a request to a response_url.

        Raises:
            Refusal: The URL is unknown, used up or too old, or the message is invalid.
        """
        target = self._usable(key)
        if body.get("delete_original"):
            self._delete(target)
        else:
            self._write(target, body)
        target.uses += 1

    def _usable(self, key: str) -> ResponseUrl:
        target = self._issued.get(key)
        if target is None:
            raise Refusal("no_such_url")
        if self._clock.now() > target.expires:
            raise Refusal("expired_url")
        if target.uses >= USES:
            raise Refusal("used_url")
        return target

    def _delete(self, target: ResponseUrl) -> None:
        if target.original in target.channel.posts:
            target.channel.posts.remove(target.original)

    def _write(self, target: ResponseUrl, body: JsonObject) -> None:
        refuse_faults("invalid_blocks", message_faults(body))
        if body.get("replace_original") and target.original:
            self._rewrite(target.original, body)
        else:
            answer(self._workspace, target.channel, target.user, body)

    def _rewrite(self, original: Post, body: JsonObject) -> None:
        if original.only_for and body.get("response_type") == "in_channel":
            raise Refusal("invalid_arguments")
        original.text = body.get("text", "")
        original.blocks = with_ids(body.get("blocks") or [])
        original.edited_ts = self._workspace.now()


def answer(workspace: Workspace, channel: Channel, user: str, body: JsonObject) -> None:
    """Post the bot's answer to a person; others see it only if it says "in_channel"."""
    post = Post(
        ts=workspace.now(),
        author=workspace.bot.id,
        text=body.get("text", ""),
        blocks=with_ids(body.get("blocks") or []),
        thread_ts=_root_ts(channel, body.get("thread_ts")),
        metadata=body.get("metadata"),
        only_for=None if body.get("response_type") == "in_channel" else user,
    )
    channel.posts.append(post)


def _root_ts(channel: Channel, ts: str | None) -> str | None:
    """Return the timestamp of a thread's first message, or None if the message is missing."""
    found = channel.post(ts) if ts else None
    return found.root_ts if found else None
