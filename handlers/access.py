"""Permissions, checked at each command, each submission and each button."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot.campaigns.environment import Environments
from bot.campaigns.roles import NEEDED, Grants, Permission, may
from bot.slack import SlackClient, SlackError

log = structlog.get_logger()

# How long a change in the members of a user group may take to have an effect.
FRESH_SECONDS = 60.0


@dataclass(slots=True)
class Access:
    """The operator's grants, and the members of their user groups as Slack last listed them.

    If Slack could not list a group, its members get no role from it.
    """

    slack: SlackClient
    environments: Environments
    _groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _fresh_until: float = 0.0

    async def refresh(self, *, now: bool = False) -> None:
        """List the groups again, unless they were listed recently; `now` lists them anyway."""
        if not now and time.monotonic() < self._fresh_until:
            return
        self._fresh_until = time.monotonic() + FRESH_SECONDS
        named = frozenset().union(*(each.grants.groups for each in self.environments.all))
        self._groups = {group: await self._members(group) for group in sorted(named)}

    def refusal(
        self, person: str, channel: str, permission: Permission, environment: str | None
    ) -> tuple[str, ...] | None:
        """Return None if the person may do it there, else whom they can ask.

        Without an environment, permission in any environment is enough: it is chosen later.
        """
        grants = self._grants(environment)
        groups = frozenset(group for group, people in self._groups.items() if person in people)
        if any(may(each.role_of(person, groups, channel), permission) for each in grants):
            return None
        return grants[0].whom_to_ask(NEEDED[permission])

    def _grants(self, environment: str | None) -> list[Grants]:
        if environment is None:
            return [each.grants for each in self.environments.all]
        named = self.environments.named(environment)
        return [named.grants if named else Grants(admins=("everyone",))]

    async def _members(self, group: str) -> frozenset[str]:
        try:
            return await self.slack.group_members(group)
        except SlackError as error:
            log.warning("access.group_not_listed", group=group, reason=error.reason)
            return frozenset()
