"""Environments: the named Kore.ai apps in which campaigns are created."""

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
    """A named environment with the operator's settings.

    It is the default in the Slack channels named in `channels`.
    """

    name: EnvironmentName
    looks_like_production: bool = True
    channels: frozenset[str] = frozenset()
    grants: Grants = Grants()
    policy: Policy = Policy()
    rules: Rules = Rules()


class Environments(Frozen):
    """All configured environments. Data stored without an environment belongs to the first."""

    all: Annotated[tuple[Environment, ...], Field(min_length=1)]

    @property
    def first(self) -> Environment:
        """Return the only or oldest environment."""
        return self.all[0]

    @property
    def several(self) -> bool:
        """Return whether there is more than one, so that messages must name the environment."""
        return len(self.all) > 1

    @property
    def choices(self) -> Mapping[str, bool]:
        """Return each name with whether it looks like production; empty if there is only one."""
        return {e.name: e.looks_like_production for e in self.all} if self.several else {}

    def named(self, name: str | None) -> Environment | None:
        """Return the environment of this name, the first for None; None if there is none."""
        if name is None:
            return self.first
        return next((each for each in self.all if each.name == name), None)

    def of_channel(self, channel: str) -> Environment | None:
        """Return the only environment, or the default of this Slack channel, or None."""
        if not self.several:
            return self.first
        return next((each for each in self.all if channel in each.channels), None)

    def to_name(self, name: str | None) -> Environment | None:
        """Return the environment to name in a message; None if there is only one.

        An environment that is no longer configured is shown as production.
        """
        found = self.named(name) or Environment(name=name or "")
        return found if self.several or found is not self.first else None
