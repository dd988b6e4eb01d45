"""Calling hours: the days and times at which a campaign may reach people."""

from collections.abc import Iterable
from datetime import time
from enum import IntEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.campaigns.values import Frozen, Zone


class Weekday(IntEnum):
    """A day of the week, numbered like `datetime.date.weekday()`."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    def shifted(self, days: int) -> "Weekday":
        """Return the weekday this many days later, or earlier for a negative number."""
        return Weekday((self + days) % 7)

    @property
    def short(self) -> str:
        """Return the three-letter name: `Mon`."""
        return self.name.title()[:3]


def _parse_weekday(given: object) -> object:
    names = {name.casefold(): day for day in Weekday for name in (day.name, day.short)}
    return names.get(given.casefold(), given) if isinstance(given, str) else given


# In a settings file, a day's name or its first three letters, in any case.
DayByName = Annotated[Weekday, BeforeValidator(_parse_weekday)]


def _parse_clock_time(given: object) -> time:
    """Parse a time of day from TOML or text. Reject a bare number, which would count seconds."""
    read = time.fromisoformat(given) if isinstance(given, str) else given
    if not isinstance(read, time) or read.tzinfo:
        raise ValueError("not a time of day, such as 09:00")
    return read


ClockTime = Annotated[time, BeforeValidator(_parse_clock_time)]
WORKDAYS = tuple(Weekday)[:5]
OPENS = time(9)
CLOSES = time(18)


class Window(Frozen):
    """One window of calling hours on one weekday, in the calling hours' zone."""

    day: Weekday
    start: time
    end: time

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.end <= self.start:
            raise ValueError("calling hours end before they begin")
        return self


def _sorted_without_overlap(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    ordered = sorted(windows, key=lambda window: (window.day, window.start))
    for before, after in pairwise(ordered):
        if before.day == after.day and after.start < before.end:
            raise ValueError("two calling hours of one day overlap")
    return tuple(ordered)


class CallingHours(Frozen):
    """When people may be contacted: windows by weekday, in one IANA zone, in weekly order."""

    zone: Zone
    windows: Annotated[
        tuple[Window, ...], Field(min_length=1), AfterValidator(_sorted_without_overlap)
    ]

    @classmethod
    def same_every_day(cls, zone: str, days: Iterable[Weekday], start: time, end: time) -> Self:
        """Return calling hours with the same window on each of `days`.

        Raises:
            pydantic.ValidationError: there is no day, or the end is not after the start.
        """
        return cls(zone=zone, windows=tuple(Window(day=day, start=start, end=end) for day in days))
