"""Roles: what a person may do, depending on who they are and which channel they use."""

import re
from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

from bot.campaigns.values import Frozen

EVERYONE = "everyone"
# IDs of Slack users, user groups and channels: docs.slack.dev/reference/objects.
_ID = re.compile(r"[UWSCG][A-Z0-9]+")
_GROUP = "S"


class Role(IntEnum):
    """Ordered roles: each role includes the permissions of those below it.

    An approver may therefore also author. That nobody approves their own request is a rule of
    approvals.
    """

    VIEWER = 1
    AUTHOR = 2
    APPROVER = 3
    ADMIN = 4


class Permission(StrEnum):
    """A permission. Each action's row in `bot.campaigns.actions` names the one it needs."""

    CREATE = "create"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STOP_ALL = "stop_all"
    EDIT = "edit"
    DELETE = "delete"
    STATUS = "status"
    RESULTS = "results"
    RESULTS_FILE = "results_file"
    LIST = "list"
    MANAGE_LISTS = "manage_lists"
    MANAGE_SAVED_FORMS = "manage_saved_forms"
    APPROVE = "approve"
    CANCEL = "cancel"


# Canceling only prevents actions, so an author may do it, whoever approved.
NEEDED: Mapping[Permission, Role] = MappingProxyType(
    {
        Permission.CREATE: Role.AUTHOR,
        Permission.SCHEDULE: Role.AUTHOR,
        Permission.UNSCHEDULE: Role.AUTHOR,
        Permission.START: Role.AUTHOR,
        Permission.STOP: Role.AUTHOR,
        Permission.STOP_ALL: Role.ADMIN,
        Permission.EDIT: Role.AUTHOR,
        Permission.DELETE: Role.AUTHOR,
        Permission.STATUS: Role.VIEWER,
        Permission.RESULTS: Role.VIEWER,
        # It has the phone numbers of contacts.
        Permission.RESULTS_FILE: Role.AUTHOR,
        Permission.LIST: Role.VIEWER,
        Permission.MANAGE_LISTS: Role.AUTHOR,
        # Whoever may create campaigns may delete the forms that they saved themselves.
        Permission.MANAGE_SAVED_FORMS: Role.ADMIN,
        Permission.APPROVE: Role.APPROVER,
        Permission.CANCEL: Role.AUTHOR,
    }
)


class Refusal(Frozen):
    """Why a person may not do something.

    `others` are Slack users, groups and channels with the role. `unlisted` are the user groups
    that could give this person the role, and whose members Slack did not list.
    """

    permission: Permission
    others: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


def may(role: Role | None, permission: Permission) -> bool:
    """Return whether a role has the permission; None has none."""
    return role is not None and role >= NEEDED[permission]


def _valid_member(member: str) -> str:
    if member != EVERYONE and not _ID.fullmatch(member):
        raise ValueError("not the ID of a Slack user, user group or channel, nor everyone")
    return member


# A member of a grant: a user (U…, W…), a user group (S…), or everyone who uses a channel (C…, G…).
# Channel membership does not count: a request names its channel, but not the channel's members.
Member = Annotated[str, AfterValidator(_valid_member)]


class Grants(Frozen):
    """Who has which role. Without any grant, everyone is an author and nobody an approver.

    Once there is a grant, anyone not named has no role.
    """

    viewers: tuple[Member, ...] = ()
    authors: tuple[Member, ...] = ()
    approvers: tuple[Member, ...] = ()
    admins: tuple[Member, ...] = ()

    @property
    def groups(self) -> frozenset[str]:
        """Return the named user groups. Only Slack knows their members."""
        named = (member for members in self._by_role.values() for member in members)
        return frozenset(member for member in named if member.startswith(_GROUP))

    def role_of(self, person: str, groups: frozenset[str], channel: str | None) -> Role | None:
        """Return the highest role of a person with these user groups in this channel.

        It can change at any time, so check it on each command, submission and button press.
        """
        if not any(self._by_role.values()):
            return Role.AUTHOR
        theirs = groups | {person, channel, EVERYONE}
        held = (role for role, members in self._by_role.items() if not theirs.isdisjoint(members))
        return max(held, default=None)

    def whom_to_ask(self, role: Role) -> tuple[str, ...]:
        """Return who has the role, or the next higher role with members; empty if nobody does."""
        holders = (members for above, members in self._by_role.items() if above >= role)
        return next(filter(None, holders), ())

    @property
    def _by_role(self) -> dict[Role, tuple[str, ...]]:
        """Return the members of each role, from the lowest role to the highest."""
        return {
            Role.VIEWER: self.viewers,
            Role.AUTHOR: self.authors,
            Role.APPROVER: self.approvers,
            Role.ADMIN: self.admins,
        }
