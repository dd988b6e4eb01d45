"""The actions of a person in Slack."""

from dataclasses import dataclass

from sandbox.slack import events, notices, payloads
from sandbox.slack.acks import settle_click, settle_command
from sandbox.slack.channels import Channel, ChannelKind, Post
from sandbox.slack.manifest import ShortcutType
from sandbox.slack.message import Message, action_for
from sandbox.slack.onlooker import Onlooker
from sandbox.slack.workspace import User


@dataclass(frozen=True, slots=True)
class Person(Onlooker):
    """A member of the workspace who uses Slack."""

    async def command(self, text: str, channel: str = "campaigns") -> None:
        """Type a slash command such as "/campaign sms Spring sale", and wait for its ack.

        Slack itself answers an unknown command.

        Raises:
            LookupError: People cannot write there.
        """
        where = self._composer(self._channel(channel))
        name, _, rest = text.partition(" ")
        known = self.state.manifest.slash_command(name)
        if known is None:
            self._tell(notices.not_a_command(name))
            return
        packet = payloads.command(self.state, self.user, where, known, rest.strip())
        settle_command(self.state, self.user, where, await self.state.courier.deliver(packet))

    def command_in_thread(self, text: str) -> None:
        """Type a slash command into a thread, where Slack does not accept it.

        https://docs.slack.dev/interactivity/implementing-slash-commands
        """
        self._tell(notices.not_in_threads(text.partition(" ")[0]))

    async def shortcut(self, callback_id: str) -> None:
        """Choose one of the bot's global shortcuts, and wait for its ack.

        Raises:
            LookupError: The app has no shortcut with this id.
        """
        self.state.manifest.shortcut(ShortcutType.GLOBAL, callback_id)
        packet = payloads.shortcut(self.state, self.user, callback_id)
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))

    async def message_shortcut(self, message: Message, callback_id: str) -> None:
        """Choose one of the bot's shortcuts in a message's menu, and wait for its ack.

        Raises:
            LookupError: The app has no shortcut with this id, or the message is ephemeral.
        """
        self.state.manifest.shortcut(ShortcutType.MESSAGE, callback_id)
        if message.is_ephemeral:
            raise LookupError("an ephemeral message has no shortcuts")
        packet = payloads.message_shortcut(
            self.state, self.user, message.channel, message.post, callback_id
        )
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))

    async def click(
        self,
        message: Message,
        button_text: str,
        *,
        block_id: str | None = None,
        action_id: str | None = None,
    ) -> None:
        """Click a button or an overflow menu's option in a message, and wait for its ack.

        Raises:
            LookupError: None has this text, or several have it and the ids do not select one.
        """
        action = action_for(message.blocks, button_text, block_id=block_id, action_id=action_id)
        packet = payloads.message_action(
            self.state, self.user, message.channel, message.post, action
        )
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))

    def say(self, text: str, channel: str = "campaigns") -> Message:
        """Write a message.

        Raises:
            LookupError: People cannot write there.
        """
        return self._write(self._composer(self._channel(channel)), self.user, text)

    def reply(self, message: Message, text: str) -> Message:
        """Write into a message's thread, or into the thread that a reply is in.

        Raises:
            LookupError: People cannot write there.
        """
        if message.is_ephemeral:
            raise LookupError("nobody can reply to an ephemeral message")
        where = self._composer(message.channel)
        return self._write(where, self.user, text, message.post.root_ts)

    def invite(self, name: str, channel: str) -> Message:
        """Add a person to a channel, as Slack's own /invite does; return the message about it.

        Raises:
            LookupError: Nobody has this name, or people cannot be invited there.
        """
        workspace, where = self.state.workspace, self._channel(channel)
        if where.kind is ChannelKind.DIRECT:
            raise LookupError("nobody can be invited into a direct conversation")
        guest = workspace.user_named(name)
        if guest.id in where.members:
            raise LookupError(f"{guest.real_name} is already in #{where.name}")
        where.members.add(guest.id)
        text = f"was added to #{where.name} by {self.user.real_name}."
        return self._write(where, guest, text)

    async def open_home(self) -> None:
        """Open the app's Home tab; the bot gets the event if it subscribes to it.

        https://docs.slack.dev/reference/events/app_home_opened

        Raises:
            LookupError: The app has no Home tab.
        """
        manifest = self.state.manifest
        if not manifest.home_tab_enabled:
            raise LookupError("the app has no Home tab")
        if events.HOME_OPENED in manifest.bot_events:
            await self.state.courier.deliver(events.home_opened(self.state, self.user))

    def _write(
        self, where: Channel, author: User, text: str, thread_ts: str | None = None
    ) -> Message:
        ts = self.state.workspace.now()
        post = Post(ts=ts, author=author.id, text=text, blocks=[], thread_ts=thread_ts)
        where.posts.append(post)
        self.state.changes.note()
        return self._message(where, post)

    def _tell(self, notice: str) -> None:
        self.notices.append(notice)
        self.state.changes.note()

    def _composer(self, where: Channel) -> Channel:
        """Return the conversation if people can write there.

        Raises:
            LookupError: People cannot write there.
        """
        manifest = self.state.manifest
        writable = manifest.messages_tab_enabled and not manifest.messages_tab_read_only
        if where.kind is ChannelKind.DIRECT and not writable:
            raise LookupError(notices.READ_ONLY)
        return where
