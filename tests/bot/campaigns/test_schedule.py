"""Schedules in a person's own time zone, and the same schedules in UTC."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.campaigns.hours import Weekday
from bot.campaigns.schedule import Recurrence, Schedule, exists, to_local, to_utc
from tests.examples import examples

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
ZONES = sorted(available_timezones())
MOMENTS = st.datetimes(datetime(1971, 1, 2), datetime(2100, 1, 1))  # noqa: DTZ001 # local times
DAYS = st.sets(st.sampled_from(Weekday), min_size=1)


def local(text: str) -> datetime:
    """Return a naive local time, from a text such as `2027-02-01 09:00`."""
    return datetime.fromisoformat(text)


def weekly(in_zone: str, starting: str, *on: Weekday, **fields: object) -> Schedule:
    """Return a weekly schedule of 30 days, with these fields changed."""
    known: dict[str, Any] = {
        "recurrence": Recurrence.WEEKLY,
        "days": on,
        "zone": in_zone,
        "start": local(starting),
        "end": local(starting) + timedelta(days=30),
    }
    return Schedule(**known | fields)


@pytest.mark.parametrize(
    ("zone", "start", "utc_start", "days", "utc_days"),
    [
        ("UTC", "2027-02-01 09:00", "2027-02-01 09:00", (MON, SUN), (MON, SUN)),
        ("Asia/Kolkata", "2027-02-02 01:00", "2027-02-01 19:30", (TUE,), (MON,)),
        ("Asia/Kolkata", "2027-02-01 05:29", "2027-01-31 23:59", (MON, TUE), (MON, SUN)),
        ("Asia/Kolkata", "2027-02-01 05:30", "2027-02-01 00:00", (MON, TUE), (MON, TUE)),
        ("America/Los_Angeles", "2027-02-01 20:00", "2027-02-02 04:00", (MON,), (TUE,)),
        ("America/Los_Angeles", "2027-02-07 16:00", "2027-02-08 00:00", (SAT, SUN), (MON, SUN)),
        ("America/Los_Angeles", "2027-07-05 16:30", "2027-07-05 23:30", (MON,), (MON,)),
        ("Australia/Lord_Howe", "2027-02-01 10:59", "2027-01-31 23:59", (MON,), (SUN,)),
        ("Australia/Lord_Howe", "2027-07-05 10:29", "2027-07-04 23:59", (MON,), (SUN,)),
        ("Pacific/Kiritimati", "2027-02-01 13:59", "2027-01-31 23:59", (MON,), (SUN,)),
        ("Etc/GMT+12", "2027-02-01 12:00", "2027-02-02 00:00", (SUN,), (MON,)),
    ],
)
def test_times_and_weekdays_in_utc(
    zone: str,
    start: str,
    utc_start: str,
    days: tuple[Weekday, ...],
    utc_days: tuple[Weekday, ...],
) -> None:
    schedule = weekly(zone, start, *days)
    assert schedule.utc_start == local(utc_start).replace(tzinfo=UTC)
    assert schedule.utc_days == utc_days


def walked(zone: str, start: datetime, days: set[Weekday]) -> tuple[Weekday, ...]:
    """Return the UTC weekdays, found day by day in the first week at the start's UTC offset."""
    offset = start.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    week = [start + timedelta(days=step) for step in range(7)]
    found = {(day - offset).weekday() for day in week if Weekday(day.weekday()) in days}
    return tuple(Weekday(day) for day in sorted(found))


@settings(max_examples=examples(300))
@given(st.sampled_from(ZONES), st.lists(MOMENTS, min_size=10, max_size=10), DAYS)
def test_weekdays_in_utc_match_those_found_day_by_day(
    zone: str, starts: list[datetime], days: set[Weekday]
) -> None:
    """Validate one schedule and only copy it for each start, as there are thousands of starts."""
    schedule = weekly(zone, "2027-01-20 12:00", *days)
    for start in starts:
        moved = schedule.model_copy(update={"start": start})
        assert moved.utc_days == walked(zone, start, days)


@settings(max_examples=examples(500))
@given(st.sampled_from(ZONES), MOMENTS)
def test_a_time_exists_if_it_comes_back_from_utc_unchanged(zone: str, moment: datetime) -> None:
    assert exists(moment, zone) == (to_local(to_utc(moment, zone), zone) == moment)


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        ("America/New_York", "2027-03-14 01:59", True),
        ("America/New_York", "2027-03-14 02:00", False),
        ("America/New_York", "2027-03-14 02:59", False),
        ("America/New_York", "2027-03-14 03:00", True),
        ("Australia/Lord_Howe", "2027-10-03 02:15", False),
        ("Australia/Lord_Howe", "2027-10-03 02:30", True),
        ("Pacific/Apia", "2011-12-30 12:00", False),
        ("Asia/Kolkata", "2027-03-14 02:30", True),
    ],
)
def test_times_that_the_clocks_skip_do_not_exist(zone: str, moment: str, *, shown: bool) -> None:
    assert exists(local(moment), zone) is shown


@pytest.mark.parametrize(
    ("zone", "moment", "utc"),
    [
        ("America/New_York", "2027-11-07 01:30", "2027-11-07 05:30"),
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03 14:45"),
    ],
)
def test_a_time_that_the_clocks_show_twice_means_the_earlier_one(
    zone: str, moment: str, utc: str
) -> None:
    assert to_utc(local(moment), zone) == local(utc).replace(tzinfo=UTC)


def test_a_utc_time_becomes_local_time() -> None:
    moment = datetime(2027, 2, 1, 19, 30, tzinfo=UTC)
    assert to_local(moment, "Asia/Kolkata") == local("2027-02-02 01:00")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"days": ()}, "needs a weekday"),
        ({"start": local("2027-03-14 02:30")}, "the clocks skip this time"),
        ({"end": local("2027-03-14 02:30")}, "the clocks skip this time"),
        ({"end": local("2027-02-01 09:00")}, "not after the start"),
        ({"end": local("2027-01-31 09:00")}, "not after the start"),
        ({"every": 0}, "greater than or equal to 1"),
        ({"every": 100}, "less than or equal to 99"),
        ({"zone": "Mars/Olympus"}, "not an IANA time zone"),
    ],
)
def test_an_impossible_schedule_is_refused(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        weekly("America/New_York", "2027-02-01 09:00", MON, **fields)


def test_the_length_is_right_if_the_clocks_go_back() -> None:
    start, end = local("2027-11-07 00:30"), local("2027-11-07 01:15")
    schedule = weekly("America/New_York", str(start), SUN, end=end)
    assert schedule.utc_end - schedule.utc_start == timedelta(minutes=45)


def test_weekdays_are_sorted_without_duplicates() -> None:
    schedule = weekly("UTC", "2027-02-01 09:00", SUN, MON, SUN)
    assert schedule.days == (MON, SUN)


def test_a_daily_schedule_needs_no_weekday() -> None:
    daily = weekly("Asia/Kolkata", "2027-02-01 01:00", recurrence=Recurrence.DAILY)
    assert (daily.days, daily.utc_days, daily.every) == ((), (), 1)


def test_a_schedule_survives_being_stored_as_json() -> None:
    schedule = weekly("Asia/Kolkata", "2027-02-02 01:00", TUE, every=2)
    assert Schedule.model_validate_json(schedule.model_dump_json()) == schedule
