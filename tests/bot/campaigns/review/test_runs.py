"""What is found about runs: each topic is shown, and shown to be absent."""

from datetime import time, timedelta

import pytest
from pydantic import JsonValue

from bot.campaigns.hours import CallingHours, Weekday
from bot.campaigns.review.reviews import (
    Topic,
)
from bot.campaigns.review.runs import parted
from bot.campaigns.schedule import Recurrence, Schedule
from tests.bot.campaigns.review.samples import (
    ALWAYS,
    FRI,
    HOURS,
    MON,
    NEW_YORK,
    RULES,
    SAT,
    SUN,
    TUE,
    WED,
    about,
    every_day,
    facts,
    local,
    of_schedule,
    of_start,
    only,
    plan,
    topics,
    utc,
)


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
    assert (Topic.NO_EFFECTIVE_RUN in topics(found)) is blocked


def test_without_calling_hours_a_schedule_still_needs_a_run() -> None:
    unknown = about(hours=None)
    never = plan(days=(SUN,), end=local("2027-02-06 18:00"))
    assert topics(of_schedule(never, unknown)) == [Topic.NO_EFFECTIVE_RUN, Topic.HOURS_UNKNOWN]
    assert topics(of_schedule(plan(), unknown)) == [Topic.HOURS_UNKNOWN]


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({}, None),
        ({"days": (FRI,)}, None),
        ({"days": (SAT,)}, {"first": "2027-02-06T10:00:00", "runs": 3, "of": 3}),
        ({"days": (MON, SUN)}, {"first": "2027-02-07T10:00:00", "runs": 2, "of": 5}),
        (
            {"recurrence": Recurrence.DAILY, "days": (), "end": local("2028-02-20 10:00")},
            {"first": "2027-02-06T10:00:00", "runs": 14, "of": 50},
        ),
    ],
)
def test_runs_on_a_weekend(fields: dict[str, object], details: dict[str, JsonValue] | None) -> None:
    found = of_schedule(plan(**fields), about(hours=every_day()))
    weekend = [finding for finding in found if finding.topic is Topic.WEEKDAYS]
    expected = [details | {"zone": NEW_YORK}] if details else []
    assert [finding.details for finding in weekend] == expected
    assert {finding.rule for finding in weekend} <= {RULES.weekdays}


def test_a_weekend_is_counted_where_people_are_called() -> None:
    """Friday evening in Los Angeles is Saturday morning in Tokyo."""
    hours = CallingHours.same_every_day("Asia/Tokyo", Weekday, time(9), time(18))
    friday = plan(zone="America/Los_Angeles", days=(FRI,), start=local("2027-02-05 17:00"))
    found = of_schedule(friday, about(hours=hours))
    assert topics(found) == [Topic.WEEKDAYS]
    assert (found[0].details["first"], found[0].details["zone"]) == (
        "2027-02-06T10:00:00",
        "Asia/Tokyo",
    )


def test_a_run_that_reaches_nobody_on_its_day_breaks_no_rule() -> None:
    """Friday evening's run may or may not wait for Saturday; that it may is said by its gap."""
    assert topics(of_schedule(plan(days=(MON, SAT)), facts())) == [Topic.OUTSIDE_HOURS]
    evening = plan(days=(FRI,), start=local("2027-02-05 19:00"))
    found = of_schedule(evening, about(hours=every_day()))
    assert topics(found) == [Topic.NO_EFFECTIVE_RUN, Topic.OUTSIDE_HOURS]
    assert found[1].details["opens"] == "2027-02-06T09:00:00"


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2027-02-01 07:59", "2027-02-01T07:59:00"),
        ("2027-02-01 08:00", None),
        ("2027-02-01 20:59", None),
        ("2027-02-01 21:00", "2027-02-01T21:00:00"),
    ],
)
def test_runs_at_night(start: str, first: str | None) -> None:
    found = of_schedule(plan(start=local(start)), about(hours=ALWAYS))
    nights = [finding for finding in found if finding.topic is Topic.NIGHT]
    assert [finding.details["first"] for finding in nights] == ([first] if first else [])
    assert {finding.rule for finding in nights} <= {RULES.night}


def test_a_run_before_calling_hours_reaches_people_when_they_open() -> None:
    found = of_schedule(plan(start=local("2027-02-01 05:00")))
    assert topics(found) == [Topic.OUTSIDE_HOURS]


