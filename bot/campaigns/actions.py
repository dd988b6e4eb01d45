"""Defines the actions and the properties of each.

An action's row states which permission it needs, when a card offers it, whether it changes anything
in Kore.ai, and whether a policy can require a second person's approval. Its command is in
`bot.campaigns.commands`, its texts in `blocks.actions` and its use case in `bot.work`. A test
checks that nothing is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.campaigns.roles import Permission
from bot.campaigns.values import Status

_STARTABLE = {Status.READY, Status.STOPPED, Status.COMPLETED}
_RUNNING = {Status.ACTIVE, Status.PAUSED}
# Takes a campaign's status in Kore.ai and whether it is scheduled.
Offered = Callable[[str, bool], bool]


class Action(StrEnum):
    """An action on a campaign. The values are stored in the database."""

    CREATE = "create"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STATUS = "status"


# Kore.ai finds the campaign by its name alone when it sets or removes a schedule.
SENT_BY_NAME = frozenset({Action.SCHEDULE, Action.UNSCHEDULE})


def _if_scheduled(_status: str, scheduled: bool) -> bool:  # noqa: FBT001 # as `Offered` has it
    return scheduled


def _if_startable(status: str, scheduled: bool) -> bool:  # noqa: FBT001 # as `Offered` has it
    return status in _STARTABLE and not scheduled


def _if_running(status: str, _scheduled: bool) -> bool:  # noqa: FBT001 # as `Offered` has it
    return status in _RUNNING


@dataclass(frozen=True, slots=True)
class ActionRow:
    """The properties of an action.

    `offered`: when a card has a button for an action that needs only the campaign. `approvable`: a
    policy can require a second person's approval, because people may be contacted. `audited`: it
    changes something in Kore.ai, so its author confirms a review before anything is sent.
    """

    permission: Permission
    offered: Offered | None = None
    approvable: bool = False
    audited: bool = True


ACTIONS: Mapping[Action, ActionRow] = MappingProxyType(
    {
        Action.CREATE: ActionRow(Permission.CREATE, approvable=True),
        Action.SCHEDULE: ActionRow(Permission.SCHEDULE, approvable=True),
        Action.UNSCHEDULE: ActionRow(Permission.UNSCHEDULE, _if_scheduled),
        Action.START: ActionRow(Permission.START, _if_startable, approvable=True),
        Action.STOP: ActionRow(Permission.STOP, _if_running),
        Action.STATUS: ActionRow(Permission.STATUS, audited=False),
    }
)
