"""Computes how clock changes affect a schedule, whose runs keep their hour in UTC."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dateutil.rrule import rrule

from bot.campaigns.runs import Run, last_run, recurring, runs
from bot.campaigns.schedule import Schedule, exists, to_local, to_utc
from bot.campaigns.values import Frozen

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class ClockChange(Frozen):
    """From the run `first` on, runs start later by `shift` in local time."""

    first: Run
    shift: timedelta


def clock_changes(schedule: Schedule) -> Iterator[ClockChange]:
    """Yield the clock changes that move runs; the first shift is from the requested time."""
    moved = timedelta()
    for run in runs(schedule):
        if run.moved != moved:
            yield ClockChange(first=run, shift=run.moved - moved)
        moved = run.moved


def split(schedule: Schedule, change: ClockChange) -> tuple[Schedule, Schedule] | None:
    """Split the schedule before a clock change; the second part starts at the requested local time.

    The second part keeps that time until the next change. A run stays in the first part if the
    change skips or repeats its requested time of day. Return None if one part would have no run.
    """
    moved = (run for run in runs(schedule) if run.at >= change.first.at)
    first = next((run for run in moved if _can_begin(schedule, run)), None)
    if first is None:
        return None
    end = min(to_utc(first.asked, schedule.zone), first.at) - _MINUTE
    before = _part(schedule, schedule.start, to_local(end, schedule.zone))
    rest = _part(schedule, first.asked, schedule.end)
    return (before, rest) if before and rest else None


def moves_next(schedule: Schedule, now: datetime) -> Run | None:
    """Return the next run, if it is the first one at another local time than requested.

    The schedule can then be set anew from that run on without losing one.
    """
    run, last = _moved(schedule, now), last_run(schedule, now)
    if run and last and last.moved == run.moved and _can_begin(schedule, last):
        return None
    return run


def with_requested_time(schedule: Schedule, now: datetime) -> Schedule | None:
    """Return the schedule from its next run on, at the requested local time again.

    None if the next run is at that time, or can only be replaced after it has begun.
    """
    run = _moved(schedule, now)
    if run is None or to_utc(run.asked, schedule.zone) <= now:
        return None
    return _part(schedule, run.asked, schedule.end)


def _moved(schedule: Schedule, now: datetime) -> Run | None:
    """Return the next run, if clocks have moved it, and its requested time exists."""
    run = next(runs(schedule, after=now), None)
    return run if run and run.moved and _can_begin(schedule, run) else None


def strayed(schedule: Schedule) -> Iterator[Run]:
    """Yield the runs on another local date than requested.

    The requested dates are the same recurrence in the schedule's zone, with weeks starting on
    Monday. A run strays if a clock change moved it across midnight, or if counting weeks in UTC put
    it into the wrong week.
    """
    asked = set(_asked(schedule))
    for run in runs(schedule):
        if run.asked not in asked or run.local.date() != run.asked.date():
            yield run


def _can_begin(schedule: Schedule, run: Run) -> bool:
    """Return whether a series starting at the run's requested time keeps that run's UTC offset."""
    asked = to_utc(run.asked, schedule.zone)
    return exists(run.asked, schedule.zone) and asked == run.at - run.moved


def _part(schedule: Schedule, start: datetime, end: datetime) -> Schedule | None:
    """Return the schedule limited to `start` and `end`, or None if it would have no run."""
    if to_utc(end, schedule.zone) <= to_utc(start, schedule.zone):
        return None
    part = schedule.model_copy(update={"start": start, "end": end})
    return part if any(runs(part)) else None


def _asked(schedule: Schedule) -> rrule:
    """Return the requested local times, plus two days, as clocks may have moved the last run."""
    return recurring(schedule, schedule.start, schedule.days, schedule.end + 2 * _DAY)
