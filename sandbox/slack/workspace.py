"""The pretend workspace: its people, its channels, and what is written there."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.clock import Clock
from sandbox.slack.ids import Timestamps, new_id
from sandbox.slack.shapes import JsonObject


class ChannelKind(StrEnum):
    """The kinds of conversation, with the words their scopes start with."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    DIRECT = "im"


@dataclass(frozen=True, slots=True)
class User:
    """A member of the workspace; `tz` is an IANA name."""

    id: str
    name: str
    real_name: str
    tz: str
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group; people mention it by its `handle`, which has no "@"."""

    id: str
    handle: str
    name: str


@dataclass(slots=True)
class Post:
    """A message; `only_for` names the one user who sees it if it is ephemeral."""

    ts: str
    author: str
    text: str
    blocks: list[JsonObject]
    thread_ts: str | None = None
    metadata: JsonObject | None = None
    only_for: str | None = None
    edited_ts: str | None = None

    @property
    def root_ts(self) -> str:
        """The message that its thread starts with, which may be itself."""
        return self.thread_ts or self.ts


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
        """The message with this timestamp, ephemeral ones left out."""
        return next((post for post in self.posts if post.ts == ts and not post.only_for), None)

    def thread(self, ts: str, reader: str | None = None) -> list[Post]:
        """The replies to a message, oldest first; ephemeral ones only with their reader."""
        seen = (None, reader)
        return [post for post in self.posts if post.thread_ts == ts and post.only_for in seen]


class Workspace:
    """One workspace into which one app is installed."""

    domain = "sandbox"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._timestamps = Timestamps()
        self.id = new_id("T")
        self.app_id = new_id("A")
        self.bot_id = new_id("B")
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, set[str]] = {}
        self.user_groups: dict[str, UserGroup] = {}
        self.notices: dict[str, list[str]] = {}
        self.bot = self.add_user("Campaign bot", name="campaign-bot", tz="UTC", is_bot=True)

    def add_user(self, real_name: str, *, name: str, tz: str, is_bot: bool = False) -> User:
        """A new member, in no channel yet."""
        user = User(new_id("U"), name, real_name, tz, is_bot)
        self.users[user.id] = user
        self.notices[user.id] = []
        return user

    def add_channel(self, name: str, *members: User, private: bool = False) -> Channel:
        """A new channel with these members; the bot is in it only if it is one of them."""
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        return self._add(Channel(new_id("C"), name, kind, {member.id for member in members}))

    def add_group(self, handle: str, name: str, *members: User) -> UserGroup:
        """A new user group with these members, who are kept in `groups` by its id."""
        group = UserGroup(new_id("S"), handle, name)
        self.user_groups[group.id] = group
        self.groups[group.id] = {member.id for member in members}
        return group

    def user_named(self, name: str) -> User:
        """The member with this name, given with or without "@", or as the real name.

        Raises:
            KeyError: nobody has it.
        """
        bare = name.removeprefix("@")
        for user in self.users.values():
            if bare in (user.id, user.name, user.real_name):
                return user
        raise KeyError(f"nobody here is called {name!r}")

    def channel_named(self, name: str) -> Channel:
        """The channel with this id or name, given with or without "#".

        Raises:
            KeyError: there is none.
        """
        bare = name.removeprefix("#")
        for channel in self.channels.values():
            if bare in (channel.id, channel.name) and channel.kind is not ChannelKind.DIRECT:
                return channel
        raise KeyError(f"there is no channel {name!r}")

    def mentioned(self, mention: str) -> str | None:
        """The words for "@U123", "#C123" or "!subteam^S123"; nothing for an unknown id.

        https://docs.slack.dev/messaging/formatting-message-text
        """
        users = {f"@{each.id}": f"@{each.real_name}" for each in self.users.values()}
        channels = {f"#{each.id}": f"#{each.name}" for each in self.channels.values()}
        groups = {f"!subteam^{each.id}": f"@{each.handle}" for each in self.user_groups.values()}
        return (users | channels | groups).get(mention)

    def direct(self, user_id: str) -> Channel:
        """The direct conversation of the bot with a user, opened if need be."""
        members = {self.bot.id, user_id}
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DIRECT and channel.members == members:
                return channel
        return self._add(Channel(new_id("D"), "directmessage", ChannelKind.DIRECT, members))

    def now(self) -> str:
        """A timestamp no message has yet."""
        return self._timestamps.after(self.clock.now())

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel


def seeded(clock: Clock) -> Workspace:
    """The workspace the sandbox starts with: two people, and one channel of each kind of access."""
    workspace = Workspace(clock)
    ana = workspace.add_user("Ana Lopez", name="ana", tz="America/New_York")
    ravi = workspace.add_user("Ravi Iyer", name="ravi", tz="Asia/Kolkata")
    workspace.add_channel("campaigns", ana, ravi, workspace.bot)
    workspace.add_channel("marketing", ana, ravi)
    workspace.add_channel("leads", ana, ravi, private=True)
    return workspace
