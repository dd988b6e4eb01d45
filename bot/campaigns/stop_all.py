"""The emergency stop: stops every running campaign of an environment."""

from typing import ClassVar, Literal

from bot.campaigns.actions import Action
from bot.campaigns.base_command import BaseCommand
from bot.campaigns.reasons import Failure
from bot.campaigns.values import Frozen


class StopAll(BaseCommand):
    """Stop every campaign that runs in an environment."""

    action: ClassVar = Action.STOP_ALL
    type: Literal["stop_all"] = "stop_all"
    environment: str

    @property
    def label(self) -> str:
        """Return the environment's name."""
        return self.environment

    @property
    def target_id(self) -> str | None:
        """Return None: it is about many campaigns."""
        return None

    def may_share_target(self, other: BaseCommand) -> bool:
        """Return whether both stop everything."""
        return isinstance(other, StopAll)


class Stopped(Frozen):
    """What became of one campaign; without a `failure`, it no longer runs."""

    id: str
    name: str
    failure: Failure | None = None
