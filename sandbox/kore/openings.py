"""When contacts may be reached: calling hours, as the clocks of the campaign's own zone show them.

Contacts are reached inside calling hours alone, says
https://docs.kore.ai/ai-for-service/contact-center/campaigns. It also puts a contact's own zone
before the campaign's, which is left out here. That windows on one another count once, and that an
hour which the clocks repeat is open both times, is our reading.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sandbox.kore.dialing import CallingHours, since_midnight

DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Opening(NamedTuple):
    """A stretch of open calling hours: both ends in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def openings(hours: CallingHours, since: datetime) -> Iterator[Opening]:
    """The stretches in which the hours are open from `since` on, in order and without end."""
    zone = ZoneInfo(hours.timezone)
    while True:
        until = _steady_until(zone, since)
        yield from _open_between(hours, since, until, _offset(zone, since))
        since = until


def open_after(hours: CallingHours, since: datetime, span: timedelta) -> datetime:
    """The moment, in UTC, at which the hours have been open for that long since `since`."""
    stretches = openings(hours, since)
    opening = next(stretches)
    while opening.length < span:
        span -= opening.length
        opening = next(stretches)
    return opening.start + span


def open_time(hours: CallingHours, since: datetime, until: datetime) -> timedelta:
    """How long the hours are open between two moments."""
    total = timedelta()
    for opening in openings(hours, since):
        if opening.start >= until:
            break
        total += min(opening.end, until) - opening.start
    return total


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _steady_until(zone: ZoneInfo, since: datetime) -> datetime:
    """The zone's next change of clocks, or a day on if that is sooner."""
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
    """The stretches between two moments at most a day apart, where clocks keep that offset."""
    today = (since + offset).replace(hour=0, minute=0, second=0, microsecond=0)
    for date in (today, today + DAY):
        for start, end in _windows(hours, WEEKDAYS[date.weekday()]):
            opening = Opening(max(since, date + start - offset), min(until, date + end - offset))
            if opening.start < opening.end:
                yield opening
                since = opening.end


def _windows(hours: CallingHours, day: str) -> list[tuple[timedelta, timedelta]]:
    """A weekday's windows, as times since midnight."""
    windows = [each for each in hours.days if each.day == day]
    return sorted((since_midnight(each.start), since_midnight(each.end)) for each in windows)
