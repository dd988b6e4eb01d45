"""A channel with its messages, and the files that they share.

https://docs.slack.dev/reference/objects/file-object
"""

import mimetypes
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from sandbox.slack.ids import secret
from sandbox.slack.shapes import JsonObject


class ChannelKind(StrEnum):
    """The kinds of conversation; each value is the start of its scopes."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    DIRECT = "im"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message shows."""

    text: str
    blocks: list[JsonObject]


@dataclass(slots=True)
class Post:
    """A message; `only_for` is the id of the user who sees an ephemeral message.

    A reply with `broadcast` is shown in its channel too. `first` is what it showed when it was
    posted.
    """

    ts: str
    author: str
    text: str
    blocks: list[JsonObject]
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: JsonObject | None = None
    only_for: str | None = None
    edited_ts: str | None = None
    files: list["StoredFile"] = field(default_factory=list)
    first: Shown = field(init=False)

    def __post_init__(self) -> None:
        """Keep what it shows: an update replaces it."""
        self.first = Shown(self.text, self.blocks)

    @property
    def root_ts(self) -> str:
        """Return the timestamp of its thread's first message, which may be itself."""
        return self.thread_ts or self.ts

    @property
    def in_channel(self) -> bool:
        """Return whether its channel shows it, and not its thread alone."""
        return not self.thread_ts or self.broadcast


@dataclass(slots=True)
class Channel:
    """A channel or a direct conversation."""

    id: str
    name: str
    kind: ChannelKind
    members: set[str]
    is_archived: bool = False
    posts: list[Post] = field(default_factory=list)

    def post(self, ts: str) -> Post | None:
        """Return the message with this timestamp, unless it is ephemeral."""
        return next((post for post in self.posts if post.ts == ts and not post.only_for), None)

    def thread(self, ts: str, reader: str | None = None) -> list[Post]:
        """Return the replies to a message, oldest first; ephemeral ones only for their reader."""
        seen = (None, reader)
        return [post for post in self.posts if post.thread_ts == ts and post.only_for in seen]


@dataclass(frozen=True, slots=True)
class Share:
    """A message that shares a file."""

    channel: Channel
    ts: str
    thread_ts: str | None


@dataclass(slots=True)
class StoredFile:
    """A file. `length` is the size that its uploader announced.

    `ticket` is the secret in its upload URL. Nobody sees a file before it is complete.
    """

    id: str
    name: str
    title: str
    user: str
    created: int
    length: int
    alt_text: str = ""
    content: bytes = b""
    ticket: str = field(default_factory=secret)
    is_complete: bool = False
    shares: list[Share] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """Return its MIME type, by its name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def filetype(self) -> str:
        """Return the extension of its name, without a dot."""
        return PurePath(self.name).suffix.removeprefix(".").lower() or "binary"

    @property
    def is_image(self) -> bool:
        """Return whether Slack shows it as a picture."""
        return self.mimetype in ("image/png", "image/jpeg", "image/gif")

    def shared_in(self, *kinds: ChannelKind) -> list[str]:
        """Return the ids of the conversations of these kinds that it is shared in."""
        found = (each.channel for each in self.shares if each.channel.kind in kinds)
        return list(dict.fromkeys(channel.id for channel in found))
