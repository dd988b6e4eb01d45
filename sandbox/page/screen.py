"""What one person sees: a conversation, perhaps a thread and a modal, and whether they changed."""

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
from sandbox.slack.manifest import Shortcut, ShortcutType
from sandbox.slack.workspace import Channel, ChannelKind

START = "campaigns"
"""The conversation that is shown first."""
MOMENT = 2.5
"""Seconds for which an answer waits to show what the bot does next."""
STILL = 0.15
"""Seconds without a change after which the bot is taken to be done."""


@dataclass(slots=True)
class Memory:
    """What is to be told to a person after what they just did.

    `notices_before` counts what Slack had told them until then; `read` holds the newest message
    they saw in each conversation, by its timestamp.
    """

    alerts: list[str] = field(default_factory=list)
    refused: Refusals = field(default_factory=dict)
    question: Question | None = None
    notices_before: int = 0
    read: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screen:
    """A person looking at a place; conversations have the names of the person-side library."""

    slack: PretendSlack
    person: Person
    place: Place

    @classmethod
    def of(cls, slack: PretendSlack, person: Person, place: Place) -> "Screen":
        """What somebody sees at a place; of what it leaves out, the usual.

        Raises:
            ValueError: `since` is no timestamp.
        """
        here = place.conversation or START
        since = f"{float(place.since or person.now().timestamp()):.6f}"
        name = person.user.real_name
        return cls(slack, person, replace(place, person=name, conversation=here, since=since))

    @property
    def people(self) -> list[str]:
        """Everybody one can be."""
        return [user.real_name for user in self.slack.workspace.users.values() if not user.is_bot]

    @property
    def bot(self) -> str:
        """What names the conversation with the bot."""
        return f"@{self.slack.workspace.bot.name}"

    @property
    def conversations(self) -> dict[str, str]:
        """All conversations of this person: what names each, and its words."""
        channels = {name.removeprefix("#"): name for name in self.person.channels}
        return channels | {self.bot: self.slack.workspace.bot.real_name}

    @property
    def messages(self) -> list[Message]:
        """What is written in the conversation."""
        return self._seen(self.person.messages(self.place.conversation))

    @property
    def thread(self) -> Message | None:
        """The message whose thread is open."""
        return next((each for each in self.messages if each.ts == self.place.thread), None)

    @property
    def newest(self) -> dict[str, str]:
        """The timestamp of the newest message in each conversation that has any."""
        shown = {name: list(self._all(name)) for name in self.conversations}
        return {name: max(each.ts for each in all_) for name, all_ in shown.items() if all_}

    @property
    def reader(self) -> Reader:
        """Draws texts for this person."""
        return Reader(self.person)

    @property
    def modal(self) -> Modal | None:
        """The modal on top, if one is open."""
        return self.person.modal()

    @property
    def hints(self) -> list[dict[str, str]]:
        """The commands that can be typed, as the app's manifest has them."""
        own = ("command", "usage_hint", "description")
        commands = self.slack.manifest.slash_commands
        return [{name: getattr(each, name) for name in own} for each in commands]

    @property
    def global_shortcuts(self) -> list[Shortcut]:
        """The app's shortcuts that are found everywhere."""
        return self.slack.manifest.shortcuts_in(ShortcutType.GLOBAL)

    @property
    def message_shortcuts(self) -> list[Shortcut]:
        """The app's shortcuts that are found at each message."""
        return self.slack.manifest.shortcuts_in(ShortcutType.MESSAGE)

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in the conversation."""
        return self.slack.workspace.bot.id in self._channel(self.place.conversation).members

    def is_private(self, conversation: str) -> bool:
        """Whether only members find the conversation."""
        return self._channel(conversation).kind is not ChannelKind.PUBLIC

    def shared_with(self, name: str) -> str:
        """The conversation, if somebody else is in it too; else the one that is shown first."""
        here = self._channel(self.place.conversation)
        is_in = self.slack.workspace.user_named(name).id in here.members
        return self.place.conversation if is_in else START

    def replies(self, message: Message) -> list[Message]:
        """The thread of a message, as this person sees it."""
        return self._seen(message.replies)

    def controls(self, refused: Refusals) -> dict[tuple[str, str], Control]:
        """The fields of the modal."""
        return controls(self.modal, refused) if self.modal else {}

    def message(self, ts: str) -> Message:
        """The message or reply with this timestamp.

        Raises:
            LookupError: it is not there any more.
        """
        for each in self._all(self.place.conversation):
            if each.ts == ts:
                return each
        raise LookupError("that message is not there any more")

    def written(self) -> str:
        """Changes whenever a message in any of this person's conversations does."""
        shown = (each for name in self.conversations for each in self._all(name))
        return _digest([(each.ts, each.text, each.blocks, each.is_edited) for each in shown])

    def version(self, behind: str = "") -> str:
        """Changes whenever anything on this person's screen does, or `behind`."""
        modal, home = self.modal, self.person.home
        shown = (modal.id, modal.version, modal.errors) if modal else ()
        at_home = home.blocks if home else ()
        return _digest([self.written(), shown, at_home, len(self.person.notices), behind])

    async def changed(self, look: Callable[[], str], before: str) -> None:
        """Wait a moment for `look` to give something else than `before`, and then to stay so."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MOMENT):
                await self.person.wait_change(look, before)
                while True:
                    await self.person.wait_change(look, look(), within=STILL)

    async def nap(self, seconds: float) -> None:
        """Return when something in Slack has changed, or after so many seconds."""
        with contextlib.suppress(TimeoutError):
            await self.person.wait_change(self.version, self.version(), within=seconds)

    def _channel(self, conversation: str) -> Channel:
        workspace = self.slack.workspace
        if conversation == self.bot:
            return workspace.direct(self.person.user.id)
        return workspace.channel_named(conversation)

    def _all(self, conversation: str) -> Iterator[Message]:
        """Messages and their replies."""
        for message in self.person.messages(conversation):
            yield message
            yield from message.replies

    def _seen(self, messages: Sequence[Message]) -> list[Message]:
        """Without those for one person alone that an earlier page showed."""
        since = float(self.place.since or 0)
        return [each for each in messages if not each.is_ephemeral or float(each.ts) > since]


def _digest(shown: object) -> str:
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()
