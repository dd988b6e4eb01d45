"""Where notifications are told: the places of each, in the order in which they are tried."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from bot.campaigns import notifications as told


class Place(Enum):
    """Where a notification can be told.

    `CHANNEL`: the channel chosen for the submission. `RESPONSE`: privately beside the command.
    `PUBLIC_RESPONSE`: the same, visible in the channel. `AUTHOR`: a direct message. `APPROVERS`:
    the approvers' channel. `THREAD`: the thread of the approval request. `CARD`: the thread of the
    campaign's live card in the channel.
    """

    CHANNEL = auto()
    RESPONSE = auto()
    PUBLIC_RESPONSE = auto()
    AUTHOR = auto()
    APPROVERS = auto()
    THREAD = auto()
    CARD = auto()


PLACES: Mapping[type[told.AnyNotification], tuple[Place, ...]] = MappingProxyType(
    {
        told.Card: (Place.CHANNEL, Place.PUBLIC_RESPONSE, Place.AUTHOR),
        told.FailureNotice: (Place.AUTHOR,),
        told.Alarm: (Place.CHANNEL, Place.AUTHOR),
        told.Choice: (Place.RESPONSE, Place.AUTHOR),
        told.RateLimitNotice: (Place.RESPONSE, Place.AUTHOR),
        told.ReadingNotice: (Place.RESPONSE, Place.AUTHOR),
        told.ResultsNotice: (Place.RESPONSE, Place.AUTHOR),
        told.Results: (Place.CARD, Place.AUTHOR),
        told.SplitNotice: (Place.AUTHOR,),
        told.StopReport: (Place.CHANNEL, Place.PUBLIC_RESPONSE, Place.AUTHOR),
        told.ImportProgress: (Place.AUTHOR,),
        told.ImportReport: (Place.CHANNEL, Place.PUBLIC_RESPONSE, Place.AUTHOR),
        told.ScheduleLost: (Place.CHANNEL, Place.AUTHOR),
        told.ScheduleProposal: (Place.AUTHOR,),
        told.ListNotice: (Place.RESPONSE, Place.AUTHOR),
        told.ContactsProgress: (Place.AUTHOR,),
        told.ApprovalRequest: (Place.APPROVERS,),
        told.ApprovalPending: (Place.CHANNEL, Place.AUTHOR),
        told.ApprovalReminder: (Place.THREAD,),
        told.ApprovalHold: (Place.CHANNEL, Place.AUTHOR),
        told.ApprovalEnd: (Place.AUTHOR,),
    }
)
# The places that a submission without a channel does not have.
OF_CHANNEL = frozenset({Place.CHANNEL, Place.PUBLIC_RESPONSE})
