from base64 import b64decode
from datetime import UTC, datetime, time, timedelta, timezone
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.hours import WORKDAYS, CallingHours, Weekday
from bot.campaigns.schedule import Recurrence, Schedule
from bot.kore.translate import (
    calling_hours,
    clock_text,
    clock_time,
    encoded_text,
    hours_code,
    schedule_body,
    schedule_code,
    utc_text,
    weekday,
)


def test_weekdays_have_two_codes() -> None:
    assert [hours_code(day) for day in Weekday] == ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    assert [schedule_code(day) for day in Weekday] == [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ]  # fmt: skip


@given(st.sampled_from(Weekday))
def test_a_weekday_is_read_back_from_either_code(day: Weekday) -> None:
    assert weekday(hours_code(day)) == weekday(schedule_code(day)) == day


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (time(0), "12:00 AM"),
        (time(9), "9:00 AM"),
        (time(12), "12:00 PM"),
        (time(18, 5), "6:05 PM"),
        (time(23, 59), "11:59 PM"),
    ],
)
def test_times_are_written_with_am_and_pm(moment: time, text: str) -> None:
    assert clock_text(moment) == text


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_written_time_is_read_back(moment: time) -> None:
    assert clock_time(clock_text(moment)) == moment


@pytest.mark.parametrize("text", ["", "18:00", "13:00 PM", "9:60 AM", "9 AM", "noon"])
def test_times_in_other_formats_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        clock_time(text)


def test_calling_hours_are_read() -> None:
    days = [(code, "9:00 AM", "6:00 PM") for code in ("MO", "TU", "WE", "TH", "FR")]

    assert calling_hours("Asia/Kolkata", days) == CallingHours.same_every_day(
        "Asia/Kolkata", WORKDAYS, time(9), time(18)
    )


def test_moments_are_written_in_utc() -> None:
    india = timezone(timedelta(hours=5, minutes=30))

    assert utc_text(datetime(2026, 1, 1, 23, 59, tzinfo=india)) == "2026-01-01 18:29:00"
    assert utc_text(datetime(2026, 1, 1, 9, tzinfo=UTC)) == "2026-01-01 09:00:00"


def test_a_weekly_schedule_names_its_weekdays_in_utc() -> None:
    schedule = Schedule(
        recurrence=Recurrence.WEEKLY,
        every=2,
        days=(Weekday.TUESDAY,),
        zone="Asia/Kolkata",
        start=datetime(2026, 1, 6, 1),  # noqa: DTZ001 # local to the zone
        end=datetime(2026, 2, 6, 1),  # noqa: DTZ001 # local to the zone
    )

    assert schedule_body(schedule) == {
        "startDateTime": "2026-01-05 19:30:00",
        "endDateTime": "2026-02-05 19:30:00",
        "recurrenceObject": {
            "recurType": "Weekly",
            "weeklyDetails": {"onceEveryNweeks": 2, "whichDays": ["Mon"]},
        },
    }


def test_a_text_is_base64_and_then_percent_encoded() -> None:
    assert encoded_text("Hi?") == "SGk%2F"
    assert encoded_text("Hello, <First Name>!") == "SGVsbG8sIDxGaXJzdCBOYW1lPiE%3D"


@given(st.text())
def test_an_encoded_text_can_be_decoded(text: str) -> None:
    assert b64decode(unquote(encoded_text(text)), validate=True).decode() == text


@given(st.text())
def test_an_encoded_text_has_only_characters_that_urls_allow(text: str) -> None:
    assert set(encoded_text(text)) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%"
    )
