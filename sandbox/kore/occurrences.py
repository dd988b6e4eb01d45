"""The moments at which a schedule has a campaign run.

A schedule repeats daily or weekly between two moments in UTC, every so many days or weeks:
https://docs.kore.ai/ai-for-service/release-notes/contact-center-ai (11.21.0). What it leaves open
is read as iCalendar has it (RFC 5545): weekdays are UTC's as well, weeks begin on Monday and are
counted from the one of the start, a start on a weekday that is not named is no run, and a run at
the very end is one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sandbox.kore.state import Schedule

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def next_occurrence(schedule: Schedule, after: datetime) -> datetime | None:
    """The first occurrence later than a moment, in UTC, or None if the series has ended."""
    later = (each for each in _candidates(schedule, after) if each > after)
    first = next(later, None)
    return None if first is None or first > schedule.end else first


def _candidates(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """The occurrences of the turn that holds `after` and of the next one."""
    first, step, days = _turns(schedule)
    turn = max((after - first) // step, 0)
    for begin in (first + turn * step, first + (turn + 1) * step):
        for day in days:
            occurrence = begin + timedelta(days=day)
            if occurrence >= schedule.start:
                yield occurrence


def _turns(schedule: Schedule) -> tuple[datetime, timedelta, list[int]]:
    """When the first turn begins, how far apart turns are, and on which of its days it has runs."""
    if schedule.recurrence == "Daily":
        return schedule.start, timedelta(days=schedule.every), [0]
    monday = schedule.start - timedelta(days=schedule.start.weekday())
    return monday, timedelta(weeks=schedule.every), sorted({DAYS.index(d) for d in schedule.days})
