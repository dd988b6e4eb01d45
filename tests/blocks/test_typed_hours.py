"""Calling hours that people type: which texts are understood, and the errors for the others."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks import times
from blocks.forms.typed_hours import UnreadableHours, read_windows
from bot.campaigns.hours import CallingHours, Weekday, Window

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday
NINE, NOON, ONE, SIX = time(9), time(12), time(13), time(18)
SPLIT = [(NINE, NOON), (ONE, SIX)]
NO_DAY = "a day and its hours are expected"
NO_SUCH_DAY = "the days are Mon, Tue, Wed, Thu, Fri, Sat and Sun"
ONE_SIDED = "each stretch has a start and an end"
BACKWARDS = "hours must end after they begin"


def windows(days: list[Weekday], *spans: tuple[time, time]) -> tuple[Window, ...]:
    return tuple(Window(day=day, start=start, end=end) for day in days for start, end in spans)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mon-Thu 9:00 AM-12:00 PM, 1:00 PM-6:00 PM", windows([MON, TUE, WED, THU], *SPLIT)),
        ("Sat 9 AM-12 PM", windows([SAT], (NINE, NOON))),
        ("sat 9 am-12 pm", windows([SAT], (NINE, NOON))),
        ("Saturday 09:00-12:00", windows([SAT], (NINE, NOON))),
        ("MONDAY - FRIDAY 9:00 - 18:00", windows([MON, TUE, WED, THU, FRI], (NINE, SIX))),
        ("Fri–Sat 9:00 AM–6:00 PM", windows([FRI, SAT], (NINE, SIX))),  # noqa: RUF001 # as typed
        ("Sat-Mon 9:00-18:00", windows([SAT, SUN, MON], (NINE, SIX))),
        ("Tue-Mon 9:00-18:00", windows([TUE, WED, THU, FRI, SAT, SUN, MON], (NINE, SIX))),
        ("Wed-Wed 9:00-18:00", windows([WED], (NINE, SIX))),
        ("Sun 0:00-23:59", windows([SUN], (time(0), time(23, 59)))),
        ("Sun 12:00 AM-12:01 AM", windows([SUN], (time(0), time(0, 1)))),
        ("\n  Mon 9:00-12:00  \n\n Mon 13:00-18:00\n", windows([MON], *SPLIT)),
        ("  \n ", ()),
    ],
)
def test_valid_hours_are_read(typed: str, read: tuple[Window, ...]) -> None:
    assert read_windows(typed) == read


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("sometimes", NO_DAY),
        ("Mon", NO_DAY),
        ("9:00-18:00", NO_DAY),
        ("Mon9:00-18:00", NO_DAY),
        ("Mon, Wed 9:00-18:00", NO_DAY),
        ("Mo 9:00-18:00", NO_DAY),
        ("Mon-Thu-Fri 9:00-18:00", NO_DAY),
        ("Day 9:00-18:00", NO_SUCH_DAY),
        ("Mon-Xyz 9:00-18:00", NO_SUCH_DAY),
        ("Mon 9:00 AM", ONE_SIDED),
        ("Mon 9:00-12:00-18:00", ONE_SIDED),
        ("Mon 6:00 PM-9:00 AM", BACKWARDS),
        ("Mon 9:00-9:00", BACKWARDS),
        ("Mon 6:00 PM-12:00 AM", BACKWARDS),
        ("Mon 9-17", "“9” is not a time"),
        ("Mon 9:00-24:00", "“24:00” is not a time"),
        ("Mon 9:60-18:00", "“9:60” is not a time"),
        ("Mon 13:00 PM-18:00", "“13:00 pm” is not a time"),
        ("Mon 9:00-18:00,", "“” is not a time"),
    ],
)
def test_invalid_hours_are_refused_with_the_line_and_the_reason(line: str, reason: str) -> None:
    with pytest.raises(UnreadableHours) as refused:
        read_windows(f"Sun 9:00-18:00\n{line}\nSat 9:00-18:00")
    assert (refused.value.line, refused.value.reason) == (line, reason)


@given(st.text())
def test_any_text_is_read_or_refused_without_another_error(typed: str) -> None:
    with suppress(UnreadableHours):
        assert all(window.start < window.end for window in read_windows(typed))


SPANS = st.tuples(st.integers(0, 1438), st.integers(1, 1439)).filter(lambda span: span[0] < span[1])


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(Weekday), SPANS, min_size=1))
def test_hours_can_be_typed_as_the_card_shows_them(spans: dict[Weekday, tuple[int, int]]) -> None:
    shown = CallingHours(
        zone="UTC",
        windows=tuple(
            Window(day=day, start=time(*divmod(start, 60)), end=time(*divmod(end, 60)))
            for day, (start, end) in spans.items()
        ),
    )
    lines = [
        f"{day.short} {times.clock(each.start)}-{times.clock(each.end)}"
        for day in spans
        for each in shown.windows
        if each.day == day
    ]
    assert sorted(read_windows("\n".join(lines)), key=lambda each: each.day) == [*shown.windows]
