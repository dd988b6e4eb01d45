"""What the author of a schedule has to know of its runs."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime

from bot.campaigns.notifications.base import BaseNotification
from bot.campaigns.refs import Ref
from bot.campaigns.run_warnings import RunWarning


class _OfRun(BaseNotification):
    """The base class of those about one run; `person` has scheduled it."""

    person: str
    campaign: Ref
    run_at: AwareDatetime


class RunAhead(_OfRun):
    """Something speaks by now against a run that its author has scheduled."""

    kind: Literal["run_ahead"] = "run_ahead"
    warning: RunWarning

    @property
    def expires_at(self) -> datetime | None:
        """Return when the run begins."""
        return self.run_at


class HourMoves(_OfRun):
    """From a run on, a campaign runs at another local time, because the clocks change.

    `local` and `moved` are those of the run, in `zone`.
    """

    kind: Literal["hour_moves"] = "hour_moves"
    local: datetime
    moved: timedelta
    zone: str

    @property
    def expires_at(self) -> datetime | None:
        """Return when the run begins."""
        return self.run_at


class MissedRun(_OfRun):
    """Kore.ai shows no sign of a run that was due; it had this `status` at `seen_at`."""

    kind: Literal["missed_run"] = "missed_run"
    status: str
    seen_at: AwareDatetime


class CalendarAsked(BaseNotification):
    """A person wants to see the runs of the coming week, in their `zone`.

    `environments` are those that the person may see; None stands for all.
    """

    kind: Literal["calendar"] = "calendar"
    person: str
    environments: tuple[str, ...] | None
    zone: str


OfRun = RunAhead | HourMoves | MissedRun
