from datetime import UTC, datetime, timedelta

import pytest
from dateutil.rrule import DAILY, MO, WEEKLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.kore import Schedule
from sandbox.kore.occurrences import DAYS, next_occurrence

# A Wednesday.
START = datetime(2026, 1, 7, 18, 29, tzinfo=UTC)
END = datetime(2026, 2, 6, 18, 29, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 # hypothesis adds the zone itself
    datetime(2027, 12, 31),  # noqa: DTZ001 # as above
    timezones=st.just(UTC),
)


def occurrences(schedule: Schedule) -> list[str]:
    found, after = [], datetime(2020, 1, 1, tzinfo=UTC)
    while (occurrence := next_occurrence(schedule, after)) is not None:
        found.append(f"{occurrence:%a %m-%d}")
        assert occurrence.time() == schedule.start.time()
        after = occurrence
    return found


@pytest.mark.parametrize(
    ("schedule", "wanted"),
    [
        (Schedule(START, END, "Daily", 15), ["Wed 01-07", "Thu 01-22", "Fri 02-06"]),
        (Schedule(START, END - SECOND, "Daily", 15), ["Wed 01-07", "Thu 01-22"]),
        (Schedule(START, END, "Daily", 40), ["Wed 01-07"]),
        (
            Schedule(START, END, "Weekly", 2, ("Wed", "Mon")),
            ["Wed 01-07", "Mon 01-19", "Wed 01-21", "Mon 02-02", "Wed 02-04"],
        ),
        (Schedule(START, END, "Weekly", 3, ("Fri", "Fri")), ["Fri 01-09", "Fri 01-30"]),
        (Schedule(START, START + timedelta(days=3), "Weekly", 1, ("Mon",)), []),
    ],
)
def test_the_whole_series(schedule: Schedule, wanted: list[str]) -> None:
    assert occurrences(schedule) == wanted


def test_a_moment_is_not_after_itself() -> None:
    schedule = Schedule(START, END, "Daily", 1)
    assert next_occurrence(schedule, START - timedelta(microseconds=1)) == START
    assert next_occurrence(schedule, START) == START + timedelta(days=1)
    assert next_occurrence(schedule, END) is None


@settings(deadline=None)
@given(
    start=MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    length=st.timedeltas(timedelta(seconds=1), timedelta(days=200)),
    after=MOMENTS,
    every=st.integers(1, 9),
    days=st.sets(st.sampled_from(DAYS)),
)
def test_occurrences_match_icalendar_rules(
    *, start: datetime, length: timedelta, after: datetime, every: int, days: set[str]
) -> None:
    end = start + length
    schedule = Schedule(start, end, "Weekly" if days else "Daily", every, tuple(days))
    rule = rrule(
        WEEKLY if days else DAILY,
        start,
        interval=every,
        wkst=MO,
        byweekday=[DAYS.index(day) for day in days] or None,
        until=end,
    )
    assert next_occurrence(schedule, after) == rule.after(after)
