"""The findings about the runs of a schedule."""

from datetime import time, timedelta

import pytest

from bot.campaigns.hours import CallingHours, Weekday
from bot.campaigns.review import split_at_clock_change
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.form import HoursOutsideRule
from bot.campaigns.review.runs import (
    NoEffectiveRun,
    RunsAtNight,
    RunsMovedByClocks,
    RunsOnExcludedDays,
    RunsOnOtherDays,
    RunsOutsideHours,
    StartPassed,
)
from bot.campaigns.review.target import HoursUnknown
from bot.campaigns.runs import Gap
from bot.campaigns.schedule import Recurrence
from tests.bot.campaigns.review.samples import (
    ALWAYS,
    FRI,
    HOURS,
    MON,
    NEW_YORK,
    RULES,
    SAT,
    SUN,
    WED,
    about,
    classes,
    every_day,
    facts,
    local,
    of_schedule,
    of_start,
    plan,
    utc,
)


@pytest.mark.parametrize(("start", "passed"), [("07:00", True), ("07:01", False)])
def test_a_start_that_has_passed_is_a_blocker(start: str, *, passed: bool) -> None:
    schedule = plan(start=local(f"2027-01-15 {start}"), days=(MON, FRI))
    assert (StartPassed() in of_schedule(schedule)) is passed


@pytest.mark.parametrize(
    ("fields", "blocked"),
    [
        ({}, False),
        ({"days": (SAT,)}, True),
        ({"days": (FRI, SAT)}, False),
        ({"start": local("2027-02-01 18:00")}, True),
        ({"start": local("2027-02-01 17:59")}, False),
        ({"start": local("2027-02-01 03:00")}, False),
    ],
)
def test_a_schedule_without_an_effective_run_is_a_blocker(
    fields: dict[str, object], *, blocked: bool
) -> None:
    found = of_schedule(plan(**fields))
    assert (NoEffectiveRun in classes(found)) is blocked


def test_without_calling_hours_a_schedule_still_needs_a_run() -> None:
    unknown = about(hours=None)
    never = plan(days=(SUN,), end=local("2027-02-06 18:00"))
    assert classes(of_schedule(never, unknown)) == [NoEffectiveRun, HoursUnknown]
    assert classes(of_schedule(plan(), unknown)) == [HoursUnknown]


@pytest.mark.parametrize(
    ("fields", "first", "runs", "of"),
    [
        ({}, None, 0, 0),
        ({"days": (FRI,)}, None, 0, 0),
        ({"days": (SAT,)}, "2027-02-06 10:00", 3, 3),
        ({"days": (MON, SUN)}, "2027-02-07 10:00", 2, 5),
        (
            {"recurrence": Recurrence.DAILY, "days": (), "end": local("2028-02-20 10:00")},
            "2027-02-06 10:00",
            110,
            385,
        ),
    ],
)
def test_runs_on_a_weekend_are_a_warning(
    fields: dict[str, object], first: str | None, runs: int, of: int
) -> None:
    found = of_schedule(plan(**fields), about(hours=every_day()))
    weekend = [finding for finding in found if isinstance(finding, RunsOnExcludedDays)]
    if first is None:
        assert weekend == []
    else:
        assert weekend == [
            RunsOnExcludedDays(
                first=local(first), zone=NEW_YORK, runs=runs, of=of, rule=RULES.weekdays
            )
        ]


def test_weekends_are_those_in_the_zone_of_the_calling_hours() -> None:
    """Friday evening in Los Angeles is Saturday morning in Tokyo."""
    hours = CallingHours.same_every_day("Asia/Tokyo", Weekday, time(9), time(18))
    friday = plan(zone="America/Los_Angeles", days=(FRI,), start=local("2027-02-05 17:00"))
    morning = local("2027-02-06 10:00")
    assert of_schedule(friday, about(hours=hours)) == [
        RunsOnExcludedDays(first=morning, zone="Asia/Tokyo", runs=3, of=3, rule=RULES.weekdays)
    ]