def test_runs_with_a_gap_are_counted_with_the_first_of_them() -> None:
    assert only(of_schedule(plan(days=(WED, SAT)))) == (
        Topic.OUTSIDE_HOURS,
        {
            "first": "2027-02-06T10:00:00",
            "zone": NEW_YORK,
            "runs": 3,
            "of": 6,
            "gap": "no_hours",
            "opens": "2027-02-08T09:00:00",
        },
    )


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (
            NEW_YORK,
            [
                {
                    "first": "2027-03-15T11:00:00",
                    "asked": "2027-03-15T10:00:00",
                    "zone": NEW_YORK,
                    "shift": 60,
                }
            ],
        ),
        ("America/Phoenix", []),
    ],
)
def test_the_first_clock_change_that_moves_runs(
    zone: str, expected: list[dict[str, JsonValue]]
) -> None:
    found = of_schedule(plan(zone=zone, end=local("2027-12-20 18:00")))
    moved = [each.details for each in found if each.topic is Topic.CLOCK_CHANGE]
    assert moved == expected


def test_a_schedule_is_parted_at_the_first_clock_change_and_its_first_part_no_further() -> None:
    whole = plan(end=local("2027-12-20 18:00"))
    first, rest = parted(whole) or pytest.fail("no parts")
    assert (first.start, first.end) == (whole.start, local("2027-03-15 09:59"))
    assert (rest.start, rest.end) == (local("2027-03-15 10:00"), whole.end)
    assert parted(first) is None
    autumn = parted(rest) or pytest.fail("no parts")
    assert autumn[1].start == local("2027-11-08 10:00")


def test_a_schedule_that_no_clock_change_moves_has_no_parts() -> None:
    assert parted(plan(zone="America/Phoenix", end=local("2027-12-20 18:00"))) is None
    assert parted(plan()) is None


def test_runs_that_stray_to_another_day() -> None:
    """Asked for at 11:30 PM on Mondays; half past midnight on Tuesdays from March 14 on."""
    late = plan(start=local("2027-02-01 23:30"), end=local("2027-03-30 18:00"))
    found = of_schedule(late, about(hours=ALWAYS))
    strayed = [each.details for each in found if each.topic is Topic.STRAYED]
    assert strayed == [
        {"first": "2027-03-16T00:30:00", "zone": NEW_YORK, "runs": 3, "of": 9},
    ]
    assert Topic.STRAYED not in topics(of_schedule(plan(end=local("2027-03-30 18:00"))))


@pytest.mark.parametrize(
    ("neighbor", "details"),
    [
        (plan(), {"day": "2027-02-01", "days": 3}),
        (plan(days=(TUE,)), None),
        (plan(start=local("2027-02-02 10:00")), {"day": "2027-02-08", "days": 2}),
        (plan(start=local("2026-02-01 10:00")), {"day": "2027-02-01", "days": 3}),
        (plan(start=local("2027-01-31 19:00"), days=(SUN,)), {"day": "2027-02-01", "days": 3}),
        (plan(start=local("2027-02-16 10:00"), end=local("2027-03-16 10:00")), None),
    ],
)
def test_a_campaign_on_the_same_list_that_runs_on_the_same_utc_date(
    neighbor: Schedule, details: dict[str, JsonValue] | None
) -> None:
    found = of_schedule(plan(), facts(neighbors=(("Other", neighbor),)))
    expected = [(Topic.SAME_TIME, {"name": "Other", **details})] if details else []
    assert [(each.topic, each.details) for each in found] == expected


def test_a_start_is_at_the_same_time_as_a_run_of_today() -> None:
    now = utc("2027-02-01 15:00")
    known = facts(neighbors=(("Other", plan()), ("Tuesdays", plan(days=(TUE,)))))
    assert only(of_start(known, now)) == (
        Topic.SAME_TIME,
        {"name": "Other", "day": "2027-02-01", "days": 1},
    )


def test_neighbors_of_unknown_schedule_are_named_together() -> None:
    known = facts(neighbors=(("One", None), ("Two", None)))
    for found in (of_schedule(plan(), known), of_start(known)):
        assert only(found) == (Topic.NEIGHBORS_UNKNOWN, {"names": ["One", "Two"]})


@pytest.mark.parametrize(
    ("now", "hours", "expected"),
    [
        ("2027-01-15 15:00", HOURS, []),
        ("2027-01-15 12:00", HOURS, [Topic.OUTSIDE_HOURS]),
        ("2027-01-16 15:00", HOURS, [Topic.OUTSIDE_HOURS]),
        ("2027-01-16 15:00", every_day(), [Topic.WEEKDAYS]),
        ("2027-01-15 12:00", ALWAYS, [Topic.CALLING_HOURS, Topic.NIGHT]),
        ("2027-01-16 12:00", None, [Topic.HOURS_UNKNOWN]),
    ],
)
def test_a_start_is_a_run_at_this_moment(
    now: str, hours: CallingHours | None, expected: list[Topic]
) -> None:
    moment = utc(now) + timedelta(seconds=30, microseconds=7)
    assert topics(of_start(about(hours=hours), moment)) == expected
