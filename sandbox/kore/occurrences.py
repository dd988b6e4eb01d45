"""The times at which a schedule runs a campaign.

A schedule repeats every N days or weeks between two times in UTC:
https://docs.kore.ai/ai-for-service/release-notes/contact-center-ai (11.21.0). For the rest we
follow iCalendar (RFC 5545): weekdays are also in UTC, weeks begin on Monday and are counted from
the week of the start, a start on a weekday that is not listed is not a run, and the end itself can
be a run.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sandbox.kore.campaign import Schedule

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def next_occurrence(schedule: Schedule, after: datetime) -> datetime | None:
    """Return the first occurrence later than `after`, in UTC, or None if the series has ended."""
    later = (each for each in _candidates(schedule, after) if each > after)
    first = next(later, None)
    return None if first is None or first > schedule.end else first


def _candidates(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Yield the occurrences in the period that contains `after` and in the next period."""
    first, step, days = _turns(schedule)
    turn = max((after - first) // step, 0)
    for begin in (first + turn * step, first + (turn + 1) * step):
        for day in days:
            occurrence = begin + timedelta(days=day)
            if occurrence >= schedule.start:
                yield occurrence


def _turns(schedule: Schedule) -> tuple[datetime, timedelta, list[int]]:
    """Return the first period's start, the length of a period, and the days with runs in it."""
    if schedule.recurrence == "Daily":
        return schedule.start, timedelta(days=schedule.every), [0]
    monday = schedule.start - timedelta(days=schedule.start.weekday())
    return monday, timedelta(weeks=schedule.every), sorted({DAYS.index(d) for d in schedule.days})
