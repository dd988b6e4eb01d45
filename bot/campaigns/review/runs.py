"""Checks a schedule's runs: when they start, and how clock changes move them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.campaigns.clock_changes import clock_changes, split, strayed
from bot.campaigns.hours import CallingHours
from bot.campaigns.review.findings import Finding, Minutes, Severity
from bot.campaigns.review.rules import NightRule, Rules, WeekdaysRule
from bot.campaigns.runs import Gap, Run, count, runs
from bot.campaigns.schedule import Recurrence, Schedule, to_local
from bot.campaigns.values import Frozen

_TEN_YEARS = timedelta(days=3653)


class SomeRuns(Frozen):
    """The runs that a finding is about: `runs` of the schedule's `of` runs in its first ten years.

    `first` is the first of them, in local time of `zone`.
    """

    first: datetime
    zone: str
    runs: int
    of: int


class StartPassed(Finding, topic="start_passed", severity=Severity.BLOCKER):
    """The schedule's start is in the past."""


class NoEffectiveRun(Finding, topic="no_effective_run", severity=Severity.BLOCKER):
    """No run of the schedule would reach anyone."""


class RunsOnExcludedDays(Finding, SomeRuns, topic="weekdays", severity=Severity.WARNING):
    """Runs first reach people on weekdays that the rule excludes."""

    rule: WeekdaysRule


class RunsAtNight(Finding, SomeRuns, topic="night", severity=Severity.WARNING):
    """Runs first reach people at night, as defined by the rule."""

    rule: NightRule


class RunsOutsideHours(Finding, SomeRuns, topic="outside_hours", severity=Severity.WARNING):
    """Runs start outside calling hours.

    `gap` is why the first one does, and `opens` is when calling hours next open.
    """

    gap: Gap
    opens: datetime


class RunsMovedByClocks(Finding, topic="clock_change", severity=Severity.WARNING):
    """From the run `first` on, a clock change makes runs later than `asked` by `shift`."""

    first: datetime
    asked: datetime
    zone: str
    shift: Minutes


class RunsOnOtherDays(Finding, SomeRuns, topic="strayed", severity=Severity.WARNING):
    """Runs are on other days than requested, because Kore.ai counts days and weeks in UTC."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """All runs, and the zone of the people they reach.

    `zone` is that of the calling hours, else the schedule's; None if unknown.
    """

    runs: Sequence[Run]
    zone: str | None


def runs_of_schedule(schedule: Schedule, hours: CallingHours | None) -> Upcoming:
    """Return a schedule's runs in its first ten years."""
    first = tuple(runs(_first_ten_years(schedule), hours))
    return Upcoming(runs=first, zone=hours.zone if hours else schedule.zone)


def run_of_start(now: datetime, hours: CallingHours | None) -> Upcoming:
    """Return the single run of a campaign started at the aware time `now`."""
    at = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    once = Schedule(
        recurrence=Recurrence.DAILY, zone="UTC", start=at, end=at + timedelta(seconds=1)
    )
    return Upcoming(runs=tuple(runs(once, hours)), zone=hours.zone if hours else None)


def check_runs(upcoming: Upcoming, rules: Rules) -> Iterator[Finding]:
    """Find runs that break a rule about weekdays or night, or start outside calling hours.

    The rules apply to the time at which a run first reaches people, which can be later than its
    start. A run that reaches nobody on its day breaks no rule.
    """
    if (zone := upcoming.zone) is None:
        return
    of, (weekdays, night) = len(upcoming.runs), (rules.weekdays, rules.night)
    reached = [at for run in upcoming.runs if (at := _reached(run, zone))]
    if days := [at for at in reached if weekdays.covers(at)]:
        yield RunsOnExcludedDays(first=days[0], zone=zone, runs=len(days), of=of, rule=weekdays)
    if nights := [at for at in reached if night.covers(at.time())]:
        yield RunsAtNight(first=nights[0], zone=zone, runs=len(nights), of=of, rule=night)
    yield from _check_hours(upcoming.runs, zone)


def check_schedule(schedule: Schedule, upcoming: Upcoming, now: datetime) -> Iterator[Finding]:
    """Find a start in the past, a schedule that reaches nobody, and runs moved by clock changes.

    Only the first ten years are examined. Without known calling hours, every run is assumed to
    reach someone.
    """
    early = _first_ten_years(schedule)
    if schedule.utc_start <= now:
        yield StartPassed()
    if not any(map(_may_reach, upcoming.runs)):
        yield NoEffectiveRun()
    yield from _check_clocks(early)
    yield from _check_days(early)


def split_at_clock_change(schedule: Schedule) -> tuple[Schedule, Schedule] | None:
    """Split the schedule at the first clock change that moves runs; None if impossible."""
    change = next(clock_changes(_first_ten_years(schedule)), None)
    return split(schedule, change) if change else None


def _first_ten_years(schedule: Schedule) -> Schedule:
    """Limit the schedule to ten years: later runs repeat these and take seconds to compute."""
    return schedule.model_copy(update={"end": min(schedule.end, schedule.start + _TEN_YEARS)})


def _reached(run: Run, zone: str) -> datetime | None:
    """Return when a run first reaches people, in their local time; None if not on its day."""
    return to_local(run.opens or run.at, zone) if _may_reach(run) else None


def _may_reach(run: Run) -> bool:
    return run.inside is None or bool(run.inside)


def _check_hours(upcoming: Sequence[Run], zone: str) -> Iterator[Finding]:
    outside = [(run, run.gap) for run in upcoming if run.gap]
    if not outside:
        return
    first, gap = outside[0]
    yield RunsOutsideHours(
        first=to_local(first.at, zone),
        zone=zone,
        runs=len(outside),
        of=len(upcoming),
        gap=gap,
        opens=to_local(first.opens or first.at, zone),
    )


def _check_clocks(schedule: Schedule) -> Iterator[Finding]:
    if change := next(clock_changes(schedule), None):
        run = change.first
        yield RunsMovedByClocks(
            first=run.local, asked=run.asked, zone=schedule.zone, shift=change.shift
        )


def _check_days(schedule: Schedule) -> Iterator[Finding]:
    if away := [run.local for run in strayed(schedule)]:
        yield RunsOnOtherDays(first=away[0], zone=schedule.zone, runs=len(away), of=count(schedule))
