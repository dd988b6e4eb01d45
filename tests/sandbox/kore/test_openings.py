from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.kore.dialing import CallingHours
from sandbox.kore.openings import Opening, open_after, open_time, openings
from tests.sandbox.kore.account import ALL_DAYS, hours

MINUTE = timedelta(minutes=1)
NEW_YORK = "America/New_York"
# The day before each zone's clock changes in 2026, forward and back: by an hour, by half an hour,
# and across midnight.
CHANGES = {
    NEW_YORK: [datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)],
    "Australia/Lord_Howe": [datetime(2026, 4, 3, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)],
    "America/Nuuk": [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)],
    "Asia/Kolkata": [datetime(2026, 5, 4, tzinfo=UTC)],
}
CLOCK_TIMES = st.integers(0, 24 * 60 - 1)


def calling_hours(*windows: tuple[str, str], zone: str) -> CallingHours:
    return CallingHours.model_validate(hours(*windows, zone=zone))


def opened(windows: CallingHours, day: datetime) -> list[str]:
    """Return the openings on a day in the zone's local time."""
    zone = ZoneInfo(windows.timezone)
    start = day.replace(tzinfo=zone).astimezone(UTC)
    end = (day + timedelta(days=1)).replace(tzinfo=zone).astimezone(UTC)
    found: list[str] = []
    for opening in openings(windows, start):
        if opening.start >= end:
            return found
        found.append(" to ".join(f"{each.astimezone(zone):%H:%M%z}" for each in opening))
    raise AssertionError("openings have no end")


@pytest.mark.parametrize(
    ("windows", "day", "wanted"),
    [
        ([("9:00 AM", "6:00 PM")], "2026-03-06", ["09:00-0500 to 18:00-0500"]),
        (
            [("2:00 PM", "6:00 PM"), ("9:00 AM", "12:30 PM")],
            "2026-03-06",
            ["09:00-0500 to 12:30-0500", "14:00-0500 to 18:00-0500"],
        ),
        (
            [("9:00 AM", "1:00 PM"), ("12:00 PM", "3:00 PM")],
            "2026-03-06",
            ["09:00-0500 to 13:00-0500", "13:00-0500 to 15:00-0500"],
        ),
        ([("2:15 AM", "2:45 AM")], "2026-03-08", []),
        ([("2:15 AM", "3:30 AM")], "2026-03-08", ["03:00-0400 to 03:30-0400"]),
        (
            [("12:30 AM", "1:30 AM")],
            "2026-11-01",
            ["00:30-0400 to 01:30-0400", "01:00-0500 to 01:30-0500"],
        ),
    ],
)
def test_the_openings_of_a_day(windows: list[tuple[str, str]], day: str, wanted: list[str]) -> None:
    assert opened(calling_hours(*windows, zone=NEW_YORK), datetime.fromisoformat(day)) == wanted


def test_openings_after_a_moment_begin_at_that_moment() -> None:
    noon = datetime(2026, 3, 6, 12, 0, 0, 1, tzinfo=UTC)
    first = next(openings(calling_hours(("9:00 AM", "6:00 PM"), zone="UTC"), noon))
    assert first == Opening(noon, datetime(2026, 3, 6, 18, tzinfo=UTC))


@st.composite
def weeks(draw: st.DrawFn) -> tuple[CallingHours, datetime]:
    """Draw calling hours, and a moment shortly before a clock change in their zone."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    listed = []
    for day in draw(st.lists(st.sampled_from(ALL_DAYS), min_size=1, max_size=9)):
        start, end = sorted(draw(st.sets(CLOCK_TIMES, min_size=2, max_size=2)))
        listed.append({"day": day, "start": clock_time(start), "end": clock_time(end)})
    windows = {"frequency": "WEEKLY", "timezone": zone, "days": listed}
    since = draw(st.sampled_from(CHANGES[zone])) + draw(CLOCK_TIMES) * MINUTE
    return CallingHours.model_validate(windows), since


def clock_time(minutes: int) -> str:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
    return f"{moment:%I:%M %p}".removeprefix("0")


def shows_an_open_time(windows: CallingHours, moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(windows.timezone))
    today = [each for each in windows.days if each.day == ALL_DAYS[local.weekday()]]
    clock = f"{local:%H:%M}"
    return any(twenty_four(each.start) <= clock < twenty_four(each.end) for each in today)


def twenty_four(text: str) -> str:
    return f"{datetime.strptime(text, '%I:%M %p'):%H:%M}"  # noqa: DTZ007 # a time without a day


@settings(deadline=None)
@given(weeks(), st.integers(0, 4 * 24 * 60))
def test_hours_are_open_while_local_time_is_within_them(
    week: tuple[CallingHours, datetime], minutes: int
) -> None:
    windows, since = week
    moments = [since + minute * MINUTE for minute in range(minutes)]
    shown = sum(shows_an_open_time(windows, each) for each in moments)
    assert open_time(windows, since, since + minutes * MINUTE) == shown * MINUTE


@settings(deadline=None)
@given(weeks(), st.timedeltas(timedelta(microseconds=1), timedelta(hours=30)))
def test_the_moment_after_a_span_of_open_time_is_the_earliest_possible(
    week: tuple[CallingHours, datetime], span: timedelta
) -> None:
    windows, since = week
    moment = open_after(windows, since, span)
    assert open_time(windows, since, moment) == span
    earlier = moment - datetime.resolution
    assert open_time(windows, since, earlier) == span - datetime.resolution
