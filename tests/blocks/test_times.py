"""The texts in which people see days, times and calling hours."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import times
from bot.campaigns.hours import WORKDAYS, CallingHours, Weekday, Window
from bot.campaigns.runs import Run
from bot.campaigns.schedule import Recurrence
from tests.blocks.samples import plan

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(0), "12:00 AM"),
        (time(0, 5), "12:05 AM"),
        (time(9), "9:00 AM"),
        (time(11, 59), "11:59 AM"),
        (time(12), "12:00 PM"),
        (time(13, 30), "1:30 PM"),
        (time(23, 59), "11:59 PM"),
    ],
)
def test_clock(moment: time, words: str) -> None:
    assert times.clock(moment) == words


@given(st.times())
def test_every_minute_of_a_day_is_shown_differently(moment: time) -> None:
    read = datetime.strptime(times.clock(moment), "%I:%M %p").replace(tzinfo=UTC)
    assert read.time() == moment.replace(second=0, microsecond=0)


def test_day_and_time_are_in_the_zone_of_the_datetime() -> None:
    india = timezone(timedelta(hours=5.5))
    assert times.day_and_time(datetime(2026, 1, 27, 1, 0, tzinfo=india)) == (
        "Tue, Jan 27, 2026, 1:00 AM"
    )


def test_a_day_is_shown_without_a_time() -> None:
    assert times.day(date(2026, 10, 1)) == "Oct 1, 2026"


def test_times_in_utc_are_marked_utc() -> None:
    india = timezone(timedelta(hours=5.5))
    assert times.utc(datetime(2026, 1, 27, 1, 0, tzinfo=india)) == "Mon, Jan 26, 2026, 19:30 UTC"
    assert times.utc(datetime(2026, 2, 5, 0, 0, tzinfo=UTC)) == "Thu, Feb 5, 2026, 00:00 UTC"


def test_readers_see_their_own_time_or_utc_as_the_fallback() -> None:
    assert times.readers_time(datetime(2026, 1, 27, 14, 0, 30, tzinfo=UTC)) == (
        "<!date^1769522430^{date_short_pretty} {time}|Tue, Jan 27, 2026, 14:00 UTC>"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([WED], "Wed"),
        ([MON, TUE], "Mon, Tue"),
        ([MON, TUE, WED], "Mon-Wed"),
        (WORKDAYS, "Mon-Fri"),
        (Weekday, "Mon-Sun"),
        ([MON, WED, FRI], "Mon, Wed, Fri"),
        ([MON, TUE, WED, FRI], "Mon-Wed, Fri"),
        ([SUN, MON], "Mon, Sun"),
        ([SUN, SAT, MON, TUE, WED], "Mon-Wed, Sat, Sun"),
    ],
)
def test_three_or_more_consecutive_weekdays_become_a_range(days: list[Weekday], words: str) -> None:
    assert times.weekdays(days) == words


def hours(*windows: tuple[Weekday, int, int]) -> CallingHours:
    spans = [Window(day=day, start=time(start), end=time(end)) for day, start, end in windows]
    return CallingHours(zone="America/New_York", windows=tuple(spans))


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (hours((SAT, 9, 12)), "Sat 9:00 AM-12:00 PM"),
        (hours(*((day, 9, 18) for day in WORKDAYS)), "Mon-Fri 9:00 AM-6:00 PM"),
        (
            hours((MON, 9, 12), (MON, 13, 18), (TUE, 9, 12), (TUE, 13, 18), (WED, 9, 12)),
            "Mon, Tue 9:00 AM-12:00 PM, 1:00 PM-6:00 PM; Wed 9:00 AM-12:00 PM",
        ),
        (
            hours((MON, 9, 18), (WED, 10, 18), (FRI, 9, 18)),
            "Mon, Fri 9:00 AM-6:00 PM; Wed 10:00 AM-6:00 PM",
        ),
        (hours((FRI, 13, 18), (FRI, 9, 12)), "Fri 9:00 AM-12:00 PM, 1:00 PM-6:00 PM"),
    ],
)
def test_days_with_equal_calling_hours_are_grouped(given_: CallingHours, words: str) -> None:
    assert times.calling_hours(given_) == f"{words} (America/New_York)"


@pytest.mark.parametrize(
    ("recurrence", "every", "days", "words"),
    [
        (Recurrence.DAILY, 1, (), "Every day"),
        (Recurrence.DAILY, 2, (), "Every 2 days"),
        (Recurrence.WEEKLY, 1, (MON,), "Every week on Mon"),
        (Recurrence.WEEKLY, 3, (MON, WED), "Every 3 weeks on Mon, Wed"),
        (Recurrence.WEEKLY, 1, tuple(WORKDAYS), "Every week on Mon-Fri"),
    ],
)
def test_a_recurrence_in_words(
    recurrence: Recurrence, every: int, days: tuple[Weekday, ...], words: str
) -> None:
    schedule = plan(recurrence=recurrence, every=every, days=days)
    assert times.recurrence(schedule) == words


def test_utc_beside_a_run_names_the_weekday_only_if_it_differs() -> None:
    at = datetime(2026, 1, 26, 19, 30, tzinfo=UTC)
    india = Run(at=at, local=datetime.fromisoformat("2026-01-27 01:00"), moved=timedelta())
    london = Run(at=at, local=datetime.fromisoformat("2026-01-26 19:30"), moved=timedelta())
    assert times.utc_beside(india) == "Mon 19:30 UTC"
    assert times.utc_beside(london) == "19:30 UTC"
