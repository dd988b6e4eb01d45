"""What an author has to know or to decide before or after a change."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from bot.campaigns.campaign import Snapshot
from bot.campaigns.notifications.base import BaseNotification
from bot.campaigns.reasons import Failure, ListProgress
from bot.campaigns.schedule import Schedule
from bot.campaigns.stop_all import Stopped


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


class ScheduleLost(BaseNotification):
    """The edit is done, but Kore.ai dropped the campaign's schedule, and it could not be set again.

    `failure` is why; None if the bot does not know the schedule, or no run of it was left.
    """

    kind: Literal["schedule_lost"] = "schedule_lost"
    campaign: str
    failure: Failure | None = None


class ScheduleProposal(BaseNotification):
    """The new campaign was cloned from one with a schedule, which the author can set for it too.

    `like` is the name of the campaign that was cloned.
    """

    kind: Literal["proposal"] = "proposal"
    schedule: Schedule
    like: str


class StopReport(BaseNotification):
    """What became of each campaign that ran at the emergency stop.

    Unless it is `complete`, others may run.
    """

    kind: Literal["stop_report"] = "stop_report"
    campaigns: tuple[Stopped, ...]
    complete: bool
