"""What one person sees: a conversation, perhaps a modal, and whether anything changed."""

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sandbox.page.forms import Control, Refusals, controls
from sandbox.page.render import Reader
from sandbox.slack import Message, Modal, Person, PretendSlack

MOMENT = 2.5
"""Seconds for which an answer waits to show what the bot does next."""
STILL = 0.15
"""Seconds without a change after which the bot is taken to be done."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Names that exist in the sandbox, to be used in forms."""

    label: str
    values: Sequence[str]


@dataclass(slots=True)
class Memory:
    """What is to be told to a person after what they just did.

    `notices_before` counts what Slack had told them until then; `read` holds the newest message
    they saw in each conversation, by its timestamp.
    """

    alerts: list[str] = field(default_factory=list)
    refused: Refusals = field(default_factory=dict)
    notices_before: int = 0
    read: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screen:
    """A person looking at a conversation, named as the person-side library names it."""

    slack: PretendSlack
    person: Person
    conversation: str

    @property
    def query(self) -> str:
        """Who looks at what, as in the page's address."""
        return urlencode({"as": self.person.user.real_name, "in": self.conversation})

    def url(self, *, person: str = "", conversation: str = "") -> str:
        """Where this is seen, or the same with another person or conversation."""
        name = person or self.person.user.real_name
        return "/?" + urlencode({"as": name, "in": conversation or self.conversation})

    @property
    def people(self) -> list[str]:
        """Everybody one can be."""
        return [user.real_name for user in self.slack.workspace.users.values() if not user.is_bot]

    @property
    def conversations(self) -> dict[str, str]:
        """All conversations of this person: what names each, and its words."""
        bot = self.slack.workspace.bot
        channels = {name.removeprefix("#"): name for name in self.person.channels}
        return channels | {f"@{bot.name}": bot.real_name}

    @property
    def messages(self) -> list[Message]:
        """What is written in the conversation."""
        return self.person.messages(self.conversation)

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

    def controls(self, refused: Refusals) -> dict[tuple[str, str], Control]:
        """The fields of the modal."""
        return controls(self.modal, refused) if self.modal else {}

    def message(self, ts: str) -> Message:
        """The message or reply with this timestamp.

        Raises:
            LookupError: it is not there any more.
        """
        for each in self._all(self.conversation):
            if each.ts == ts:
                return each
        raise LookupError("that message is not there any more")

    def written(self) -> str:
        """Changes whenever a message in any of this person's conversations does."""
        shown = (each for name in self.conversations for each in self._all(name))
        return _digest([(each.ts, each.text, each.blocks, each.is_edited) for each in shown])

    def version(self) -> str:
        """Changes whenever anything on this person's screen does."""
        modal = self.modal
        shown = (modal.id, modal.version, modal.errors) if modal else ()
        return _digest([self.written(), shown, len(self.person.notices)])

    async def changed(self, look: Callable[[], str], before: str) -> None:
        """Wait a moment for `look` to give something else than `before`, and then to stay so."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MOMENT):
                await self.person.wait_change(look, before)
                while True:
                    await self.person.wait_change(look, look(), within=STILL)

    def _all(self, conversation: str) -> Iterator[Message]:
        """Messages and their replies."""
        for message in self.person.messages(conversation):
            yield message
            yield from message.replies


def _digest(shown: object) -> str:
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()
