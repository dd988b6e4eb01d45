"""Clock changes are found with the runs that they move, and a split keeps the local hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.campaigns.clock_changes import (
    clock_changes,
    moves_next,
    split,
    strayed,
    with_requested_time,
)
from bot.campaigns.hours import Weekday
from bot.campaigns.runs import Run, runs
from bot.campaigns.schedule import Recurrence, Schedule, exists, to_utc
from tests.examples import examples

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
CHANGING = (
    *("America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Havana"),
    *("Europe/London", "Africa/Casablanca", "Asia/Beirut", "Antarctica/Troll"),
    *("Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Auckland"),
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def daily(zone: str, start: str, end: str, every: int = 1) -> Schedule:
    return Schedule(
        recurrence=Recurrence.DAILY, every=every, zone=zone, start=local(start), end=local(end)
    )


def weekly(zone: str, start: str, end: str, *days: Weekday, every: int = 1) -> Schedule:
    return Schedule(
        recurrence=Recurrence.WEEKLY,
        every=every,
        days=days,
        zone=zone,
        start=local(start),
        end=local(end),
    )


def shown(schedule: Schedule) -> list[str]:
    return [f"{run.local:%m-%d %H:%M}" for run in runs(schedule)]


def parts(schedule: Schedule) -> tuple[Schedule, Schedule] | None:
    """Return the schedule split at its first clock change."""
    return split(schedule, next(clock_changes(schedule)))


@pytest.mark.parametrize(
    ("schedule", "changes"),
    [
        (
            daily("America/New_York", "2027-01-01 09:00", "2028-01-01 09:00"),
            [("2027-03-14 10:00", HOUR), ("2027-11-07 09:00", -HOUR)],
        ),
        (
            daily("America/New_York", "2027-07-01 09:00", "2028-07-01 09:00"),
            [("2027-11-07 08:00", -HOUR), ("2028-03-12 09:00", HOUR)],
        ),
        (
            weekly("Australia/Lord_Howe", "2027-01-04 09:00", "2028-01-04 09:00", MON),
            [("2027-04-05 08:30", -HOUR / 2), ("2027-10-04 09:00", HOUR / 2)],
        ),
        (
            weekly("America/New_York", "2027-03-12 09:00", "2027-04-01 09:00", MON),
            [("2027-03-15 10:00", HOUR)],
        ),
        (daily("Asia/Kolkata", "2027-01-01 09:00", "2028-01-01 09:00"), []),
        (daily("America/New_York", "2027-03-14 09:00", "2027-11-06 09:00"), []),
        # Both clock changes of Ramadan are between the same two runs.
        (weekly("Africa/Casablanca", "2026-02-14 09:00", "2026-03-28 10:00", SAT, every=6), []),
        (weekly("America/New_York", "2027-03-12 09:00", "2027-03-14 23:00", MON), []),
    ],
)
def test_each_clock_change_is_found_with_the_first_run_that_it_moves(
    schedule: Schedule, changes: list[tuple[str, timedelta]]
) -> None:
    found = [(change.first.local, change.shift) for change in clock_changes(schedule)]
    assert found == [(local(moment), shift) for moment, shift in changes]


@pytest.mark.parametrize(
    ("schedule", "end", "start"),
    [
        (
            daily("America/New_York", "2027-03-01 09:00", "2027-03-31 23:00"),
            "2027-03-14 08:59",
            "2027-03-14 09:00",
        ),
        (
            daily("America/New_York", "2027-11-01 09:00", "2027-11-30 23:00"),
            "2027-11-07 07:59",
            "2027-11-07 09:00",
        ),
        (
            daily("Australia/Lord_Howe", "2027-04-01 09:00", "2027-04-30 23:00"),
            "2027-04-04 08:29",
            "2027-04-04 09:00",
        ),
        # In UTC, this Sunday evening is Monday before the change, and Sunday after it.
        (
            weekly("America/New_York", "2027-03-07 19:30", "2027-03-31 23:00", SUN),
            "2027-03-14 19:29",
            "2027-03-14 19:30",
        ),
        # The clocks skip 2:30 on the day of the change, so that day's run stays in the first part.
        (
            daily("America/New_York", "2027-03-10 02:30", "2027-03-31 23:00"),
            "2027-03-15 02:29",
            "2027-03-15 02:30",
        ),
        # The only run in winter is on the day of the change, before the clocks skip 2:30.
        (
            weekly("America/New_York", "2026-08-30 02:30", "2027-12-31 23:00", SUN, every=28),
            "2027-09-26 02:29",
            "2027-09-26 02:30",
        ),
    ],
)
def test_the_rest_begins_at_the_planned_local_time_after_the_first_part(
    schedule: Schedule, end: str, start: str
) -> None:
    before, rest = parts(schedule) or pytest.fail("no split")
    assert (before.start, before.end) == (schedule.start, local(end))
    assert (rest.start, rest.end) == (local(start), schedule.end)


def test_a_run_at_a_time_shown_twice_stays_in_the_first_part() -> None:
    """If the rest began at the first 1:30 of November 7, its later runs would be an hour early."""
    schedule = daily("America/New_York", "2027-03-01 01:30", "2027-11-30 23:00")
    _, back = clock_changes(schedule)
    assert back.first.local == local("2027-11-07 01:30")
    before, rest = split(schedule, back) or pytest.fail("no split")
    assert (before.end, rest.start) == (local("2027-11-08 01:29"), local("2027-11-08 01:30"))


def test_a_split_of_every_2_weeks_continues_with_the_right_weeks() -> None:
    schedule = weekly("America/New_York", "2027-03-01 09:00", "2027-04-01 09:00", MON, THU, every=2)
    before, rest = parts(schedule) or pytest.fail("no split")
    assert shown(before) == ["03-01 09:00", "03-04 09:00"]
    assert shown(rest) == ["03-15 09:00", "03-18 09:00", "03-29 09:00", "04-01 09:00"]


def test_a_split_keeps_midnight_runs_on_their_dates() -> None:
    schedule = daily("Europe/London", "2027-10-30 00:30", "2027-11-02 12:00")
    assert [f"{run.local:%m-%d %H:%M}" for run in strayed(schedule)] == [
        "10-31 23:30",
        "11-01 23:30",
    ]
    before, rest = parts(schedule) or pytest.fail("no split")
    assert shown(before) == ["10-30 00:30", "10-31 00:30"]
    assert shown(rest) == ["11-01 00:30", "11-02 00:30"]
    assert [*strayed(before), *strayed(rest)] == []


@pytest.mark.parametrize(
    "schedule",
    [
        # The first run is already moved.
        weekly("America/New_York", "2027-03-12 09:00", "2027-03-31 09:00", MON),
        # The one run after the change would be later than the end.
        daily("America/New_York", "2027-11-06 09:00", "2027-11-07 08:30"),
        # The one run after the change would begin at a time that the clocks skip.
        daily("America/New_York", "2027-03-13 02:30", "2027-03-14 12:00"),
    ],
)
def test_a_schedule_is_not_split_if_a_part_would_have_no_run(schedule: Schedule) -> None:
    assert parts(schedule) is None


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Generate schedules of about half a year at most, in zones whose clocks change."""
    zone = draw(st.sampled_from(CHANGING))
    day = draw(st.dates(date(2005, 1, 1), date(2080, 1, 1)))
    start = datetime.combine(
        day, time(draw(st.integers(0, 23)), draw(st.sampled_from((0, 30, 59))))
    )
    end = start + draw(st.integers(1, 200)) * DAY + draw(st.integers(-90, 90)) * MINUTE
    assume(exists(start, zone) and exists(end, zone) and to_utc(start, zone) < to_utc(end, zone))
    days = tuple(draw(st.sets(st.sampled_from(Weekday), max_size=4)))
    return Schedule(
        recurrence=Recurrence.WEEKLY if days else Recurrence.DAILY,
        every=draw(st.integers(1, 3)),
        days=days,
        zone=zone,
        start=start,
        end=end,
    )