def test_a_run_that_reaches_nobody_on_its_day_gets_no_weekend_warning() -> None:
    """A run on Friday evening may wait for Saturday, and the warning about its gap says so."""
    assert classes(of_schedule(plan(days=(MON, SAT)), facts())) == [RunsOutsideHours]
    evening = plan(days=(FRI,), start=local("2027-02-05 19:00"))
    assert of_schedule(evening, about(hours=every_day())) == [
        NoEffectiveRun(),
        RunsOutsideHours(
            first=evening.start,
            zone=NEW_YORK,
            runs=3,
            of=3,
            gap=Gap.AFTER_HOURS,
            opens=local("2027-02-06 09:00"),
        ),
    ]


@pytest.mark.parametrize(
    ("start", "at_night"),
    [("07:59", True), ("08:00", False), ("20:59", False), ("21:00", True)],
)
def test_runs_at_night_are_a_warning(start: str, *, at_night: bool) -> None:
    first = local(f"2027-02-01 {start}")
    found = of_schedule(plan(start=first), about(hours=ALWAYS))
    night = RunsAtNight(first=first, zone=NEW_YORK, runs=3, of=3, rule=RULES.night)
    assert (night in found) is at_night
    assert (RunsAtNight in classes(found)) is at_night


def test_a_run_before_calling_hours_is_effective_when_they_open() -> None:
    found = of_schedule(plan(start=local("2027-02-01 05:00")))
    assert classes(found) == [RunsOutsideHours]


def test_runs_outside_calling_hours_are_counted_and_the_first_is_named() -> None:
    assert of_schedule(plan(days=(WED, SAT))) == [
        RunsOutsideHours(
            first=local("2027-02-06 10:00"),
            zone=NEW_YORK,
            runs=3,
            of=6,
            gap=Gap.NO_HOURS,
            opens=local("2027-02-08 09:00"),
        )
    ]


def test_the_first_clock_change_that_moves_runs_is_a_warning() -> None:
    end = local("2027-12-20 18:00")
    assert of_schedule(plan(end=end)) == [
        RunsMovedByClocks(
            first=local("2027-03-15 11:00"),
            asked=local("2027-03-15 10:00"),
            zone=NEW_YORK,
            shift=timedelta(hours=1),
        )
    ]
    assert of_schedule(plan(zone="America/Phoenix", end=end)) == []


def test_a_schedule_is_split_at_its_first_clock_change() -> None:
    whole = plan(end=local("2027-12-20 18:00"))
    first, rest = split_at_clock_change(whole) or pytest.fail("no parts")
    assert (first.start, first.end) == (whole.start, local("2027-03-15 09:59"))
    assert (rest.start, rest.end) == (local("2027-03-15 10:00"), whole.end)
    assert split_at_clock_change(first) is None
    autumn = split_at_clock_change(rest) or pytest.fail("no parts")
    assert autumn[1].start == local("2027-11-08 10:00")


def test_a_schedule_that_no_clock_change_moves_is_not_split() -> None:
    assert (
        split_at_clock_change(plan(zone="America/Phoenix", end=local("2027-12-20 18:00"))) is None
    )
    assert split_at_clock_change(plan()) is None


def test_runs_that_clock_changes_move_to_another_day_are_a_warning() -> None:
    """Runs planned for Mondays at 11:30 PM start on Tuesdays at 12:30 AM from March 14 on."""
    late = plan(start=local("2027-02-01 23:30"), end=local("2027-03-30 18:00"))
    tuesday = local("2027-03-16 00:30")
    found = of_schedule(late, about(hours=ALWAYS))
    assert RunsOnOtherDays(first=tuesday, zone=NEW_YORK, runs=3, of=9) in found
    assert RunsOnOtherDays not in classes(of_schedule(plan(end=local("2027-03-30 18:00"))))


@pytest.mark.parametrize(
    ("now", "hours", "expected"),
    [
        ("2027-01-15 15:00", HOURS, []),
        ("2027-01-15 12:00", HOURS, [RunsOutsideHours]),
        ("2027-01-16 15:00", HOURS, [RunsOutsideHours]),
        ("2027-01-16 15:00", every_day(), [RunsOnExcludedDays]),
        ("2027-01-15 12:00", ALWAYS, [HoursOutsideRule, RunsAtNight]),
        ("2027-01-16 12:00", None, [HoursUnknown]),
    ],
)
def test_a_start_is_reviewed_as_a_run_at_this_moment(
    now: str, hours: CallingHours | None, expected: list[type[Finding]]
) -> None:
    moment = utc(now) + timedelta(seconds=30, microseconds=7)
    assert classes(of_start(about(hours=hours), moment)) == expected
