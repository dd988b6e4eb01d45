"""When contacts may be reached: the calling hours, in local time of the campaign's zone.

Contacts are reached only within calling hours:
https://docs.kore.ai/ai-for-service/contact-center/campaigns. There, a contact's own zone goes
before the campaign's; the sandbox does not do this. We assume that overlapping windows count once,
and that an hour which occurs twice when the clocks change is open both times.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sandbox.kore.dialing import CallingHours, since_midnight

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Opening(NamedTuple):
    """A period of open calling hours; both ends are in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def openings(hours: CallingHours, since: datetime) -> Iterator[Opening]:
    """Yield the open periods from `since` on, in order, without end."""
    zone = ZoneInfo(hours.timezone)
    while True:
        until = _steady_until(zone, since)
        yield from _open_between(hours, since, until, _offset(zone, since))
        since = until


def open_after(hours: CallingHours, since: datetime, span: timedelta) -> datetime:
    """Return when, in UTC, the hours have been open for `span` in total since `since`."""
    stretches = openings(hours, since)
    opening = next(stretches)
    while opening.length < span:
        span -= opening.length
        opening = next(stretches)
    return opening.start + span


def open_time(hours: CallingHours, since: datetime, until: datetime) -> timedelta:
    """Return how long the hours are open between two times."""
    total = timedelta()
    for opening in openings(hours, since):
        if opening.start >= until:
            break
        total += min(opening.end, until) - opening.start
    return total


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _steady_until(zone: ZoneInfo, since: datetime) -> datetime:
    """Return the zone's next clock change, or one day later if that is sooner."""
    steady, changed = since, since + DAY
    if _offset(zone, changed) == _offset(zone, since):
        return changed
    while changed - steady > datetime.resolution:
        middle = steady + (changed - steady) / 2
        if _offset(zone, middle) == _offset(zone, since):
            steady = middle
        else:
            changed = middle
    return changed


def _open_between(
    hours: CallingHours, since: datetime, until: datetime, offset: timedelta
) -> Iterator[Opening]:
    """Yield the open periods between two times, at most a day apart and with one UTC offset."""
    today = (since + offset).replace(hour=0, minute=0, second=0, microsecond=0)
    for date in (today, today + DAY):
        for start, end in _windows(hours, WEEKDAYS[date.weekday()]):
            opening = Opening(max(since, date + start - offset), min(until, date + end - offset))
            if opening.start < opening.end:
                yield opening
                since = opening.end


def _windows(hours: CallingHours, day: str) -> list[tuple[timedelta, timedelta]]:
    """Return a weekday's windows as times since midnight."""
    windows = [each for each in hours.days if each.day == day]
    return sorted((since_midnight(each.start), since_midnight(each.end)) for each in windows)
