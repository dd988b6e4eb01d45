"""The days of a line: dates, and days relative to today.

dateutil reads dates. It reads nearly any text as some date, so it gets only what has the shape of
one. A date such as 03/04 is another day in another country; it is not read.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from dateutil.parser import ParserError, parse, parserinfo
from dateutil.relativedelta import relativedelta

from bot.campaigns.hours import Weekday
from bot.campaigns.one_line.words import Line

# The most words of a date, with its commas: "Thursday, the 31st of December, 2026".
_DATE_WORDS_MAX = 8
# A date without a year is read in a leap year, because it may be February 29.
_LEAP_YEAR = 2000
# In every nine years in a row there is a February 29, from 2000 to 2100.
_YEARS_AHEAD = 9
_YEAR = r"(?P<year>20\d\d|2100)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_IN_WORDS = re.compile(
    rf"(?:(?!the )(?P<weekday>[a-z]+) )?(?:the )?"
    rf"(?P<date>(?P<month>[a-z]+) {_DAY}|{_DAY} (?:of )?(?P<month_after>[a-z]+))(?: {_YEAR})?",
    re.ASCII,
)
_YEAR_FIRST = re.compile(rf"{_YEAR}([-/.])\d{{1,2}}\2\d{{1,2}}", re.ASCII)
_YEAR_LAST = re.compile(rf"\d{{1,2}}(?:/\d{{1,2}}|([-/.])\d{{1,2}}\1{_YEAR})", re.ASCII)
_FROM_TWO = "two three four five six seven eight nine ten eleven twelve"
_NUMBERS = dict.fromkeys(("a", "an", "one"), 1) | {
    word: number for number, word in enumerate(_FROM_TWO.split(), 2)
}
_NEXT = {"next", "this", "coming", "the next", "the coming"}
_SPANS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}


# dateutil's English names of months and weekdays, and spellings that it lacks.
_ENGLISH = parserinfo()
_SPELLINGS = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}


class Day(Protocol):
    """A day as it was typed."""

    def resolve(self, today: date, first: date) -> date | None:
        """Return the day that is meant, from `first` on if its year is not said; None if none."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A date, perhaps without its year, perhaps with its weekday."""

    month: int
    day: int
    year: int | None = None
    weekday: Weekday | None = None

    def resolve(self, today: date, first: date) -> date | None:
        """Return the date; None if it is another weekday."""
        years = [self.year] if self.year else range(first.year, first.year + _YEARS_AHEAD)
        dates = (_date(year, self.month, self.day) for year in years)
        found = next((each for each in dates if each and (self.year or each >= first)), None)
        wrong = found and self.weekday is not None and found.weekday() != self.weekday
        return None if wrong else found


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day counted from today."""

    away: relativedelta

    def resolve(self, today: date, first: date) -> date | None:
        """Return the day."""
        return today + self.away


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The last day of a month; of the present one if `month` is None."""

    month: int | None = None

    def resolve(self, today: date, first: date) -> date | None:
        """Return the day."""
        if self.month is None:
            return today + relativedelta(day=31)
        here = date(first.year, self.month, 1) + relativedelta(day=31)
        return here if here >= first else here + relativedelta(years=1, day=31)


def weekday_of(word: str) -> Weekday | None:
    """Return the day of the week that a word names, if it does."""
    found = _ENGLISH.weekday(_SPELLINGS.get(word, word))
    return None if found is None else Weekday(found)


def number_of(word: str) -> int | None:
    """Return the whole number that a word says, up to three digits."""
    if re.fullmatch("[0-9]{1,3}", word):
        return int(word)
    return _NUMBERS.get(word)


def span_at(line: Line, at: int) -> tuple[relativedelta, int] | None:
    """Read a length of time, such as "3 weeks"; return it and the place of the next word."""
    count, unit = line.keys(at, at + 2)
    number, one = number_of(count), _SPANS.get(unit.removesuffix("s"))
    return (one * number, at + 2) if number and one else None


def day_at(line: Line, at: int, *, opened: bool) -> tuple[Day, int] | None:
    """Read a day; return it and the place of the next word.

    If it is `opened` by a word such as "until", it may also be a weekday, which is the first after
    today, or the end of a month.
    """
    for last in range(min(at + _DATE_WORDS_MAX, len(line.words)), at, -1):
        keys = line.keys(at, last)
        text = " ".join(key for key in keys if key != ",")
        if keys[-1] != "," and (found := _day(text, opened=opened)):
            return found, last
    if line.keys(at, at + 1) == ("in",) and (span := span_at(line, at + 1)):
        return RelativeDay(span[0]), span[1]
    return None


def _day(text: str, *, opened: bool) -> Day | None:
    month_end = _month_end(text) if opened else None
    return month_end or _relative(text, opened=opened) or _calendar_day(text)


def _relative(text: str, *, opened: bool) -> Day | None:
    days = {"today": 0, "tomorrow": 1, "day after tomorrow": 2}.get(text.removeprefix("the "))
    if days is not None:
        return RelativeDay(relativedelta(days=days))
    which, _, name = text.rpartition(" ")
    weekday, names_one = weekday_of(name), which in _NEXT or (opened and not which)
    if weekday is None or not names_one:
        return None
    return RelativeDay(relativedelta(days=1, weekday=int(weekday)))


def _month_end(text: str) -> Day | None:
    if not (found := re.fullmatch("(?:the )?end of (?:the )?([a-z]+)", text)):
        return None
    named = {"month": None, "year": 12}.get(found[1], _ENGLISH.month(found[1]) or 0)
    return None if named == 0 else MonthEnd(named)


def _calendar_day(text: str) -> Day | None:
    if _YEAR_FIRST.fullmatch(text):
        return _parsed(text, has_year=True, day_first=False)
    if found := _YEAR_LAST.fullmatch(text):
        has_year = found["year"] is not None
        both = {_parsed(text, has_year=has_year, day_first=each) for each in (True, False)}
        readings = both - {None}
        return readings.pop() if len(readings) == 1 else None
    return _in_words(text)


def _in_words(text: str) -> CalendarDay | None:
    found = _IN_WORDS.fullmatch(text)
    if not found or _ENGLISH.month(found["month"] or found["month_after"]) is None:
        return None
    weekday = weekday_of(found["weekday"] or "")
    if found["weekday"] and weekday is None:
        return None
    written = f"{found['date']} {found['year'] or _LEAP_YEAR}"
    day = _parsed(written, has_year=found["year"] is not None, day_first=False)
    return day and CalendarDay(day.month, day.day, day.year, weekday)


def _parsed(text: str, *, has_year: bool, day_first: bool) -> CalendarDay | None:
    try:
        found = parse(
            text,
            parserinfo=_ENGLISH,
            default=datetime(_LEAP_YEAR, 1, 1),  # noqa: DTZ001 # only its date counts
            dayfirst=day_first,
            yearfirst=has_year and not day_first,
        )
    except ParserError:
        return None
    return CalendarDay(found.month, found.day, found.year if has_year else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
