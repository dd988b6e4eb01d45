"""Notifications: what the bot has to tell people, without words or layout.

A use case adds a notification to the outbox, and `bot.slack` renders and delivers it. Everything
else that a notification shows is read from the records when it is delivered, so that it is current.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, ListProgress, Reason
from bot.campaigns.values import Frozen


class BaseNotification(Frozen):
    """The base class of all notifications. A submission has at most one of each `kind`."""

    @property
    def expires_at(self) -> datetime | None:
        """Return when it is no longer true; None if it stays true."""
        return None


class Card(BaseNotification):
    """The card of the campaign that the submission created, changed or looked up."""

    kind: Literal["card"] = "card"
    campaign: str


class CardUpdate(BaseNotification):
    """The live card of a campaign in a channel no longer shows its current state."""

    kind: Literal["card_update"] = "card_update"
    campaign: str
    channel: str


class RetiredCard(BaseNotification):
    """A card that is no longer the live one in its channel, so it loses its buttons."""

    kind: Literal["retired_card"] = "retired_card"
    campaign: str
    channel: str
    ts: str
    news: str


class FailureNotice(BaseNotification):
    """The submission failed, or its outcome is unknown."""

    kind: Literal["notice"] = "notice"
    failure: Failure


class Alarm(BaseNotification):
    """The submission changed a campaign that nobody meant."""

    kind: Literal["alarm"] = "alarm"
    failure: Failure


class Choice(BaseNotification):
    """The author has to choose one of several campaigns with the same name."""

    kind: Literal["choice"] = "choice"
    found: tuple[Snapshot, ...]


class RateLimitNotice(BaseNotification):
    """Kore.ai takes no more requests for now; the bot continues at `until`."""

    kind: Literal["rate_limit"] = "rate_limit"
    until: AwareDatetime

    @property
    def expires_at(self) -> datetime | None:
        """Return when the bot continues."""
        return self.until


class ReadingNotice(BaseNotification):
    """The bot still reads the account for the first time, and answers after that."""

    kind: Literal["reading"] = "reading"
    progress: ListProgress


class SplitNotice(BaseNotification):
    """The first part of a split schedule is set, and the author can schedule the rest."""

    kind: Literal["rest"] = "rest"


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
OfCard = Card | CardUpdate | RetiredCard
AnyNotification = (
    OfCard
    | FailureNotice
    | Alarm
    | Choice
    | RateLimitNotice
    | ReadingNotice
    | SplitNotice
    | OfApproval
)
# The type of a model's field; `kind` in the JSON selects the notification.
Notification = Annotated[AnyNotification, Field(discriminator="kind")]

# A campaign that nobody meant was changed, so more people than the author must know.
_ALARMS = frozenset(
    {
        Reason.WRONG_CAMPAIGN,
        Reason.WRONG_CAMPAIGN_STANDS,
        Reason.WRONG_CAMPAIGN_UNSCHEDULED,
    }
)
# What shows the approval's state, and is redrawn whenever it changes.
SHOW_APPROVAL = ("approval", "waiting", "hold")


def of_failure(failure: Failure) -> tuple[AnyNotification, ...]:
    """Return what to tell people about a failure."""
    alarm = (Alarm(failure=failure),) if failure.reason in _ALARMS else ()
    return (FailureNotice(failure=failure), *alarm)


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
