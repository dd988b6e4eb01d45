"""What a person sees and does in any view."""

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
    """One view; it shows what the view holds now, also after the bot changes it."""

    state: State
    user: User
    view: OpenView

    @property
    def id(self) -> str:
        """What names it for as long as it is there."""
        return self.view.id

    @property
    def version(self) -> str:
        """Another word after each change by the bot."""
        return self.view.hash

    @property
    def blocks(self) -> list[JsonObject]:
        """Its blocks, to be drawn."""
        blocks: list[JsonObject] = self.view.content["blocks"]
        return blocks

    @property
    def text(self) -> str:
        """All the words shown in it."""
        return words(self.blocks)

    @property
    def buttons(self) -> list[str]:
        """The words on the buttons among its blocks."""
        return [text for text, _ in clickable(self.blocks)]

    async def click(
        self, button_text: str, *, block_id: str | None = None, action_id: str | None = None
    ) -> None:
        """Click a button among its blocks, and wait for the ack.

        Raises:
            LookupError: there is none with these words, or several and the ids do not say which.
        """
        await self._act(
            action_for(self.blocks, button_text, block_id=block_id, action_id=action_id)
        )

    async def _act(self, action: JsonObject) -> None:
        packet = payloads.view_action(self.state, self.user, self.view, action)
        settle_click(self.state, self.user, await self.state.courier.deliver(packet))


@dataclass(frozen=True, slots=True)
class Home(View):
    """What the bot published on a person's Home tab.

    https://docs.slack.dev/surfaces/app-home
    """
