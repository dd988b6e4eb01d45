"""Computes when a schedule's runs really happen, in its zone and within calling hours.

Kore.ai counts a recurrence in UTC (release note 11.21.0) and contacts people only within the
campaign's calling hours (contact-center/campaigns). Its pages leave three points open, which are
assumed as in iCalendar (RFC 5545): the weeks of "every 2 weeks" begin on Monday, a start on a
weekday that was not requested is not a run, and a run at the exact end still happens.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import chain, islice, takewhile
from typing import NamedTuple

from dateutil.rrule import DAILY, WEEKLY, rrule
from pydantic import AwareDatetime

from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.schedule import Recurrence, Schedule, to_local
from bot.campaigns.values import Frozen

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
# Of two recurrences that differ, these many runs differ too: a year of daily ones.
_COMPARED = 366


class Gap(StrEnum):
    """Why a run does not start within calling hours, in their zone.

    The weekday has none, or the run is before its first window, between two windows, or after its
    last.
    """

    NO_HOURS = "no_hours"
    BEFORE_HOURS = "before_hours"
    BETWEEN_HOURS = "between_hours"
    AFTER_HOURS = "after_hours"


class Run(Frozen):
    """One run: when it starts, and how much of its day is within calling hours.

    `at` is in UTC, `local` is the same time in the schedule's zone, and `moved` is its difference
    from the requested time, nonzero if the clocks have changed since the schedule's start. `inside`
    is how long calling hours are open from the start to the end of the day in their zone, in real
    time: an hour that the clocks repeat counts twice. It is None if calling hours are unknown. If
    there is a `gap`, `opens` is the time in UTC at which they next open, on any day.
    """

    at: AwareDatetime
    local: datetime
    moved: timedelta
    gap: Gap | None = None
    inside: timedelta | None = None

    @property
    def contacts_nobody(self) -> bool:
        """Return whether calling hours are known, and none are open from its start on."""
        return self.inside is not None and not self.inside

    opens: AwareDatetime | None = None

    @property
    def asked(self) -> datetime:
        """Return the requested local time, which unchanged clocks would show."""
        return self.local - self.moved


class _Opening(NamedTuple):
    """An interval in which calling hours are open: its date in their zone, and its ends in UTC."""

    day: date
    start: datetime
    end: datetime


class _ConstantOffset(NamedTuple):
    """An interval of at most a day, with ends in UTC, during which the UTC offset is constant."""

    start: datetime
    end: datetime
    offset: timedelta


def runs(
    schedule: Schedule, hours: CallingHours | None = None, *, after: datetime | None = None
) -> Iterator[Run]:
    """Yield the runs in order, computed lazily; only those later than `after` if it is given."""
    for at in _moments(schedule, after).xafter(after) if after else _moments(schedule):
        run = _run(schedule, at)
        yield _with_hours(run, hours) if hours else run


def last_run(schedule: Schedule, until: datetime, hours: CallingHours | None = None) -> Run | None:
    """Return the last run that starts at `until` or earlier; None if there is none."""
    at = _moments(schedule, until).before(until, inc=True)
    if at is None:
        return None
    run = _run(schedule, at)
    return _with_hours(run, hours) if hours else run


def _run(schedule: Schedule, at: datetime) -> Run:
    moved = _offset(schedule.zone, at) - _offset(schedule.zone, schedule.utc_start)
    return Run(at=at, local=to_local(at, schedule.zone), moved=moved)


def rest_of(schedule: Schedule, now: datetime) -> Schedule | None:
    """Return the schedule with the same runs from now on that begins in the future.

    None if no run is left, or if only one is left and is the schedule's end.
    """
    first = _moments(schedule, now).after(now)
    if first is None or schedule.utc_start > now:
        return schedule if first else None
    start = to_local(first, schedule.zone)
    if start >= schedule.end:
        return None
    rest = schedule.model_copy(update={"start": start})
    same = zip(_moments(schedule, now).xafter(now), _moments(rest), strict=False)
    return rest if all(one == other for one, other in islice(same, _COMPARED)) else None


def count(schedule: Schedule) -> int:
    """Return the number of runs, whether or not they reach anyone."""
    return sum(1 for _ in _moments(schedule))


def count_effective(schedule: Schedule, hours: CallingHours) -> int:
    """Return the number of runs that reach someone: calling hours are open at their start or later
    that day.

    Whether Kore.ai lets a run wait for another day is unknown, so this assumes that it does not.
    """
    known: dict[object, bool] = {}
    return sum(_reaches(hours, at, known) for at in _moments(schedule))


def _reaches(hours: CallingHours, at: datetime, known: dict[object, bool]) -> bool:
    """Return whether a run at this time reaches someone. Runs at the same local time of the same
    weekday are alike, unless the clocks change soon after; `known` holds those already computed.
    """
    local = to_local(at, hours.zone)
    soon = _offset(hours.zone, at + 2 * _DAY) - _offset(hours.zone, at)
    alike = (local.weekday(), local.time()) if not soon else at
    if alike not in known:
        known[alike] = bool(_inside(_openings(hours, at), at, hours.zone))
    return known[alike]


def _moments(schedule: Schedule, near: datetime | None = None) -> rrule:
    """Return the starts in UTC, as Kore.ai counts them; of those before `near`, at least the last.

    The earlier ones are left out by whole periods, as a rule is counted from its start.
    """
    start = schedule.utc_start
    if near:
        weekly = schedule.recurrence is Recurrence.WEEKLY
        period = schedule.every * (timedelta(weeks=1) if weekly else _DAY)
        start += period * max(0, (near - start) // period - 1)
    return recurring(schedule, start, schedule.utc_days, schedule.utc_end)


def recurring(
    schedule: Schedule, start: datetime, days: tuple[Weekday, ...], until: datetime
) -> rrule:
    """Return the schedule's recurrence between two times, both naive or both aware."""
    weekly = schedule.recurrence is Recurrence.WEEKLY
    return rrule(
        WEEKLY if weekly else DAILY,
        dtstart=start,
        interval=schedule.every,
        byweekday=days if weekly else None,
        until=until,
    )


