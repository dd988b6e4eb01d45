"""Calling hours are windows in weekly order that do not overlap, in an IANA time zone."""

from datetime import time

import pytest
from pydantic import ValidationError

from bot.campaigns.hours import CLOSES, OPENS, WORKDAYS, CallingHours, Weekday, Window

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


def window(day: Weekday, start: int, end: int) -> Window:
    return Window(day=day, start=time(start), end=time(end))


@pytest.mark.parametrize(
    ("day", "days", "later"),
    [(MON, 0, MON), (MON, 1, TUE), (MON, -1, SUN), (SUN, 1, MON), (WED, 7, WED), (SUN, -13, MON)],
)
def test_weekdays_wrap_around_the_week(day: Weekday, days: int, later: Weekday) -> None:
    assert day.shifted(days) is later


def test_weekdays_have_short_names() -> None:
    assert [day.short for day in Weekday] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_the_usual_hours_are_nine_to_six_on_workdays() -> None:
    assert WORKDAYS == (MON, TUE, WED, THU, FRI)
    assert f"{OPENS:%H:%M}-{CLOSES:%H:%M}" == "09:00-18:00"


@pytest.mark.parametrize("end", [8, 9])
def test_a_window_ends_after_it_begins(end: int) -> None:
    with pytest.raises(ValidationError, match="end before they begin"):
        window(MON, 9, end)


def test_windows_are_put_in_weekly_order() -> None:
    hours = CallingHours(
        zone="UTC", windows=(window(SUN, 9, 10), window(MON, 13, 18), window(MON, 9, 12))
    )
    assert hours.windows == (window(MON, 9, 12), window(MON, 13, 18), window(SUN, 9, 10))


@pytest.mark.parametrize(("start", "end"), [(9, 12), (8, 10), (10, 11), (11, 13), (8, 13)])
def test_windows_of_one_day_may_not_overlap(start: int, end: int) -> None:
    with pytest.raises(ValidationError, match="overlap"):
        CallingHours(zone="UTC", windows=(window(MON, 9, 12), window(MON, start, end)))


def test_windows_may_touch_and_two_days_may_have_the_same_window() -> None:
    windows = (window(MON, 9, 12), window(MON, 12, 13), window(TUE, 9, 12))
    assert CallingHours(zone="UTC", windows=windows).windows == windows


def test_at_least_one_window_is_needed() -> None:
    with pytest.raises(ValidationError):
        CallingHours(zone="UTC", windows=())
    with pytest.raises(ValidationError):
        CallingHours.same_every_day("UTC", (), OPENS, CLOSES)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "utc", "+05:30", "../etc/passwd"])
def test_a_zone_must_be_in_the_iana_database(zone: str) -> None:
    with pytest.raises(ValidationError, match="not an IANA time zone"):
        CallingHours.same_every_day(zone, WORKDAYS, OPENS, CLOSES)


def test_the_same_hours_every_day() -> None:
    hours = CallingHours.same_every_day("Asia/Kolkata", (SAT, FRI), OPENS, CLOSES)
    assert hours.zone == "Asia/Kolkata"
    assert hours.windows == (window(FRI, 9, 18), window(SAT, 9, 18))
