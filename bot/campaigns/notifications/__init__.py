"""Notifications: what the bot has to tell people, without words or layout.

A use case adds a notification to the outbox, and `bot.slack` renders and delivers it. Everything
else that a notification shows is read from the records when it is delivered, so that it is current.
"""

from typing import Annotated

from pydantic import Field

from bot.campaigns.notifications.approvals import (
    SHOW_APPROVAL,
    ApprovalEnd,
    ApprovalHold,
    ApprovalPending,
    ApprovalReminder,
    ApprovalRequest,
    OfApproval,
    of_approval,
)
from bot.campaigns.notifications.base import BaseNotification
from bot.campaigns.notifications.cards import (
    CHANGES_MAX,
    Card,
    CardUpdate,
    ChangeBelow,
    DigestNotice,
    Drift,
    OfChange,
    OfLivingCard,
    RetiredCard,
    RunEnded,
    WatchedChanges,
)
from bot.campaigns.notifications.failures import Alarm, FailureNotice, alarms, of_failure
from bot.campaigns.notifications.files import (
    ContactsProgress,
    ContactsReport,
    ImportProgress,
    ImportReport,
    ListNotice,
    OfImport,
    OfList,
)
from bot.campaigns.notifications.notices import (
    Choice,
    RateLimitNotice,
    ReadingNotice,
    ScheduleLost,
    ScheduleProposal,
    SplitNotice,
    StopReport,
)
from bot.campaigns.notifications.results import Results, ResultsChart, ResultsFile, ResultsNotice
from bot.campaigns.notifications.runs import (
    CalendarAsked,
    HourMoves,
    MissedRun,
    OfRun,
    RunAhead,
)

__all__ = [
    "CHANGES_MAX",
    "SHOW_APPROVAL",
    "Alarm",
    "AnyNotification",
    "ApprovalEnd",
    "ApprovalHold",
    "ApprovalPending",
    "ApprovalReminder",
    "ApprovalRequest",
    "BaseNotification",
    "CalendarAsked",
    "Card",
    "CardUpdate",
    "ChangeBelow",
    "Choice",
    "ContactsProgress",
    "ContactsReport",
    "DigestNotice",
    "Drift",
    "FailureNotice",
    "HourMoves",
    "ImportProgress",
    "ImportReport",
    "ListNotice",
    "MissedRun",
    "Notification",
    "OfApproval",
    "OfChange",
    "OfFile",
    "OfImport",
    "OfList",
    "OfLivingCard",
    "OfRun",
    "RateLimitNotice",
    "ReadingNotice",
    "Results",
    "ResultsChart",
    "ResultsFile",
    "ResultsNotice",
    "RetiredCard",
    "RunAhead",
    "RunEnded",
    "ScheduleLost",
    "ScheduleProposal",
    "SplitNotice",
    "StopReport",
    "WatchedChanges",
    "alarms",
    "of_approval",
    "of_failure",
]

OfFile = ResultsChart | ResultsFile | ContactsReport
AnyNotification = (
    Card
    | OfLivingCard
    | OfChange
    | OfRun
    | CalendarAsked
    | FailureNotice
    | Alarm
    | Choice
    | RateLimitNotice
    | ReadingNotice
    | ResultsNotice
    | Results
    | OfFile
    | SplitNotice
    | StopReport
    | ScheduleLost
    | ScheduleProposal
    | OfList
    | OfImport
    | OfApproval
)
# The type of a model's field; `kind` in the JSON selects the notification.
Notification = Annotated[AnyNotification, Field(discriminator="kind")]
