"""Defines the actions and the properties of each.

An action's row states which permission it needs, whether it is reviewed before it is sent, and
whether a policy can require a second person's approval. Its texts are in `blocks.actions` and its
use case in `bot.work`, both under the same key; a test checks every row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.campaigns.roles import Permission


class Action(StrEnum):
    """An action on a campaign. The values are stored in the database."""

    CREATE = "create"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """The properties of an action.

    `reviewed`: the author confirms a review before anything is sent. `approvable`: a policy can
    require a second person's approval, because people may be contacted. `audited`: it changes
    something in Kore.ai.
    """

    permission: Permission
    reviewed: bool = False
    approvable: bool = False
    audited: bool = True


ACTIONS: Mapping[Action, ActionRow] = MappingProxyType(
    {
        Action.CREATE: ActionRow(Permission.CREATE, reviewed=True, approvable=True),
        Action.SCHEDULE: ActionRow(Permission.SCHEDULE, reviewed=True, approvable=True),
        Action.UNSCHEDULE: ActionRow(Permission.UNSCHEDULE),
        Action.START: ActionRow(Permission.START, reviewed=True, approvable=True),
        Action.STOP: ActionRow(Permission.STOP),
        Action.STATUS: ActionRow(Permission.STATUS, audited=False),
    }
)
