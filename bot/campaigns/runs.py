"""The runs of a schedule as they will really happen, in its zone and inside calling hours.

Kore.ai counts a recurrence in UTC (release note 11.21.0) and reaches contacts only inside the
campaign's calling hours (contact-center/campaigns). Three things its pages leave unknown are
assumed as iCalendar has them (RFC 5545): the weeks of "every 2 weeks" begin on Monday, a start on
a weekday that is not asked for is no run, and a run at the very end still happens.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import chain, takewhile
from typing import NamedTuple

from dateutil.rrule import DAILY, WEEKLY, rrule
from pydantic import AwareDatetime

from bot.campaigns.hours import CallingHours, Weekday, Window
from bot.campaigns.schedule import Recurrence, Schedule, to_local
from bot.campaigns.values import Frozen

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class Gap(StrEnum):
    """Why a run does not start inside the calling hours, by the clocks of their zone.

    That weekday has none, or the run is before its first window, between two, or after its last.
    """

    NO_HOURS = "no_hours"
    BEFORE_HOURS = "before_hours"
    BETWEEN_HOURS = "between_hours"
    AFTER_HOURS = "after_hours"


class Run(Frozen):
    """One run: when it starts, and what calling hours leave of its day.

    `at` is in UTC, `local` what the schedule's clocks show then, and `moved` how far that is from
    what was asked for: nonzero where the clocks have changed since the schedule's start.
    `inside` is how long calling hours are open from the start to the end of the day, as their zone
    counts days, in real time: an hour that the clocks repeat counts twice. It is None where no
    calling hours are known. A run with a `gap` also has the moment, in UTC, at which they next
    open, on whatever day.
    """

    at: AwareDatetime
    local: datetime
    moved: timedelta
    gap: Gap | None = None
    inside: timedelta | None = None
    opens: AwareDatetime | None = None

    @property
    def asked(self) -> datetime:
        """The local time that was asked for: what unchanged clocks would show."""
        return self.local - self.moved


class _Opening(NamedTuple):
    """A stretch in which calling hours are open: its date in their zone, and its ends in UTC."""

    day: date
    start: datetime
    end: datetime


class _Steady(NamedTuple):
    """A stretch of at most a day, its ends in UTC, in which clocks keep one offset from UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def runs(
    schedule: Schedule, hours: CallingHours | None = None, *, after: datetime | None = None
) -> Iterator[Run]:
    """The runs in order, each found when it is asked for; only those later than `after`."""
    offset = _offset(schedule.zone, schedule.utc_start)
    moments = _moments(schedule)
    for at in moments.xafter(after) if after else moments:
        local = to_local(at, schedule.zone)
        run = Run(at=at, local=local, moved=_offset(schedule.zone, at) - offset)
        yield _met(run, hours) if hours else run


def count(schedule: Schedule) -> int:
    """How many runs there are, whether or not they reach anybody."""
    return sum(1 for _ in _moments(schedule))


def any_effective(schedule: Schedule, hours: CallingHours) -> bool:
    """Whether some run reaches somebody: calling hours are open at its start or later that day.

    Whether Kore.ai lets a run wait for another day is unknown, and not counted on.
    """
    return any(_inside(_openings(hours, at), at, hours.zone) for at in _moments(schedule))


def _moments(schedule: Schedule) -> rrule:
    """The starts in UTC, where Kore.ai counts them."""
    return recurring(schedule, schedule.utc_start, schedule.utc_days, schedule.utc_end)


def recurring(
    schedule: Schedule, start: datetime, days: tuple[Weekday, ...], until: datetime
) -> rrule:
    """The schedule's recurrence between two moments, both naive or both aware."""
    weekly = schedule.recurrence is Recurrence.WEEKLY
    return rrule(
        WEEKLY if weekly else DAILY,
        dtstart=start,
        interval=schedule.every,
        byweekday=days if weekly else None,
        until=until,
    )


def _met(run: Run, hours: CallingHours) -> Run:
    """The run with what calling hours leave of it."""
    openings = _openings(hours, run.at)
    first = next(openings)
    gap = _gap(hours, run.at) if first.start > run.at else None
    inside = _inside(chain((first,), openings), run.at, hours.zone)
    opens = first.start if gap else None
    return run.model_copy(update={"gap": gap, "inside": inside, "opens": opens})


def _gap(hours: CallingHours, at: datetime) -> Gap:
    """Why calling hours are closed at this moment."""
    local = to_local(at, hours.zone)
    today = _windows(hours, local.date())
    if not today:
        return Gap.NO_HOURS
    if local.time() < today[0].start:
        return Gap.BEFORE_HOURS
    return Gap.AFTER_HOURS if local.time() >= today[-1].end else Gap.BETWEEN_HOURS


def _inside(openings: Iterator[_Opening], at: datetime, zone: str) -> timedelta:
    """How long those openings last that are of the date the zone's clocks show at `at`."""
    today = to_local(at, zone).date()
    # Clocks set back across midnight show the end of a date once more, hours after its first end.
    soon = takewhile(lambda opening: opening.start < at + 2 * _DAY, openings)
    lengths = (opening.end - opening.start for opening in soon if opening.day == today)
    return sum(lengths, timedelta())


def _openings(hours: CallingHours, since: datetime) -> Iterator[_Opening]:
    """When calling hours are open from `since` on, endlessly and in order."""
    for steady in _steadies(hours.zone, since):
        for day in sorted({(end + steady.offset).date() for end in (steady.start, steady.end)}):
            for window in _windows(hours, day):
                start = datetime.combine(day, window.start, UTC) - steady.offset
                end = datetime.combine(day, window.end, UTC) - steady.offset
                if start < steady.end and end > steady.start:
                    yield _Opening(day, max(start, steady.start), min(end, steady.end))


def _windows(hours: CallingHours, day: date) -> list[Window]:
    return [window for window in hours.windows if window.day == day.weekday()]


def _steadies(zone: str, since: datetime) -> Iterator[_Steady]:
    """All time from `since` on; no zone has changed its clocks twice within a day since 2000."""
    offset = _offset(zone, since)
    while True:
        end, after = since + _DAY, _offset(zone, since + _DAY)
        if after != offset:
            end = _change(zone, since)
        yield _Steady(since, end, offset)
        since, offset = end, after


def _change(zone: str, since: datetime) -> datetime:
    """The first second, in the day from `since` on, of the offset that is in force at its end."""
    after = _offset(zone, since + _DAY)
    seconds = range(_DAY // _SECOND)
    return since + _SECOND * bisect_left(
        seconds, True, key=lambda second: _offset(zone, since + second * _SECOND) == after
    )


def _offset(zone: str, moment: datetime) -> timedelta:
    """How far the zone's clocks are ahead of UTC at this moment, which is in UTC."""
    return to_local(moment, zone) - moment.replace(tzinfo=None)
