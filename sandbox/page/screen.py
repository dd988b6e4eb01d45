"""What one person sees: a conversation and perhaps a thread and a modal; and its changes."""

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sandbox.page.forms import Control, Refusals, controls
from sandbox.page.place import Place
from sandbox.page.questions import Question
from sandbox.page.render import Reader
from sandbox.slack import Message, Modal, Person, PretendSlack
from sandbox.slack.channels import Channel, ChannelKind
from sandbox.slack.manifest import Shortcut, ShortcutType

START = "campaigns"
"""The conversation that the page shows first."""
MOMENT = 2.5
"""Seconds that an answer waits for the bot's next action."""
STILL = 0.15
"""Seconds without a change after which the bot counts as finished."""


@dataclass(slots=True)
class Memory:
    """What the page tells a person after their last action.

    `notices_before` is the number of Slack's notices before the action; `read` is the timestamp of
    the newest message that the person saw in each conversation.
    """

    alerts: list[str] = field(default_factory=list)
    refused: Refusals = field(default_factory=dict)
    question: Question | None = None
    notices_before: int = 0
    read: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screen:
    """A person and their place on the page; conversations are named as in `Person`."""

    slack: PretendSlack
    person: Person
    place: Place

    @classmethod
    def of(cls, slack: PretendSlack, person: Person, place: Place) -> "Screen":
        """Return a person's screen at a place, with defaults for the place's empty parts.

        Raises:
            ValueError: `since` is not a timestamp.
        """
        here = place.conversation or START
        since = f"{float(place.since or person.now().timestamp()):.6f}"
        name = person.user.real_name
        return cls(slack, person, replace(place, person=name, conversation=here, since=since))

    @property
    def people(self) -> list[str]:
        """Return the names of the people that a visitor can act as."""
        return [user.real_name for user in self.slack.workspace.users.values() if not user.is_bot]

    @property
    def bot(self) -> str:
        """Return the name of the conversation with the bot."""
        return f"@{self.slack.workspace.bot.name}"

    @property
    def conversations(self) -> dict[str, str]:
        """Return this person's conversations: the name of each, and the text shown for it."""
        channels = {name.removeprefix("#"): name for name in self.person.channels}
        return channels | {self.bot: self.slack.workspace.bot.real_name}

    @property
    def messages(self) -> list[Message]:
        """Return the messages of the conversation."""
        return self._seen(self.person.messages(self.place.conversation))

    @property
    def thread(self) -> Message | None:
        """Return the message whose thread is open."""
        return next((each for each in self.messages if each.ts == self.place.thread), None)

    @property
    def newest(self) -> dict[str, str]:
        """Return the timestamp of the newest message in each conversation with messages."""
        shown = {name: list(self._all(name)) for name in self.conversations}
        return {name: max(each.ts for each in all_) for name, all_ in shown.items() if all_}

    @property
    def reader(self) -> Reader:
        """Return the renderer of texts for this person."""
        return Reader(self.person)

    @property
    def modal(self) -> Modal | None:
        """Return the modal on top, if one is open."""
        return self.person.modal()

    @property
    def hints(self) -> list[dict[str, str]]:
        """Return the slash commands in the app's manifest."""
        own = ("command", "usage_hint", "description")
        commands = self.slack.manifest.slash_commands
        return [{name: getattr(each, name) for name in own} for each in commands]

    @property
    def global_shortcuts(self) -> list[Shortcut]:
        """Return the app's global shortcuts."""
        return self.slack.manifest.shortcuts_in(ShortcutType.GLOBAL)

    @property
    def message_shortcuts(self) -> list[Shortcut]:
        """Return the app's message shortcuts."""
        return self.slack.manifest.shortcuts_in(ShortcutType.MESSAGE)

    @property
    def has_bot(self) -> bool:
        """Return whether the bot is in the conversation."""
        return self.slack.workspace.bot.id in self._channel(self.place.conversation).members

    def is_private(self, conversation: str) -> bool:
        """Return whether only members can find the conversation."""
        return self._channel(conversation).kind is not ChannelKind.PUBLIC

    def shared_with(self, name: str) -> str:
        """Return the conversation if this person is in it too, else `START`."""
        here = self._channel(self.place.conversation)
        is_in = self.slack.workspace.user_named(name).id in here.members
        return self.place.conversation if is_in else START

    def replies(self, message: Message) -> list[Message]:
        """Return the replies to a message that this person sees."""
        return self._seen(message.replies)

    def controls(self, refused: Refusals) -> dict[tuple[str, str], Control]:
        """Return the controls of the modal."""
        return controls(self.modal, refused) if self.modal else {}

    def message(self, ts: str) -> Message:
        """Return the message or reply with this timestamp.

        Raises:
            LookupError: It no longer exists.
        """
        for each in self._all(self.place.conversation):
            if each.ts == ts:
                return each
        raise LookupError("that message is not there any more")

    def written(self) -> str:
        """Return a hash that changes whenever a message in this person's conversations changes."""
        shown = (each for name in self.conversations for each in self._all(name))
        return _digest([(each.ts, each.text, each.blocks, each.is_edited) for each in shown])

    def version(self, behind: str = "") -> str:
        """Return a hash that changes whenever this person's screen or `behind` changes."""
        modal, home = self.modal, self.person.home
        shown = (modal.id, modal.version, modal.errors) if modal else ()
        at_home = home.blocks if home else ()
        return _digest([self.written(), shown, at_home, len(self.person.notices), behind])

    async def changed(self, look: Callable[[], str], before: str) -> None:
        """Wait a moment until `look` differs from `before` and then stops changing."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MOMENT):
                await self.person.wait_change(look, before)
                while True:
                    await self.person.wait_change(look, look(), within=STILL)

    async def wait(self, seconds: float) -> None:
        """Wait until something in Slack changes, but at most this many seconds."""
        with contextlib.suppress(TimeoutError):
            await self.person.wait_change(self.version, self.version(), within=seconds)

    def _channel(self, conversation: str) -> Channel:
        workspace = self.slack.workspace
        if conversation == self.bot:
            return workspace.direct(self.person.user.id)
        return workspace.channel_named(conversation)

    def _all(self, conversation: str) -> Iterator[Message]:
        """Yield a conversation's messages and their replies."""
        for message in self.person.messages(conversation):
            yield message
            yield from message.replies

    def _seen(self, messages: Sequence[Message]) -> list[Message]:
        """Leave out the ephemeral messages from before `since`."""
        since = float(self.place.since or 0)
        return [each for each in messages if not each.is_ephemeral or float(each.ts) > since]


def _digest(shown: object) -> str:
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()
