"""Roles: what a person may do, by who they are and where they ask."""

import re
from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

from bot.campaigns.values import Frozen

EVERYONE = "everyone"
# Slack's IDs of people, user groups and channels: docs.slack.dev/reference/objects.
_ID = re.compile(r"[UWSCG][A-Z0-9]+")
_GROUP = "S"


class Role(IntEnum):
    """A ladder: each role may do what those below it may.

    So an approver may also author; that nobody approves their own is the approval's rule.
    """

    VIEWER = 1
    AUTHOR = 2
    APPROVER = 3
    ADMIN = 4


class Permission(StrEnum):
    """What a person may be permitted; a permission for an action has the name of the action."""

    CREATE = "create"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STATUS = "status"
    LIST = "list"
    APPROVE = "approve"
    CANCEL = "cancel"


# Canceling only keeps things from happening, so it is an author's, whoever approved.
NEEDED: Mapping[Permission, Role] = MappingProxyType(
    {
        Permission.CREATE: Role.AUTHOR,
        Permission.SCHEDULE: Role.AUTHOR,
        Permission.UNSCHEDULE: Role.AUTHOR,
        Permission.START: Role.AUTHOR,
        Permission.STOP: Role.AUTHOR,
        Permission.STATUS: Role.VIEWER,
        Permission.LIST: Role.VIEWER,
        Permission.APPROVE: Role.APPROVER,
        Permission.CANCEL: Role.AUTHOR,
    }
)


def may(role: Role | None, permission: Permission) -> bool:
    """Whether a role permits it; no role permits nothing."""
    return role is not None and role >= NEEDED[permission]


def _nameable(member: str) -> str:
    if member != EVERYONE and not _ID.fullmatch(member):
        raise ValueError("not the ID of a Slack user, user group or channel, nor everyone")
    return member


# Whom a grant names: a person (U…, W…), a user group (S…), or whoever asks in a channel (C…, G…).
# Being a member of the channel is not enough: a channel is seen in each request, its members not.
Member = Annotated[str, AfterValidator(_nameable)]


class Grants(Frozen):
    """Who has which role. Without any, everyone is an author and nobody an approver.

    Once a single one is given, whoever is named nowhere has no role.
    """

    viewers: tuple[Member, ...] = ()
    authors: tuple[Member, ...] = ()
    approvers: tuple[Member, ...] = ()
    admins: tuple[Member, ...] = ()

    @property
    def groups(self) -> frozenset[str]:
        """The user groups that are named: whether a person is in them must be asked of Slack."""
        named = (member for members in self._by_role.values() for member in members)
        return frozenset(member for member in named if member.startswith(_GROUP))

    def role_of(self, person: str, groups: frozenset[str], channel: str | None) -> Role | None:
        """The highest role of a person in these user groups who asks in this channel.

        It is that of the moment: ask again at each command, submission and button.
        """
        if not any(self._by_role.values()):
            return Role.AUTHOR
        theirs = groups | {person, channel, EVERYONE}
        held = (role for role, members in self._by_role.items() if not theirs.isdisjoint(members))
        return max(held, default=None)

    def whom_to_ask(self, role: Role) -> tuple[str, ...]:
        """Who holds a role, or the next above it that anyone holds; empty if nobody does."""
        holders = (members for above, members in self._by_role.items() if above >= role)
        return next(filter(None, holders), ())

    @property
    def _by_role(self) -> dict[Role, tuple[str, ...]]:
        """From the lowest role to the highest."""
        return {
            Role.VIEWER: self.viewers,
            Role.AUTHOR: self.authors,
            Role.APPROVER: self.approvers,
            Role.ADMIN: self.admins,
        }
