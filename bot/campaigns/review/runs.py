"""Checks of a schedule's runs: when they start, and what clock changes do to them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from bot.campaigns.clock_changes import clock_changes, split, strayed
from bot.campaigns.hours import CallingHours
from bot.campaigns.review.findings import Finding, Minutes, Severity
from bot.campaigns.review.rules import NightRule, Rules, WeekdaysRule
from bot.campaigns.runs import Gap, Run, any_effective, count, runs
from bot.campaigns.schedule import Recurrence, Schedule, to_local
from bot.campaigns.values import Frozen

# So many runs show a pattern, and a person does not wait until more are looked at.
_LOOKED_AT = 50
_TEN_YEARS = timedelta(days=3653)


class SomeRuns(Frozen):
    """Which runs a finding is about: `runs` of the `of` that were looked at.

    `first` is the first of them, by the clocks of `zone`.
    """

    first: datetime
    zone: str
    runs: int
    of: int


class StartPassed(Finding, topic="start_passed", severity=Severity.BLOCKER):
    """The schedule's start is in the past."""


class NoEffectiveRun(Finding, topic="no_effective_run", severity=Severity.BLOCKER):
    """No run of the schedule would reach anybody."""


class RunsOnExcludedDays(Finding, SomeRuns, topic="weekdays", severity=Severity.WARNING):
    """Runs first reach people on weekdays that the rule excludes."""

    rule: WeekdaysRule


class RunsAtNight(Finding, SomeRuns, topic="night", severity=Severity.WARNING):
    """Runs first reach people at night, as the rule has it."""

    rule: NightRule


class RunsOutsideHours(Finding, SomeRuns, topic="outside_hours", severity=Severity.WARNING):
    """Runs start outside calling hours.

    `gap` says why the first does, and `opens` when calling hours open next.
    """

    gap: Gap
    opens: datetime


class RunsMovedByClocks(Finding, topic="clock_change", severity=Severity.WARNING):
    """From the run `first` on, runs start later than `asked` by `shift`, as clocks change."""

    first: datetime
    asked: datetime
    zone: str
    shift: Minutes


class RunsOnOtherDays(Finding, SomeRuns, topic="strayed", severity=Severity.WARNING):
    """Runs are on other days than asked for, as Kore.ai counts days and weeks in UTC."""


class Upcoming(Frozen):
    """The next runs, at most fifty, and the zone of the people they reach.

    `zone` is that of the calling hours; None where nothing tells it.
    """

    runs: tuple[Run, ...]
    zone: str | None


def runs_of_schedule(schedule: Schedule, hours: CallingHours | None) -> Upcoming:
    """The first runs of a schedule."""
    first = islice(runs(schedule, hours), _LOOKED_AT)
    return Upcoming(runs=tuple(first), zone=hours.zone if hours else schedule.zone)


def run_of_start(now: datetime, hours: CallingHours | None) -> Upcoming:
    """The one run of a campaign that is started at the aware moment `now`."""
    at = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    once = Schedule(
        recurrence=Recurrence.DAILY, zone="UTC", start=at, end=at + timedelta(seconds=1)
    )
    return Upcoming(runs=tuple(runs(once, hours)), zone=hours.zone if hours else None)


def check_runs(upcoming: Upcoming, rules: Rules) -> Iterator[Finding]:
    """Runs on weekdays or at night against a rule, and runs that start outside calling hours.

    A rule is about the moment at which a run first reaches people, which can be later than its
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


def check_schedule(
    schedule: Schedule, hours: CallingHours | None, now: datetime
) -> Iterator[Finding]:
    """A start that has passed, a schedule that reaches nobody, and runs that clocks move.

    Only the first ten years are looked at. Without known calling hours every run is taken to
    reach somebody.
    """
    early = _first_ten_years(schedule)
    if schedule.utc_start <= now:
        yield StartPassed()
    if not (any_effective(early, hours) if hours else any(runs(early))):
        yield NoEffectiveRun()
    yield from _check_clocks(early)
    yield from _check_days(early)


def split_at_clock_change(schedule: Schedule) -> tuple[Schedule, Schedule] | None:
    """The schedule in two at the first clock change that moves runs; None if it cannot be split."""
    change = next(clock_changes(_first_ten_years(schedule)), None)
    return split(schedule, change) if change else None


def _first_ten_years(schedule: Schedule) -> Schedule:
    """The schedule, ended after ten years: later runs repeat these, and take seconds to walk."""
    return schedule.model_copy(update={"end": min(schedule.end, schedule.start + _TEN_YEARS)})


def _reached(run: Run, zone: str) -> datetime | None:
    """When a run first reaches people, by their clocks; None if it does not on its day."""
    reaches_nobody = run.inside is not None and not run.inside
    return None if reaches_nobody else to_local(run.opens or run.at, zone)


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
