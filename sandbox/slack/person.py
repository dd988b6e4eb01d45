"""What a person does in Slack, and sees there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.slack import payloads
from sandbox.slack.acks import settle_click, settle_command
from sandbox.slack.message import Message, action_for
from sandbox.slack.modal import PATIENCE, Modal
from sandbox.slack.state import State
from sandbox.slack.workspace import Channel, ChannelKind, Post, User


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace at the keyboard.

    Channels are named as people name them, "campaigns" or "#campaigns"; "@campaign-bot" is the
    direct conversation with the bot.
    """

    state: State
    user: User

    @property
    def notices(self) -> list[str]:
        """What Slack itself told this person: failed commands, trouble connecting."""
        return self.state.workspace.notices[self.user.id]

    @property
    def channels(self) -> list[str]:
        """The channels this person is in, such as "#campaigns"."""
        return [
            f"#{channel.name}"
            for channel in self.state.workspace.channels.values()
            if self.user.id in channel.members and channel.kind is not ChannelKind.DIRECT
        ]

    def now(self) -> datetime:
        """The time on this person's clock, in their time zone."""
        return self.state.clock.now().astimezone(ZoneInfo(self.user.tz))

    def mentioned(self, mention: str) -> str | None:
        """The words in which "@U123" or "#C123" is shown; nothing for an unknown id."""
        sign, member = mention[:1], mention[1:]
        users, channels = self.state.workspace.users, self.state.workspace.channels
        if sign == "@" and member in users:
            return f"@{users[member].real_name}"
        return f"#{channels[member].name}" if sign == "#" and member in channels else None

    async def command(self, text: str, channel: str = "campaigns") -> None:
        """Type a slash command such as "/campaign sms Spring sale", and wait for its ack."""
        where = self._channel(channel)
        packet = payloads.command(self.state, self.user, where, text)
        settle_command(self.state, self.user, where, await self.state.courier.deliver(packet))

    async def shortcut(self, callback_id: str) -> None:
        """Choose one of the bot's global shortcuts, and wait for its ack."""
        packet = payloads.shortcut(self.state, self.user, callback_id)
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))

    async def click(
        self,
        message: Message,
        button_text: str,
        *,
        block_id: str | None = None,
        action_id: str | None = None,
    ) -> None:
        """Click a button, or an entry of an overflow menu, in a message; wait for its ack.

        Raises:
            LookupError: there is none with these words, or several and the ids do not say which.
        """
        action = action_for(message.blocks, button_text, block_id=block_id, action_id=action_id)
        packet = payloads.message_action(
            self.state, self.user, message.channel, message.post, action
        )
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))

    def say(self, text: str, channel: str = "campaigns") -> Message:
        """Write a message of one's own."""
        return self._write(self._channel(channel), self.user, text)

    def invite(self, name: str, channel: str) -> Message:
        """Bring somebody into a channel, as Slack's own /invite does; gives the word of it.

        Raises:
            LookupError: nobody has this name, or nobody can be invited there.
        """
        workspace, where = self.state.workspace, self._channel(channel)
        if where.kind is ChannelKind.DIRECT:
            raise LookupError("nobody can be invited into a direct conversation")
        guest = workspace.user_named(name)
        where.members.add(guest.id)
        text = f"was added to #{where.name} by {self.user.real_name}."
        return self._write(where, guest, text)

    def modal(self) -> Modal | None:
        """The modal on top, if one is open."""
        stack = self.state.views.stack(self.user.id)
        return Modal(self.state, self.user, stack[-1]) if stack else None

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

    def messages(self, channel: str = "campaigns") -> list[Message]:
        """What this person sees in a channel, oldest first; replies are with what they answer."""
        where = self._channel(channel)
        return [
            Message(self.state.workspace, where, post)
            for post in where.posts
            if post.only_for in (None, self.user.id) and (post.only_for or not post.thread_ts)
        ]

    async def wait_message(
        self, channel: str = "campaigns", *, containing: str, within: float = PATIENCE
    ) -> Message:
        """The latest message with these words, once there is one.

        Raises:
            TimeoutError: none came in time.
        """

        def find() -> Message | None:
            seen = reversed(self.messages(channel))
            return next((each for each in seen if containing in each.words), None)

        return await self.state.changes.until(
            find,
            within=within,
            missing=lambda: f"no message with {containing!r} among: {self._words(channel)}",
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

    def _write(self, where: Channel, author: User, text: str) -> Message:
        post = Post(ts=self.state.workspace.now(), author=author.id, text=text, blocks=[])
        where.posts.append(post)
        self.state.changes.note()
        return Message(self.state.workspace, where, post)

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
