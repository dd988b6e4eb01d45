"""What was not done, or may not be."""

from typing import Literal

from bot.campaigns.notifications.base import BaseNotification
from bot.campaigns.reasons import Failure, Reason

# A campaign that nobody meant was changed, so more people than the author must know.
_ALARMS = frozenset(
    {
        Reason.WRONG_CAMPAIGN,
        Reason.WRONG_CAMPAIGN_STANDS,
        Reason.WRONG_CAMPAIGN_UNSCHEDULED,
    }
)


class FailureNotice(BaseNotification):
    """The submission failed, or its outcome is unknown."""

    kind: Literal["notice"] = "notice"
    failure: Failure


class Alarm(BaseNotification):
    """The submission changed a campaign that nobody meant.

    `name` is the campaign that was meant, if the submission is about several.
    """

    kind: Literal["alarm"] = "alarm"
    failure: Failure
    name: str = ""


def of_failure(failure: Failure) -> tuple[FailureNotice | Alarm, ...]:
    """Return what to tell people about a failure."""
    return (FailureNotice(failure=failure), *alarms(failure))


def alarms(failure: Failure) -> tuple[Alarm, ...]:
    """Return the alarm about a failure, if it needs one."""
    return (Alarm(failure=failure),) if failure.reason in _ALARMS else ()
