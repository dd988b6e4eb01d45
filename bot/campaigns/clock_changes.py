"""What clock changes do to a schedule, whose runs keep their hour in UTC and not in its zone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dateutil.rrule import rrule

from bot.campaigns.runs import Run, recurring, runs
from bot.campaigns.schedule import Schedule, exists, to_local, to_utc
from bot.campaigns.values import Frozen

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class ClockChange(Frozen):
    """From the run `first` on, runs have a local time of day that is later by `shift`."""

    first: Run
    shift: timedelta


def clock_changes(schedule: Schedule) -> Iterator[ClockChange]:
    """The clock changes that move runs, in order; the first shift is from what was asked for."""
    moved = timedelta()
    for run in runs(schedule):
        if run.moved != moved:
            yield ClockChange(first=run, shift=run.moved - moved)
        moved = run.moved


def split(schedule: Schedule, change: ClockChange) -> tuple[Schedule, Schedule] | None:
    """The series ended before a change, and the rest begun anew at the local time asked for.

    The rest has that time until the next change. A run whose own time of day the change skips or
    shows twice stays in the first part. None where one part would hold no run.
    """
    moved = (run for run in runs(schedule) if run.at >= change.first.at)
    first = next((run for run in moved if _can_begin(schedule, run)), None)
    if first is None:
        return None
    end = min(to_utc(first.asked, schedule.zone), first.at) - _MINUTE
    before = _part(schedule, schedule.start, to_local(end, schedule.zone))
    rest = _part(schedule, first.asked, schedule.end)
    return (before, rest) if before and rest else None


def strayed(schedule: Schedule) -> Iterator[Run]:
    """The runs on another local date than the one asked for.

    Asked for is the same recurrence by the clocks of the schedule's zone, its weeks from Monday.
    A run strays where clock changes have moved it across midnight, and where weeks counted in UTC
    put it into a week that is not its turn.
    """
    asked = set(_asked(schedule))
    for run in runs(schedule):
        if run.asked not in asked or run.local.date() != run.asked.date():
            yield run


def _can_begin(schedule: Schedule, run: Run) -> bool:
    """Whether a series begun at the time asked for has the clocks of this run from then on."""
    asked = to_utc(run.asked, schedule.zone)
    return exists(run.asked, schedule.zone) and asked == run.at - run.moved


def _part(schedule: Schedule, start: datetime, end: datetime) -> Schedule | None:
    """The schedule from `start` to `end`, or None if it would hold no run."""
    if to_utc(end, schedule.zone) <= to_utc(start, schedule.zone):
        return None
    part = schedule.model_copy(update={"start": start, "end": end})
    return part if any(runs(part)) else None


def _asked(schedule: Schedule) -> rrule:
    """The local times asked for, and a few after the end: clocks may have moved the last run."""
    return recurring(schedule, schedule.start, schedule.days, schedule.end + 2 * _DAY)
