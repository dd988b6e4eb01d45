"""Environments: where campaigns are made, by the names people call them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.campaigns.policy import Policy
from bot.campaigns.review import Rules
from bot.campaigns.roles import Grants
from bot.campaigns.values import Frozen

NAME = "[a-z][a-z0-9_-]{0,29}"
EnvironmentName = Annotated[str, Field(pattern=f"^{NAME}$")]


class Environment(Frozen):
    """A place for campaigns, with what the operator set for it.

    In the Slack channels named here it is the one that is meant.
    """

    name: EnvironmentName
    looks_like_production: bool = True
    channels: frozenset[str] = frozenset()
    grants: Grants = Grants()
    policy: Policy = Policy()
    rules: Rules = Rules()


class Environments(Frozen):
    """Those the bot has. What was kept before there were names belongs to the first."""

    all: Annotated[tuple[Environment, ...], Field(min_length=1)]

    @property
    def first(self) -> Environment:
        """The only one, or the one that was there before the others."""
        return self.all[0]

    @property
    def several(self) -> bool:
        """Whether people have to be told which one is meant."""
        return len(self.all) > 1

    @property
    def choices(self) -> Mapping[str, bool]:
        """The names to choose from, with whether each looks like production; none if it is one."""
        return {e.name: e.looks_like_production for e in self.all} if self.several else {}

    def named(self, name: str | None) -> Environment | None:
        """The one of this name, the first without a name; None if there is none of this name."""
        if name is None:
            return self.first
        return next((each for each in self.all if each.name == name), None)

    def of_channel(self, channel: str) -> Environment | None:
        """The only one, or the one that is meant in this Slack channel."""
        if not self.several:
            return self.first
        return next((each for each in self.all if channel in each.channels), None)

    def to_name(self, name: str | None) -> Environment | None:
        """The one that people are to be told, None if it goes without saying.

        One that the settings no longer have is told as production would be.
        """
        found = self.named(name) or Environment(name=name or "")
        return found if self.several or found is not self.first else None
