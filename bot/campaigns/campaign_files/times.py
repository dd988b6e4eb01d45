"""Reads the calling hours and the schedule of a row."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from bot.campaigns.campaign_files.columns import Column
from bot.campaigns.campaign_files.problems import Problem, Unusable
from bot.campaigns.hours import CLOSES, OPENS, WORKDAYS, CallingHours, Weekday
from bot.campaigns.names import TYPED_WITH, trimmed
from bot.campaigns.one_line import ScheduleValues, clock_of, read_schedule, weekday_of
from bot.campaigns.schedule import Schedule, exists, to_utc

_SEPARATED = re.compile(r"[,;|\s]+")
_JOINED = re.compile(r"\s*-\s*")
_SPAN = 2


def calling_hours(days: str, hours: str, zone: str) -> CallingHours:
    """Return the calling hours of texts such as "Mon-Fri" and "9:00 AM-6:00 PM".

    Empty ones mean workdays, and the hours with which a form begins.

    Raises:
        Unusable: one of them cannot be read.
    """
    on = tuple(dict.fromkeys(_days(days))) if days else WORKDAYS
    start, end = _hours(hours) if hours else (OPENS, CLOSES)
    return CallingHours.same_every_day(zone, on, start, end)


def schedule_of(text: str, zone: str, now: datetime) -> Schedule:
    """Return the schedule of a text such as "every Tuesday 10 am until Dec 31".

    Its times are in `zone` if it names none; `now` is aware.

    Raises:
        Unusable: it is not understood as a whole, or lacks something.
    """
    said = _said(text, zone, now)
    if said.start_time is None:
        # With a time, the first start is never one that has passed today.
        said = _said(f"at {OPENS:%H:%M} {text}", zone, now)
    if said.recurrence is None:
        raise Unusable(Column.SCHEDULE, Problem.NO_RECURRENCE)
    zone = said.zone or zone
    start = _moment(said.start_date, said.start_time or OPENS, zone, Problem.NO_START)
    end = _moment(said.end_date, said.end_time or CLOSES, zone, Problem.NO_END)
    if to_utc(end, zone) <= to_utc(start, zone):
        raise Unusable(Column.SCHEDULE, Problem.ORDER)
    return Schedule(
        recurrence=said.recurrence,
        every=said.every or 1,
        days=said.days or (),
        zone=zone,
        start=start,
        end=end,
    )


def _days(text: str) -> Iterator[Weekday]:
    joined = _JOINED.sub("-", text.translate(TYPED_WITH).casefold())
    for part in filter(None, _SEPARATED.split(joined)):
        found = [weekday_of(word) for word in part.split("-")]
        first, last = found[0], found[-1]
        if first is None or last is None or len(found) > _SPAN:
            raise Unusable(Column.CALLING_DAYS, Problem.NOT_UNDERSTOOD, part)
        yield from (first.shifted(step) for step in range((last - first) % 7 + 1))


def _hours(text: str) -> tuple[time, time]:
    parts = _JOINED.split(trimmed(text.translate(TYPED_WITH)))
    read = [clock_of(part) for part in parts]
    if len(read) != _SPAN or read[0] is None or read[1] is None:
        raise Unusable(Column.CALLING_HOURS, Problem.NOT_UNDERSTOOD, text)
    if read[1] <= read[0]:
        raise Unusable(Column.CALLING_HOURS, Problem.ORDER)
    return read[0], read[1]


def _said(text: str, zone: str, now: datetime) -> ScheduleValues:
    """Return what is said of a schedule, if the text is understood as a whole."""
    # What stands in quotes is the campaign's name, so the rest is all about the schedule.
    line = read_schedule(f'"x" {text}', ())
    said = line.values(now, zone)
    if not line.phrases or said.not_understood:
        raise Unusable(
            Column.SCHEDULE, Problem.NOT_UNDERSTOOD, next(iter(said.not_understood), text)
        )
    return said


def _moment(day: date | None, clock: time, zone: str, lacks: Problem) -> datetime:
    if day is None:
        raise Unusable(Column.SCHEDULE, lacks)
    moment = datetime.combine(day, clock)
    if not exists(moment, zone):
        raise Unusable(Column.SCHEDULE, Problem.SKIPPED)
    return moment
