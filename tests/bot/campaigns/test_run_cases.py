"""Runs around clock changes, date lines and midnight, compared with cases written by hand.

A case in `run_starts.txt` and `run_weeks.txt` is a sentence, a schedule in local time, and its
runs: the start in UTC, the local time, by how many minutes that has moved, and whether the run
strays to another date. `run_weeks.txt` is for schedules of every 2 weeks.
A case in `run_hours.txt` is a sentence, the local time of one run, calling hours, and the result:
the gap if there is one, how long they are open that day, and when they next open in UTC.
"""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.campaigns.clock_changes import strayed
from bot.campaigns.hours import WORKDAYS, CallingHours, Weekday, Window
from bot.campaigns.runs import Run, count, count_effective, runs
from bot.campaigns.schedule import Recurrence, Schedule

DAYS = {day.short: day for day in Weekday}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SCHEDULE = re.compile(
    r"(?P<zone>\S+): (?P<recurrence>daily|weekly) (?P<every>\d+)(?P<days>( \w{3})*), "
    r"(?P<start>.{16}) to (?P<end>.{16})"
)


def cases(file: str) -> list[Any]:
    """Return the cases of a file: the lines under each sentence, with the sentence as ID."""
    text = Path(__file__).with_name(file).read_text()
    blocks = [[line.strip() for line in block.splitlines()] for block in text.split("\n\n")]
    return [pytest.param(lines, id=sentence) for sentence, *lines in blocks]


def schedule(text: str) -> Schedule:
    read = SCHEDULE.fullmatch(text)
    assert read, text
    return Schedule(
        recurrence=Recurrence(read["recurrence"].title()),
        every=int(read["every"]),
        days=tuple(DAYS[day] for day in read["days"].split()),
        zone=read["zone"],
        start=datetime.fromisoformat(read["start"]),
        end=datetime.fromisoformat(read["end"]),
    )


def hours(text: str) -> CallingHours:
    words, zone = text.removeprefix("open ").rsplit(" ", 1)
    return CallingHours(
        zone=zone, windows=tuple(each for part in words.split(", ") for each in windows(part))
    )


def windows(text: str) -> list[Window]:
    *days, times = text.split()
    start, end = map(time.fromisoformat, times.split("-"))
    return [Window(day=DAYS[day], start=start, end=end) for day in days]


def one_run(text: str) -> Schedule:
    """Return a daily schedule that ends a minute after its start, so that it has one run."""
    moment, zone = text.removeprefix("run ").rsplit(" ", 1)
    start = datetime.fromisoformat(moment)
    return Schedule(recurrence=Recurrence.DAILY, zone=zone, start=start, end=start + MINUTE)


def start_shown(run: Run, *, strays: bool) -> str:
    moved = f" {run.moved // MINUTE:+}" if run.moved else ""
    return f"{run.at:%m-%d %H:%M} = {run.local:%a %m-%d %H:%M}{moved}{' strays' if strays else ''}"


def hours_shown(run: Run) -> str:
    assert run.inside is not None
    inside = f"inside {run.inside // HOUR}:{run.inside % HOUR // MINUTE:02}"
    assert bool(run.gap) == bool(run.opens)
    return f"{run.gap}, {inside}, opens {run.opens:%m-%d %H:%M}" if run.gap else inside


@pytest.mark.parametrize("lines", cases("run_starts.txt") + cases("run_weeks.txt"))
def test_run_starts_match_the_cases(lines: list[str]) -> None:
    text, *expected = lines
    asked = schedule(text)
    astray = list(strayed(asked))
    shown = [start_shown(run, strays=run in astray) for run in runs(asked)]
    assert shown == expected
    assert count(asked) == len(expected)


@pytest.mark.parametrize("lines", cases("run_hours.txt"))
def test_gaps_match_the_cases(lines: list[str]) -> None:
    moment, text, expected = lines
    (run,) = runs(one_run(moment), hours(text))
    assert hours_shown(run) == expected
    assert count_effective(one_run(moment), hours(text)) == ("inside 0:00" not in expected)


def test_all_cases_are_read() -> None:
    """Without this, cases that the regular expressions miss would go unnoticed."""
    assert len(cases("run_starts.txt")) == 54
    assert len(cases("run_weeks.txt")) == 9
    assert len(cases("run_hours.txt")) == 44


def test_without_calling_hours_a_run_has_no_gap() -> None:
    (run,) = runs(one_run("run 2027-02-06 10:00 UTC"))
    assert (run.gap, run.inside, run.opens) == (None, None, None)


@pytest.mark.parametrize(
    ("after", "first"),
    [
        ("2027-01-01 00:00", "2027-02-01 09:00"),
        ("2027-02-01 08:59", "2027-02-01 09:00"),
        ("2027-02-01 09:00", "2027-02-02 09:00"),
        ("2027-02-02 23:00", "2027-02-03 09:00"),
        ("2027-02-03 09:00", None),
    ],
)
def test_runs_after_a_moment_are_later_than_it(after: str, first: str | None) -> None:
    asked = schedule("UTC: daily 1, 2027-02-01 09:00 to 2027-02-03 09:00")
    run = next(runs(asked, after=at(after)), None)
    assert (run and run.at) == (first and at(first))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_moment_after_which_runs_are_found_may_be_in_any_zone() -> None:
    asked = schedule("Asia/Kolkata: daily 1, 2027-02-01 09:00 to 2027-02-03 09:00")
    after = datetime.fromisoformat("2027-02-01T09:00+05:30")
    assert [f"{run.local}" for run in runs(asked, after=after)] == [
        "2027-02-02 09:00:00",
        "2027-02-03 09:00:00",
    ]


def test_runs_are_computed_one_at_a_time() -> None:
    """For the last run, the next opening is later than the last date that Python can hold."""
    sundays = hours("open Sun 09:00-18:00 UTC")
    found = runs(schedule("UTC: daily 1, 9999-12-01 10:00 to 9999-12-31 10:00"), sundays)
    assert next(found).at == at("9999-12-01 10:00")
    assert next(found).at == at("9999-12-02 10:00")
    with pytest.raises(OverflowError):
        list(found)


def test_the_runs_of_a_long_schedule_are_counted() -> None:
    """The schedule has 75 years of 365 days, and 18 leap days from 2028 to 2096."""
    assert count(schedule("UTC: daily 1, 2026-01-01 09:00 to 2100-12-31 09:00")) == 75 * 365 + 18


def test_only_effective_runs_are_counted() -> None:
    office = CallingHours.same_every_day("UTC", WORKDAYS, time(9), time(18))
    weekend = schedule("UTC: weekly 1 Sat Sun, 2027-02-06 09:00 to 2027-12-31 09:00")
    assert not count_effective(weekend, office)
    with_mondays = weekend.model_copy(update={"days": (*weekend.days, DAYS["Mon"])})
    assert count_effective(with_mondays, office) == 47


def test_a_schedule_without_runs_is_not_effective() -> None:
    never = schedule("UTC: weekly 1 Fri, 2027-02-01 09:00 to 2027-02-04 18:00")
    always = CallingHours.same_every_day("UTC", Weekday, time(0), time(23, 59))
    assert not count_effective(never, always)
