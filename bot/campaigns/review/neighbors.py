"""Checks the neighbors: other campaigns that use one of the same contact lists."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.model import Neighbors
from bot.campaigns.runs import Run, runs
from bot.campaigns.schedule import Schedule

_INSTANT = timedelta(microseconds=1)


class SameDay(Finding, topic="same_time", severity=Severity.WARNING):
    """A neighbor runs on the same UTC date: `day` is the first such date, `days` their number."""

    name: str
    day: date
    days: int


class NeighborsUnchecked(Finding, topic="neighbors_unchecked", severity=Severity.UNCHECKED):
    """The campaigns that use the same contact lists could not be looked up."""


class NeighborsUnknown(Finding, topic="neighbors_unknown", severity=Severity.UNCHECKED):
    """The run times of these neighbors are unknown."""

    names: tuple[str, ...]


def check_same_day(upcoming: Sequence[Run], neighbors: Neighbors | None) -> Iterator[Finding]:
    """Find neighbors that run on the same UTC date; how long a run takes is unknown."""
    days = {run.at.date() for run in upcoming}
    if not days:
        return
    for name, schedule in neighbors or ():
        if schedule and (shared := days & _days(schedule, min(days), max(days))):
            yield SameDay(name=name, day=min(shared), days=len(shared))


def check_unknown(upcoming: Sequence[Run], neighbors: Neighbors | None) -> Iterator[Finding]:
    """Find neighbors whose runs are unknown and cannot be compared."""
    if neighbors is None:
        yield NeighborsUnchecked()
        return
    names = tuple(name for name, schedule in neighbors if schedule is None)
    if upcoming and names:
        yield NeighborsUnknown(names=names)


def _days(schedule: Schedule, first: date, last: date) -> set[date]:
    """Return the UTC dates of a schedule's runs, from `first` to `last`."""
    later = runs(schedule, after=datetime.combine(first, time(), UTC) - _INSTANT)
    return set(takewhile(lambda day: day <= last, (run.at.date() for run in later)))
