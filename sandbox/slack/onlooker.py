"""What a person sees in Slack, and waiting for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.slack.channels import Channel, ChannelKind, Post, StoredFile
from sandbox.slack.message import Message
from sandbox.slack.modal import PATIENCE, Modal
from sandbox.slack.state import State
from sandbox.slack.view import Home
from sandbox.slack.workspace import User


@dataclass(frozen=True, slots=True)
class Onlooker:
    """A member of the workspace who looks at Slack.

    Channel names are "campaigns" or "#campaigns"; "@campaign-bot" is the direct conversation with
    the bot.
    """

    state: State
    user: User

    @property
    def notices(self) -> list[str]:
        """Return Slack's own messages to this person, such as errors about commands."""
        return self.state.workspace.notices[self.user.id]

    @property
    def channels(self) -> list[str]:
        """Return the channels this person is in, such as "#campaigns"."""
        return [
            f"#{channel.name}"
            for channel in self.state.workspace.channels.values()
            if self.user.id in channel.members and channel.kind is not ChannelKind.DIRECT
        ]

    @property
    def home(self) -> Home | None:
        """Return the Home tab, or None until the bot publishes it."""
        published = self.state.views.home(self.user.id)
        return Home(self.state, self.user, published) if published else None

    def now(self) -> datetime:
        """Return the current time in this person's time zone."""
        return self.state.clock.now().astimezone(ZoneInfo(self.user.tz))

    def mentioned(self, mention: str) -> str | None:
        """Return the text shown for "@U123", "#C123" or "!subteam^S123"; None for an unknown id."""
        return self.state.workspace.mentioned(mention)

    def modal(self) -> Modal | None:
        """Return the modal on top, if one is open."""
        stack = self.state.views.stack(self.user.id)
        return Modal(self.state, self.user, stack[-1]) if stack else None

    def messages(self, channel: str = "campaigns") -> list[Message]:
        """Return the messages this person sees in a channel, oldest first.

        Of replies it has those that the channel shows too.
        """
        where = self._channel(channel)
        return [
            self._message(where, post)
            for post in where.posts
            if post.only_for in (None, self.user.id) and post.in_channel
        ]

    def file(self, file_id: str) -> StoredFile | None:
        """Return a file that this person put into Slack, or that their conversations share."""
        file = self.state.files.find(file_id)
        if file is None or not file.is_complete:
            return None
        shared = any(self.user.id in each.channel.members for each in file.shares)
        return file if shared or file.user == self.user.id else None

    async def wait_home(self, *, containing: str = "", within: float = PATIENCE) -> Home:
        """Wait until the Home tab shows these words, and return it.

        Raises:
            TimeoutError: It did not show them in time.
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
        """Wait until the modal on top has this title and these words, and return it.

        Raises:
            TimeoutError: There was no such modal in time.
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
        """Wait for a message that contains `containing` and `also`; return the latest one.

        For replies there is `wait_reply`.

        Raises:
            TimeoutError: There was no such message in time.
        """

        def find() -> Message | None:
            seen = reversed(self.messages(channel))
            roots = (each for each in seen if not each.thread_ts)
            return next((each for each in roots if each.says(containing, also)), None)

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
        """Wait for a reply with these words in a message's thread; return the first one.

        Raises:
            TimeoutError: There was no such reply in time.
        """

        def find() -> Message | None:
            return next((each for each in message.replies if containing in each.words), None)

        return await self.state.changes.until(
            find, within=within, missing=lambda: f"no reply with {containing!r}"
        )

    async def wait_file(
        self,
        name: str,
        channel: str = "campaigns",
        *,
        within: float = PATIENCE,
    ) -> tuple[Message, StoredFile]:
        """Wait for a shared file whose name has these words, also in a thread; return the latest.

        Raises:
            TimeoutError: There was no such file in time.
        """

        def find() -> tuple[Message, StoredFile] | None:
            seen = [one for each in self.messages(channel) for one in (each, *each.replies)]
            shared = [(each, file) for each in seen for file in each.files if name in file.name]
            return max(shared, key=lambda found: found[0].ts, default=None)

        return await self.state.changes.until(
            find, within=within, missing=lambda: f"no file {name!r} in {channel}"
        )

    async def wait_change(
        self, look: Callable[[], object], before: object, *, within: float = PATIENCE
    ) -> None:
        """Wait until `look` returns something other than `before`.

        Raises:
            TimeoutError: It did not change in time.
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