def until_a_change(schedule: Schedule) -> list[Run]:
    changes = clock_changes(schedule)
    change = next(changes, None)
    return [run for run in runs(schedule) if change is None or run.at < change.first.at]


@settings(max_examples=examples(300))
@given(schedules())
def test_a_run_is_moved_by_the_sum_of_the_shifts_before_it(schedule: Schedule) -> None:
    changes = list(clock_changes(schedule))
    assert all(change.shift for change in changes)
    for run in runs(schedule):
        shifts = (change.shift for change in changes if change.first.at <= run.at)
        assert run.moved == sum(shifts, timedelta())


@settings(max_examples=examples(500))
@given(schedules())
def test_the_parts_follow_each_other_and_keep_the_local_hour(schedule: Schedule) -> None:
    for change in clock_changes(schedule):
        if found := split(schedule, change):
            before, rest = found
            assert before.utc_end < rest.utc_start
            assert (before.start, rest.end) == (schedule.start, schedule.end)
            earlier = [run for run in runs(schedule) if run.at < change.first.at]
            assert list(runs(before))[: len(earlier)] == earlier
            kept = until_a_change(rest)
            assert kept[0].local == rest.start
            assert {run.local.time() for run in kept} == {schedule.start.time()}


@settings(max_examples=examples(300))
@given(schedules())
def test_a_split_is_refused_only_at_the_ends_of_a_schedule(schedule: Schedule) -> None:
    """The rest cannot begin at a skipped or repeated time, or with a run moved past the end."""
    for change in clock_changes(schedule):
        earlier = [run for run in runs(schedule) if run.at < change.first.at]
        later = [run for run in runs(schedule) if run.at > change.first.at]
        if earlier and len(later) >= 2:
            assert split(schedule, change)


