"""Requests for approval, and what becomes of them."""

from typing import Literal

from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.notifications.base import BaseNotification

# What shows the approval's state, and is redrawn whenever it changes.
SHOW_APPROVAL = ("approval", "waiting", "hold")


class ApprovalRequest(BaseNotification):
    """The approvers are asked to decide on the submission."""

    kind: Literal["approval"] = "approval"


class ApprovalPending(BaseNotification):
    """The submission waits for approval."""

    kind: Literal["waiting"] = "waiting"


class ApprovalReminder(BaseNotification):
    """Nobody has decided for a long time."""

    kind: Literal["reminder"] = "reminder"


class ApprovalHold(BaseNotification):
    """The submission is approved, and can be canceled until it is released."""

    kind: Literal["hold"] = "hold"


class ApprovalEnd(BaseNotification):
    """The submission will not be carried out."""

    kind: Literal["ended"] = "ended"


OfApproval = ApprovalRequest | ApprovalPending | ApprovalReminder | ApprovalHold | ApprovalEnd


def of_approval(approval: Approval) -> tuple[OfApproval, ...]:
    """Return what to tell people about an approval's new state, or about its reminder."""
    match approval.state:
        case ApprovalState.WAITING if approval.reminded_at:
            return (ApprovalReminder(),)
        case ApprovalState.WAITING:
            return ApprovalRequest(), ApprovalPending()
        case ApprovalState.HELD:
            return (ApprovalHold(),)
        case ApprovalState.APPROVED | ApprovalState.RELEASED | ApprovalState.UNASKED:
            return ()
        case _:
            return (ApprovalEnd(),)
