"""What is found about runs: those that calling hours, clocks or rules make other than meant."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile

from pydantic import JsonValue

from bot.campaigns.clock_changes import ClockChange, clock_changes, split, strayed
from bot.campaigns.hours import CallingHours
from bot.campaigns.review.findings import Finding, Topic, found
from bot.campaigns.review.rules import Rules
from bot.campaigns.runs import Run, any_effective, count, runs
from bot.campaigns.schedule import Recurrence, Schedule, to_local
from bot.campaigns.values import Frozen

# So many runs show a pattern; all of them would be looked at for longer than a person waits.
LOOKED_AT = 50
_YEARS = timedelta(days=3653)
_INSTANT = timedelta(microseconds=1)

Neighbors = tuple[tuple[str, Schedule | None], ...]


class Upcoming(Frozen):
    """The next runs, at most `LOOKED_AT`, and the zone whose clocks the people reached go by.

    That is the zone of the calling hours, as far as is known.
    """

    runs: tuple[Run, ...]
    zone: str | None


def scheduled(schedule: Schedule, hours: CallingHours | None) -> Upcoming:
    """The first runs of a schedule."""
    first = islice(runs(schedule, hours), LOOKED_AT)
    return Upcoming(runs=tuple(first), zone=hours.zone if hours else schedule.zone)


def started(now: datetime, hours: CallingHours | None) -> Upcoming:
    """The one run of a campaign that is started now."""
    at = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    once = Schedule(
        recurrence=Recurrence.DAILY, zone="UTC", start=at, end=at + timedelta(seconds=1)
    )
    return scheduled(once, hours).model_copy(update={"zone": hours.zone if hours else None})


def of_runs(upcoming: Upcoming, rules: Rules) -> Iterator[Finding]:
    """Runs on weekdays or in nights a rule names, and runs that start outside calling hours.

    A rule is asked about the moment at which a run first reaches people, which can be later than
    its start, and not about a run that reaches nobody on its day.
    """
    if (zone := upcoming.zone) is None:
        return
    reached = [moment for run in upcoming.runs if (moment := _reached(run, zone))]
    for topic, rule, barred in (
        (Topic.WEEKDAYS, rules.weekdays, [at for at in reached if rules.weekdays.covers(at)]),
        (Topic.NIGHT, rules.night, [at for at in reached if rules.night.covers(at.time())]),
    ):
        if barred:
            yield found(topic, rule, **_which(barred, upcoming))
    if outside := [run for run in upcoming.runs if run.gap]:
        yield _outside(outside, zone, upcoming)


def of_schedule(schedule: Schedule, hours: CallingHours | None) -> Iterator[Finding]:
    """No run that reaches anybody, and what the clocks do to runs, within the first ten years.

    Without known calling hours every run is taken to reach somebody.
    """
    early = _early(schedule)
    if not (any_effective(early, hours) if hours else any(runs(early))):
        yield found(Topic.NO_EFFECTIVE_RUN)
    if change := next(clock_changes(early), None):
        yield _moved(change, schedule.zone)
    if away := [run.local for run in strayed(early)]:
        yield found(
            Topic.STRAYED,
            first=away[0].isoformat(),
            zone=schedule.zone,
            runs=len(away),
            of=count(early),
        )


def parted(schedule: Schedule) -> tuple[Schedule, Schedule] | None:
    """The schedule split at the clock change that `of_schedule` finds; None where it cannot be."""
    change = next(clock_changes(_early(schedule)), None)
    return split(schedule, change) if change else None


def of_neighbors(upcoming: Upcoming, neighbors: Neighbors) -> Iterator[Finding]:
    """Other campaigns on the same contact lists that would run at the same time.

    A run of both on one UTC date counts as the same time, as how long a run takes is unknown.
    """
    days = {run.at.date() for run in upcoming.runs}
    for name, schedule in neighbors:
        if shared := sorted(days & _days(schedule, min(days), max(days))) if schedule else ():
            yield found(Topic.SAME_TIME, name=name, day=shared[0].isoformat(), days=len(shared))
    if unknown := [name for name, schedule in neighbors if schedule is None]:
        yield found(Topic.NEIGHBORS_UNKNOWN, names=[*unknown])


def _early(schedule: Schedule) -> Schedule:
    """The schedule's first ten years: those after repeat them, and take seconds to walk."""
    return schedule.model_copy(update={"end": min(schedule.end, schedule.start + _YEARS)})


def _reached(run: Run, zone: str) -> datetime | None:
    """When a run first reaches people, as their clocks show it; None if not on its day."""
    reaches_nobody = run.inside is not None and not run.inside
    return None if reaches_nobody else to_local(run.opens or run.at, zone)


def _moved(change: ClockChange, zone: str) -> Finding:
    return found(
        Topic.CLOCK_CHANGE,
        first=change.first.local.isoformat(),
        asked=change.first.asked.isoformat(),
        zone=zone,
        shift=change.shift // timedelta(minutes=1),
    )


def _outside(outside: Sequence[Run], zone: str, upcoming: Upcoming) -> Finding:
    first = outside[0]
    return found(
        Topic.OUTSIDE_HOURS,
        **_which([to_local(run.at, zone) for run in outside], upcoming),
        gap=first.gap,
        opens=to_local(first.opens or first.at, zone).isoformat(),
    )


def _which(moments: Sequence[datetime], upcoming: Upcoming) -> dict[str, JsonValue]:
    """The first of these, and how many they are of the runs looked at."""
    return {
        "first": moments[0].isoformat(),
        "zone": upcoming.zone,
        "runs": len(moments),
        "of": len(upcoming.runs),
    }


def _days(schedule: Schedule, first: date, last: date) -> set[date]:
    """The UTC dates of a schedule's runs, from the first of these dates to the last."""
    later = runs(schedule, after=datetime.combine(first, time(), UTC) - _INSTANT)
    return set(takewhile(lambda day: day <= last, (run.at.date() for run in later)))
