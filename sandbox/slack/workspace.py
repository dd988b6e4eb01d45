"""The pretend workspace: its people and channels."""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.slack.channels import Channel, ChannelKind
from sandbox.slack.ids import Timestamps, new_id


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
    """A user group; people mention it by its `handle`, stored without "@"."""

    id: str
    handle: str
    name: str


class Workspace:
    """A workspace with one installed app; `base_url` is where the app reaches it."""

    domain = "sandbox"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.base_url = ""
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
        """Add a member, who is in no channel yet."""
        user = User(new_id("U"), name, real_name, tz, is_bot)
        self.users[user.id] = user
        self.notices[user.id] = []
        return user

    def add_channel(self, name: str, *members: User, private: bool = False) -> Channel:
        """Add a channel with these members; the bot is in it only if it is one of them."""
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        return self._add(Channel(new_id("C"), name, kind, {member.id for member in members}))

    def add_group(self, handle: str, name: str, *members: User) -> UserGroup:
        """Add a user group; `groups` stores its members by its id."""
        group = UserGroup(new_id("S"), handle, name)
        self.user_groups[group.id] = group
        self.groups[group.id] = {member.id for member in members}
        return group

    def user_named(self, name: str) -> User:
        """Return the member with this id, name or real name; "@" is optional.

        Raises:
            KeyError: Nobody has this name.
        """
        bare = name.removeprefix("@")
        for user in self.users.values():
            if bare in (user.id, user.name, user.real_name):
                return user
        raise KeyError(f"nobody here is called {name!r}")

    def channel_named(self, name: str) -> Channel:
        """Return the channel with this id or name; "#" is optional.

        Raises:
            KeyError: There is no such channel.
        """
        bare = name.removeprefix("#")
        for channel in self.channels.values():
            if bare in (channel.id, channel.name) and channel.kind is not ChannelKind.DIRECT:
                return channel
        raise KeyError(f"there is no channel {name!r}")

    def mentioned(self, mention: str) -> str | None:
        """Return the text shown for "@U123", "#C123" or "!subteam^S123"; None for an unknown id.

        https://docs.slack.dev/messaging/formatting-message-text
        """
        users = {f"@{each.id}": f"@{each.real_name}" for each in self.users.values()}
        channels = {f"#{each.id}": f"#{each.name}" for each in self.channels.values()}
        groups = {f"!subteam^{each.id}": f"@{each.handle}" for each in self.user_groups.values()}
        return (users | channels | groups).get(mention)

    def direct(self, user_id: str) -> Channel:
        """Return the bot's direct conversation with a user, and open it if necessary."""
        members = {self.bot.id, user_id}
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DIRECT and channel.members == members:
                return channel
        return self._add(Channel(new_id("D"), "directmessage", ChannelKind.DIRECT, members))

    def now(self) -> str:
        """Return a timestamp that no message has yet."""
        return self._timestamps.after(self.clock.now())

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel


def seeded(clock: Clock) -> Workspace:
    """Return the first workspace: two people, and a channel for each kind of access."""
    workspace = Workspace(clock)
    ana = workspace.add_user("Ana Lopez", name="ana", tz="America/New_York")
    ravi = workspace.add_user("Ravi Iyer", name="ravi", tz="Asia/Kolkata")
    workspace.add_channel("campaigns", ana, ravi, workspace.bot)
    workspace.add_channel("marketing", ana, ravi)
    workspace.add_channel("leads", ana, ravi, private=True)
    return workspace
