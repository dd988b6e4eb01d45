"""What a person sees in Slack, and waits to see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.slack.message import Message
from sandbox.slack.modal import PATIENCE, Modal
from sandbox.slack.state import State
from sandbox.slack.view import Home
from sandbox.slack.workspace import Channel, ChannelKind, Post, User


@dataclass(frozen=True, slots=True)
class Onlooker:
    """A member of the workspace at the screen.

    Channels are named as people name them, "campaigns" or "#campaigns"; "@campaign-bot" is the
    direct conversation with the bot.
    """

    state: State
    user: User

    @property
    def notices(self) -> list[str]:
        """What Slack itself told this person: failed and unknown commands, trouble connecting."""
        return self.state.workspace.notices[self.user.id]

    @property
    def channels(self) -> list[str]:
        """The channels this person is in, such as "#campaigns"."""
        return [
            f"#{channel.name}"
            for channel in self.state.workspace.channels.values()
            if self.user.id in channel.members and channel.kind is not ChannelKind.DIRECT
        ]

    @property
    def home(self) -> Home | None:
        """What the Home tab shows, once the bot has published something there."""
        published = self.state.views.home(self.user.id)
        return Home(self.state, self.user, published) if published else None

    def now(self) -> datetime:
        """The time on this person's clock, in their time zone."""
        return self.state.clock.now().astimezone(ZoneInfo(self.user.tz))

    def mentioned(self, mention: str) -> str | None:
        """The words for "@U123", "#C123" or "!subteam^S123"; nothing for an unknown id."""
        return self.state.workspace.mentioned(mention)

    def modal(self) -> Modal | None:
        """The modal on top, if one is open."""
        stack = self.state.views.stack(self.user.id)
        return Modal(self.state, self.user, stack[-1]) if stack else None

    def messages(self, channel: str = "campaigns") -> list[Message]:
        """What this person sees in a channel, oldest first; replies are with what they answer."""
        where = self._channel(channel)
        return [
            self._message(where, post)
            for post in where.posts
            if post.only_for in (None, self.user.id) and not post.thread_ts
        ]

    async def wait_home(self, *, containing: str = "", within: float = PATIENCE) -> Home:
        """The Home tab, once it shows these words.

        Raises:
            TimeoutError: it did not in time.
        """

        def find() -> Home | None:
            home = self.home
            return home if home and containing in home.text else None

        return await self.state.changes.until(
            find, within=within, missing=lambda: f"no Home tab with {containing!r}"
        )

    async def wait_modal(
        self, title: str | None = None, *, containing: str = "", within: float = PATIENCE
    ) -> Modal:
        """The modal on top, once there is one with this title and these words.

        Raises:
            TimeoutError: none came in time.
        """

        def find() -> Modal | None:
            modal = self.modal()
            fits = modal and title in (None, modal.title) and containing in modal.text
            return modal if fits else None

        return await self.state.changes.until(
            find,
            within=within,
            missing=lambda: f"no modal {title or ''!r} with {containing!r}, but {self._screen()}",
        )

    async def wait_message(
        self,
        channel: str = "campaigns",
        *,
        containing: str,
        also: str = "",
        within: float = PATIENCE,
    ) -> Message:
        """The latest message with these words, and others also, once there is one.

        Raises:
            TimeoutError: none came in time.
        """

        def find() -> Message | None:
            seen = reversed(self.messages(channel))
            return next((each for each in seen if each.says(containing, also)), None)

        return await self.state.changes.until(
            find,
            within=within,
            missing=lambda: (
                f"no message with {containing!r}{also and f' and {also!r}'}"
                f" among: {self._words(channel)}"
            ),
        )

    async def wait_reply(
        self, message: Message, *, containing: str, within: float = PATIENCE
    ) -> Message:
        """The first reply with these words in the thread of a message, once there is one.

        Raises:
            TimeoutError: none came in time.
        """

        def find() -> Message | None:
            return next((each for each in message.replies if containing in each.words), None)

        return await self.state.changes.until(
            find, within=within, missing=lambda: f"no reply with {containing!r}"
        )

    async def wait_change(
        self, look: Callable[[], object], before: object, *, within: float = PATIENCE
    ) -> None:
        """Return once `look` gives something else than `before`.

        Raises:
            TimeoutError: it did not in time.
        """
        await self.state.changes.until(
            lambda: look() != before or None, within=within, missing=lambda: "nothing changed"
        )

    def _message(self, where: Channel, post: Post) -> Message:
        return Message(self.state.workspace, where, post, self.user.id)

    def _screen(self) -> str:
        modal = self.modal()
        return f"{modal.title!r} with {modal.text!r}" if modal else "none"

    def _words(self, channel: str) -> str:
        return " | ".join(message.words for message in self.messages(channel)) or "none"

    def _channel(self, name: str) -> Channel:
        workspace = self.state.workspace
        if name == f"@{workspace.bot.name}":
            return workspace.direct(self.user.id)
        channel = workspace.channel_named(name)
        if self.user.id not in channel.members:
            raise LookupError(f"{self.user.real_name} is not in #{channel.name}")
        return channel
