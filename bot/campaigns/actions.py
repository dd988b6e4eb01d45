"""Actions: what a person can have done, with one row for each.

What is true of every action derives from its row: which permission it takes, whether it is
reviewed before it is sent, and whether policy can ask for a second person's approval. Its words
stand in `blocks.actions`, its use case in `bot.work`, both by the same key; a test walks the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.campaigns.roles import Permission


class Action(StrEnum):
    """What a person can ask the bot to do with a campaign; stored under these words."""

    CREATE = "create"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What is true of an action.

    `reviewed`: a review is shown and confirmed before anything is sent. `approvable`: policy can
    ask for a second person's approval, as people may be contacted because of it. `audited`: it
    changes something in Kore.ai.
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
