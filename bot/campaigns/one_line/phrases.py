"""The phrases of a line about a schedule: a recurrence, days, a time, a start, an end, a zone."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from dateutil.relativedelta import relativedelta

from bot.campaigns.hours import Weekday
from bot.campaigns.one_line.clock import clock_at, zone_at
from bot.campaigns.one_line.days import Day, day_at, span_at
from bot.campaigns.one_line.recurrences import days_at, recurrence_at
from bot.campaigns.one_line.words import Line
from bot.campaigns.schedule import Recurrence

_STARTS = {
    *(("starting",), ("start",), ("starts",), ("from",), ("beginning",), ("begin",), ("begins",)),
    ("as", "of"),
}
_ENDS = {
    *(("until",), ("till",), ("til",), ("to",), ("through",), ("thru",), ("-",), ("up", "to")),
    *(("ending",), ("end",), ("ends",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a line says of a schedule; None is what it does not say.

    `maybe_days` are weekdays that are a recurrence only if the line says that it is weekly.
    """

    recurrence: Recurrence | None = None
    every: int | None = None
    days: tuple[Weekday, ...] | None = None
    maybe_days: tuple[Weekday, ...] | None = None
    start_day: Day | None = None
    start_time: time | None = None
    end_day: Day | None = None
    end_time: time | None = None
    lasts: relativedelta | None = None
    zone: str | None = None

    def and_also(self, other: Self) -> Self | None:
        """Return what both say; None if they contradict each other."""
        mine, others = self._said(), other._said()
        both = {**mine, **others}
        differs = any(both[name] != value for name, value in mine.items())
        has_two_ends = {"lasts", "end_day"} <= both.keys()
        return None if differs or has_two_ends else replace(self, **others)

    def _said(self) -> dict[str, Any]:
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def start(self, today: date) -> date | None:
        """Return the start date, if it is said and there is such a day."""
        return self.start_day.resolve(today, today) if self.start_day else None

    def end(self, today: date, start: date | None) -> date | None:
        """Return the end date, if it is said and there is such a day."""
        if self.end_day:
            return self.end_day.resolve(today, start or today)
        # Three weeks from a Tuesday end on a Monday, so that they have three Tuesdays.
        return start + self.lasts - timedelta(days=1) if start and self.lasts else None

    def next_start(self, now: datetime) -> date | None:
        """Return the first day that fits, if the line says on which days and at what time.

        `now` is a naive time in the schedule's zone.
        """
        days = tuple(Weekday) if self.recurrence is Recurrence.DAILY else self.days
        if not (days and self.start_time):
            return None
        ahead = (now.date() + timedelta(days=away) for away in range(8))
        fitting = (each for each in ahead if each.weekday() in days)
        return next(day for day in fitting if datetime.combine(day, self.start_time) > now)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words of a line from `first` to the one before `last` say.

    `opened` is whether its first word tells what it is about, such as "until" or "every".
    """

    said: Said
    first: int
    last: int
    opened: bool

    @property
    def places(self) -> range:
        """The places of its words."""
        return range(self.first, self.last)


def phrase_at(line: Line, at: int) -> Phrase | None:
    """Read the phrase that begins with the word at a place, if one does."""
    for readers in (_OPENED, _BARE):
        found = next(filter(None, (read(line, at) for read in readers)), None)
        if found:
            return Phrase(found[0], at, found[1], opened=readers is _OPENED)
    return None


def together(phrases: Sequence[Phrase]) -> tuple[Said, list[Phrase]]:
    """Return what the phrases say, and those of them that are left out.

    A phrase is left out if an earlier one says something else of the same thing.
    """
    said, left_out = Said(), []
    for phrase in phrases:
        if merged := said.and_also(phrase.said):
            said = merged
        else:
            left_out.append(phrase)
    if not said.maybe_days:
        return said, left_out
    if said.recurrence is Recurrence.WEEKLY and not said.days:
        return replace(said, days=said.maybe_days), left_out
    return said, left_out + [each for each in phrases if each.said.maybe_days == said.maybe_days]


def _recurrence(line: Line, at: int) -> tuple[Said, int] | None:
    if not (found := recurrence_at(line, at)):
        return None
    recurrence, every, days, last = found
    return Said(recurrence=recurrence, every=every, days=days or None), last


def _days(line: Line, at: int) -> tuple[Said, int] | None:
    found = days_at(line, at + (line.keys(at, at + 1) == ("on",)))
    if not found:
        return None
    days, are_many, last = found
    weekly = Said(recurrence=Recurrence.WEEKLY, days=days)
    return (weekly if are_many else Said(maybe_days=days)), last


def _start(line: Line, at: int) -> tuple[Said, int] | None:
    found = _moment(line, at, _STARTS)
    return (Said(start_day=found[0], start_time=found[1]), found[2]) if found else None


def _end(line: Line, at: int) -> tuple[Said, int] | None:
    found = _moment(line, at, _ENDS)
    return (Said(end_day=found[0], end_time=found[1]), found[2]) if found else None


def _lasts(line: Line, at: int) -> tuple[Said, int] | None:
    found = span_at(line, at + 1) if line.keys(at, at + 1) == ("for",) else None
    return (Said(lasts=found[0]), found[1]) if found else None


def _zone(line: Line, at: int) -> tuple[Said, int] | None:
    found = zone_at(line, at)
    return (Said(zone=found[0]), found[1]) if found else None


def _time(line: Line, at: int) -> tuple[Said, int] | None:
    found = clock_at(line, at)
    return (Said(start_time=found[0]), found[1]) if found else None


def _day(line: Line, at: int) -> tuple[Said, int] | None:
    found = day_at(line, at + (line.keys(at, at + 1) == ("on",)), opened=False)
    return (Said(start_day=found[0]), found[1]) if found else None


def _moment(
    line: Line, at: int, openings: Collection[tuple[str, ...]]
) -> tuple[Day | None, time | None, int] | None:
    """Read a day, a time or both after one of the openings."""
    opening = next((n for n in (2, 1) if line.keys(at, at + n) in openings), 0)
    if not opening:
        return None
    first = at + opening
    if found := day_at(line, first + (line.keys(first, first + 1) == ("on",)), opened=True):
        day, last = found
        clock = clock_at(line, last + (line.keys(last, last + 1) == (",",)))
        return (day, *clock) if clock else (day, None, last)
    if clock := clock_at(line, first):
        read, last = clock
        found = day_at(line, last + (line.keys(last, last + 1) == ("on",)), opened=False)
        return (found[0], read, found[1]) if found else (None, read, last)
    return None


_Reader = Callable[[Line, int], tuple[Said, int] | None]
_OPENED: Sequence[_Reader] = (_recurrence, _start, _end, _lasts)
# The first that reads something wins: "Tue, Dec 1" is a date, though "Tue" alone is a weekday.
_BARE: Sequence[_Reader] = (_zone, _day, _time, _days)
