"""Permissions, checked at each command, each submission and each button."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot.campaigns.environment import Environments
from bot.campaigns.roles import NEEDED, Grants, Permission, Refusal, may
from bot.slack import SlackClient, SlackError

log = structlog.get_logger()

# How long a change in the members of a user group may take to have an effect.
FRESH_SECONDS = 60.0
# How soon a group is listed again that Slack did not list.
RETRY_SECONDS = 5.0


@dataclass(slots=True)
class Access:
    """The operator's grants, and the members of their user groups as Slack last listed them.

    If Slack could not list a group, its members are unknown: nobody gets a role from it.
    """

    slack: SlackClient
    environments: Environments
    _groups: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    _fresh_until: float = 0.0

    async def refresh(self, *, now: bool = False) -> None:
        """List the groups again, unless they were listed recently; `now` lists them anyway."""
        if not now and time.monotonic() < self._fresh_until:
            return
        self._fresh_until = time.monotonic() + FRESH_SECONDS
        named = frozenset().union(*(each.grants.groups for each in self.environments.all))
        self._groups = {group: await self._members(group) for group in sorted(named)}
        if None in self._groups.values():
            self._fresh_until = time.monotonic() + RETRY_SECONDS

    def refusal(
        self, person: str, channel: str, permission: Permission, environment: str | None
    ) -> Refusal | None:
        """Return None if the person may do it there, else why not.

        Without an environment, permission in any environment is enough: it is chosen later.
        """
        grants = self._grants(environment)

        def allowed(groups: frozenset[str]) -> bool:
            return any(may(each.role_of(person, groups, channel), permission) for each in grants)

        listed = ((group, people or ()) for group, people in self._groups.items())
        theirs = frozenset(group for group, people in listed if person in people)
        if allowed(theirs):
            return None
        unknown = (group for group, people in self._groups.items() if people is None)
        return Refusal(
            permission=permission,
            others=grants[0].whom_to_ask(NEEDED[permission]),
            unlisted=tuple(group for group in unknown if allowed(theirs | {group})),
        )

    def _grants(self, environment: str | None) -> list[Grants]:
        if environment is None:
            return [each.grants for each in self.environments.all]
        named = self.environments.named(environment)
        return [named.grants if named else Grants(admins=("everyone",))]

    async def _members(self, group: str) -> frozenset[str] | None:
        try:
            return await self.slack.group_members(group)
        except SlackError as error:
            log.warning("access.group_not_listed", group=group, reason=error.reason)
            return None