def _with_hours(run: Run, hours: CallingHours) -> Run:
    """Return the run with its gap, open time and next opening."""
    openings = _openings(hours, run.at)
    first = next(openings)
    gap = _gap(hours, run.at) if first.start > run.at else None
    inside = _inside(chain((first,), openings), run.at, hours.zone)
    opens = first.start if gap else None
    return run.model_copy(update={"gap": gap, "inside": inside, "opens": opens})


def _gap(hours: CallingHours, at: datetime) -> Gap:
    """Return why calling hours are closed at this time."""
    local = to_local(at, hours.zone)
    today = _windows(hours, local.date())
    if not today:
        return Gap.NO_HOURS
    if local.time() < today[0].start:
        return Gap.BEFORE_HOURS
    return Gap.AFTER_HOURS if local.time() >= today[-1].end else Gap.BETWEEN_HOURS


def _inside(openings: Iterator[_Opening], at: datetime, zone: str) -> timedelta:
    """Return the total length of the openings on the date in `zone` at `at`."""
    today = to_local(at, zone).date()
    # Clocks set back across midnight repeat the end of a date, hours after it first ended.
    soon = takewhile(lambda opening: opening.start < at + 2 * _DAY, openings)
    lengths = (opening.end - opening.start for opening in soon if opening.day == today)
    return sum(lengths, timedelta())


def _openings(hours: CallingHours, since: datetime) -> Iterator[_Opening]:
    """Yield when calling hours are open from `since` on, endlessly and in order."""
    for steady in _constant_offsets(hours.zone, since):
        for day in sorted({(end + steady.offset).date() for end in (steady.start, steady.end)}):
            for window in _windows(hours, day):
                start = datetime.combine(day, window.start, UTC) - steady.offset
                end = datetime.combine(day, window.end, UTC) - steady.offset
                if start < steady.end and end > steady.start:
                    yield _Opening(day, max(start, steady.start), min(end, steady.end))


def _windows(hours: CallingHours, day: date) -> list[Window]:
    return [window for window in hours.windows if window.day == day.weekday()]


def _constant_offsets(zone: str, since: datetime) -> Iterator[_ConstantOffset]:
    """Yield intervals of constant offset from `since` on.

    No zone has changed its clocks twice within a day since 2000.
    """
    offset = _offset(zone, since)
    while True:
        end, after = since + _DAY, _offset(zone, since + _DAY)
        if after != offset:
            end = _change(zone, since)
        yield _ConstantOffset(since, end, offset)
        since, offset = end, after


def _change(zone: str, since: datetime) -> datetime:
    """Return the first second, in the day from `since` on, with the offset of that day's end."""
    after = _offset(zone, since + _DAY)
    seconds = range(_DAY // _SECOND)
    return since + _SECOND * bisect_left(
        seconds, True, key=lambda second: _offset(zone, since + second * _SECOND) == after
    )


def _offset(zone: str, moment: datetime) -> timedelta:
    """Return the zone's offset from UTC at this time, which is in UTC."""
    return to_local(moment, zone) - moment.replace(tzinfo=None)
