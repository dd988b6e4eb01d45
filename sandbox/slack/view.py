"""A view, as a person sees and uses it."""

from dataclasses import dataclass

from sandbox.slack import payloads
from sandbox.slack.acks import settle_click
from sandbox.slack.message import action_for, clickable
from sandbox.slack.shapes import JsonObject
from sandbox.slack.state import State
from sandbox.slack.views import OpenView
from sandbox.slack.words import words
from sandbox.slack.workspace import User


@dataclass(frozen=True, slots=True)
class View:
    """One view, always with its current content, also after the bot changes it."""

    state: State
    user: User
    view: OpenView

    @property
    def id(self) -> str:
        """Return its id, which never changes."""
        return self.view.id

    @property
    def version(self) -> str:
        """Return its hash, which differs after each change by the bot."""
        return self.view.hash

    @property
    def blocks(self) -> list[JsonObject]:
        """Return its blocks."""
        blocks: list[JsonObject] = self.view.content["blocks"]
        return blocks

    @property
    def text(self) -> str:
        """Return all text shown in it."""
        return words(self.blocks)

    @property
    def buttons(self) -> list[str]:
        """Return the texts of the buttons in its blocks."""
        return [text for text, _ in clickable(self.blocks)]

    async def click(
        self, button_text: str, *, block_id: str | None = None, action_id: str | None = None
    ) -> None:
        """Click a button in its blocks, and wait for the ack.

        Raises:
            LookupError: None has this text, or several have it and the ids do not select one.
        """
        await self._act(
            action_for(self.blocks, button_text, block_id=block_id, action_id=action_id)
        )

    async def _act(self, action: JsonObject) -> None:
        packet = payloads.view_action(self.state, self.user, self.view, action)
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))


@dataclass(frozen=True, slots=True)
class Home(View):
    """The view that the bot published on a person's Home tab.

    https://docs.slack.dev/surfaces/app-home
    """
