"""What all commands have in common, whatever they are about."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.values import Frozen

# Fields of a command's JSON that are not content.
_ENVELOPE = frozenset({"type", "version"})


class BaseCommand(Frozen, ABC):
    """The base class of all commands."""

    action: ClassVar[Action]
    version: Literal[1] = 1

    @property
    @abstractmethod
    def label(self) -> str:
        """Return the name of what it is about, to show to people."""

    @property
    @abstractmethod
    def target_id(self) -> str | None:
        """Return Kore.ai's ID of what it is about; None if the author gave only its name."""

    @abstractmethod
    def may_share_target(self, other: "BaseCommand") -> bool:
        """Return whether both may be about the same thing, if they are for one environment."""

    def content(self) -> dict[str, JsonValue]:
        """Return what is to be done, as JSON."""
        return content_of(self.model_dump(mode="json"))


def content_of(command: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the content of a command's JSON, which a review's digest covers."""
    return {
        name: value
        for name, value in command.items()
        if name not in _ENVELOPE and value is not None
    }
