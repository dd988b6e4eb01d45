"""Calling hours that a person types as text, if they differ by day."""

import re
from contextlib import suppress
from datetime import datetime, time

from bot.campaigns.hours import Weekday, Window

_DASH = "[-\u2013]"


class UnreadableHours(ValueError):
    """A line of typed hours cannot be read; `reason` says why, as the end of a sentence."""

    def __init__(self, line: str, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


_LINE = re.compile(
    rf"(?P<first>[a-z]{{3}})[a-z]*(?:\s*{_DASH}\s*(?P<last>[a-z]{{3}})[a-z]*)?"
    r"\s+(?P<times>\d.*)"
)
_CLOCK_FORMS = ("%I:%M %p", "%I %p", "%I:%M%p", "%I%p", "%H:%M")


def read_windows(typed: str) -> tuple[Window, ...]:
    """Parse typed calling hours, one line for a day or a range of days.

    `Mon-Thu 9:00 AM-12:00 PM, 1:00 PM-6:00 PM` gives eight windows, in the order typed.

    Raises:
        UnreadableHours: with the line and what is wrong with it.
    """
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    windows = [window for line in lines for window in _read_line(line)]
    return tuple(windows)


def _read_line(line: str) -> list[Window]:
    found = _LINE.fullmatch(line.lower())
    if not found:
        raise UnreadableHours(line, "a day and its hours are expected")
    days = _read_days(line, found["first"], found["last"] or found["first"])
    spans = [_read_span(line, span) for span in found["times"].split(",")]
    return [Window(day=day, start=start, end=end) for day in days for start, end in spans]


def _read_days(line: str, first: str, last: str) -> list[Weekday]:
    by_name = {day.short.lower(): day for day in Weekday}
    if first not in by_name or last not in by_name:
        raise UnreadableHours(line, "the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun")
    count = (by_name[last] - by_name[first]) % 7 + 1
    return [by_name[first].shifted(step) for step in range(count)]


def _read_span(line: str, span: str) -> tuple[time, time]:
    times = [_read_clock(line, part.strip()) for part in re.split(_DASH, span)]
    if len(times) != 2:  # noqa: PLR2004 # a start and an end
        raise UnreadableHours(line, "each stretch has a start and an end")
    if times[1] <= times[0]:
        raise UnreadableHours(line, "hours must end after they begin")
    return times[0], times[1]


def _read_clock(line: str, typed: str) -> time:
    for form in _CLOCK_FORMS:
        with suppress(ValueError):
            return datetime.strptime(typed, form).time()  # noqa: DTZ007 # a clock time has no zone
    raise UnreadableHours(line, f"“{typed}” is not a time")
