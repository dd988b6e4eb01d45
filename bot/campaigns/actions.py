"""Defines the actions and the properties of each.

An action's row states which permission it needs, whether it changes anything in Kore.ai, and
whether a policy can require a second person's approval. When it is possible is in
`bot.campaigns.statuses`, its command in `bot.campaigns.commands`, its texts in `blocks.actions` and
its use case in `bot.work`. A test checks that nothing is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.campaigns.roles import Permission


class Action(StrEnum):
    """An action on a campaign or on a contact list. The values are stored in the database."""

    CREATE = "create"
    IMPORT = "import"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    START = "start"
    STOP = "stop"
    STOP_ALL = "stop_all"
    EDIT = "edit"
    DELETE = "delete"
    STATUS = "status"
    RESULTS = "results"
    CREATE_LIST = "create_list"
    RENAME_LIST = "rename_list"
    DELETE_LIST = "delete_list"
    ADD_CONTACTS = "add_contacts"


# Kore.ai finds the campaign by its name alone when it sets or removes a schedule.
SENT_BY_NAME = frozenset({Action.SCHEDULE, Action.UNSCHEDULE})

# The actions on contact lists, in order; all others are on campaigns.
ON_LISTS = (Action.CREATE_LIST, Action.RENAME_LIST, Action.DELETE_LIST, Action.ADD_CONTACTS)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """The properties of an action.

    `approvable`: a policy can require a second person's approval, because people may be contacted.
    `audited`: it changes something in Kore.ai, so its author confirms a review before anything is
    sent. `typed_name`: it cannot be undone, so the author types the name of the campaign, or of the
    environment, to confirm it.
    """

    permission: Permission
    approvable: bool = False
    audited: bool = True
    typed_name: bool = False


ACTIONS: Mapping[Action, ActionRow] = MappingProxyType(
    {
        Action.CREATE: ActionRow(Permission.CREATE, approvable=True),
        Action.IMPORT: ActionRow(Permission.CREATE, approvable=True),
        Action.SCHEDULE: ActionRow(Permission.SCHEDULE, approvable=True),
        Action.UNSCHEDULE: ActionRow(Permission.UNSCHEDULE),
        Action.START: ActionRow(Permission.START, approvable=True),
        Action.STOP: ActionRow(Permission.STOP),
        Action.STOP_ALL: ActionRow(Permission.STOP_ALL, typed_name=True),
        Action.EDIT: ActionRow(Permission.EDIT, approvable=True),
        Action.DELETE: ActionRow(Permission.DELETE, typed_name=True),
        Action.STATUS: ActionRow(Permission.STATUS, audited=False),
        Action.RESULTS: ActionRow(Permission.RESULTS, audited=False),
        **{action: ActionRow(Permission.MANAGE_LISTS) for action in ON_LISTS},
    }
)
# These change nothing in Kore.ai, so nothing about their outcome can be unknown.
LOOK_UPS = frozenset(action for action, row in ACTIONS.items() if not row.audited)