@settings(max_examples=examples(500))
@given(schedules())
def test_no_run_is_lost_or_doubled_by_a_split(schedule: Schedule) -> None:
    """The last run is an exception, as the change can move it past the end.

    Schedules of every 2 or more weeks are left out: weeks counted in UTC can differ for the rest.
    """
    assume(schedule.every == 1 or schedule.recurrence is Recurrence.DAILY)
    whole = [run.asked for run in runs(schedule)]
    for change in clock_changes(schedule):
        if found := split(schedule, change):
            both = [run.asked for part in found for run in runs(part)]
            shorter = min(len(whole), len(both))
            assert both[:shorter] == whole[:shorter]
            assert abs(len(whole) - len(both)) <= 1


NINE_IN_NEW_YORK = daily("America/New_York", "2027-03-01 09:00", "2027-12-31 23:00")
HALF_PAST_TWO = daily("America/New_York", "2027-03-01 02:30", "2027-12-31 23:00")


@pytest.mark.parametrize(
    ("schedule", "now", "moved"),
    [
        (NINE_IN_NEW_YORK, "2027-03-12 20:00", None),
        (NINE_IN_NEW_YORK, "2027-03-13 13:59", None),
        (NINE_IN_NEW_YORK, "2027-03-13 14:00", "2027-03-14 10:00"),
        (NINE_IN_NEW_YORK, "2027-03-14 13:59", "2027-03-14 10:00"),
        # It has begun, so it was asked about before.
        (NINE_IN_NEW_YORK, "2027-03-14 14:00", None),
        # In autumn the runs are at the requested time again.
        (NINE_IN_NEW_YORK, "2027-11-06 15:00", None),
        # The clocks skip 2:30 on that day; what begins on the next day would lose no run.
        (HALF_PAST_TWO, "2027-03-13 08:00", None),
        (HALF_PAST_TWO, "2027-03-14 08:00", "2027-03-15 03:30"),
        # No run before the change: the first one is moved.
        (
            weekly("America/New_York", "2027-03-12 09:00", "2027-04-01 09:00", MON),
            "2027-03-12 20:00",
            "2027-03-15 10:00",
        ),
        (daily("Asia/Kolkata", "2027-01-01 09:00", "2028-01-01 09:00"), "2027-03-13 14:00", None),
    ],
)
def test_the_first_run_that_moves_is_known_right_after_the_last_one_that_does_not(
    schedule: Schedule, now: str, moved: str | None
) -> None:
    run = moves_next(schedule, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert (run and run.local) == (local(moved) if moved else None)


def test_a_schedule_gets_its_requested_time_back_without_losing_a_run() -> None:
    kept = with_requested_time(NINE_IN_NEW_YORK, datetime(2027, 3, 13, 15, tzinfo=UTC))
    assert kept
    assert (kept.start, kept.end) == (local("2027-03-14 09:00"), NINE_IN_NEW_YORK.end)
    assert shown(kept)[:2] == ["03-14 09:00", "03-15 09:00"]


@pytest.mark.parametrize("now", ["2027-03-12 15:00", "2027-03-14 13:30", "2027-12-31 20:00"])
def test_no_schedule_is_set_anew_if_its_next_run_is_not_moved_or_begins_too_soon(now: str) -> None:
    assert with_requested_time(NINE_IN_NEW_YORK, datetime.fromisoformat(f"{now}+00:00")) is None
