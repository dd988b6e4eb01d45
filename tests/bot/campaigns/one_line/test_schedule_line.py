"""A line about a schedule is read into its parts, and every word of it is said somewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.campaigns.hours import WORKDAYS, Weekday
from bot.campaigns.names import folded
from bot.campaigns.one_line import ScheduleValues, possible_campaigns, read_schedule
from bot.campaigns.schedule import Recurrence

# A Saturday, 10:00 AM in New York.
NOW = datetime(2026, 11, 28, 15, tzinfo=UTC)
NEW_YORK = "America/New_York"
KNOWN = frozenset(map(folded, ("Spring sale", "Every Tuesday offer", "News weekly", "cd-1 Sale")))
DAILY, WEEKLY = Recurrence.DAILY, Recurrence.WEEKLY
MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


def read(line: str, now: datetime = NOW) -> tuple[str, dict[str, Any]]:
    """Return the campaign of a line, and what else it says."""
    found = read_schedule(line, KNOWN)
    values = found.values(now, NEW_YORK).model_dump()
    return found.campaign, {name: v for name, v in values.items() if v not in ((), None)}


def values(phrases: str, now: datetime = NOW) -> dict[str, Any]:
    campaign, said = read(f"Spring sale {phrases}", now)
    assert campaign == "Spring sale"
    return said


@pytest.mark.parametrize(
    "name",
    [
        "Spring sale",
        "Every Tuesday offer",
        "every tuesday OFFER",
        "News weekly",
        "Weekly news",
        "Spring sale until stocks last",
        "Every Friday deal",
        '"A" and "B"',
        "Sale to Dec 31st street",
        "Winter sale - Dec 31",
        "Winter sale Dec 31 - Jan 5",
        "Winter sale until tomorrow",
        "Spring sale every Tuesday special",
        "",
    ],
)
def test_a_name_alone_is_a_name(name: str) -> None:
    known = KNOWN | {folded("Spring sale every Tuesday special")}
    found = read_schedule(name, known)
    assert (found.campaign, found.values(NOW, NEW_YORK)) == (name, ScheduleValues())


@pytest.mark.parametrize(
    ("line", "campaign"),
    [
        ("Spring sale every Tuesday", "Spring sale"),
        ("SPRING  sale, every Tuesday", "SPRING  sale"),
        ("Every Tuesday offer every Tuesday", "Every Tuesday offer"),
        ("News weekly every Tuesday", "News weekly"),
        ("“Every Tuesday” every Tuesday", "Every Tuesday"),
        ("'News' every Tuesday", "News"),
        ("Unknown thing every Tuesday", "Unknown thing"),
        ("The end of summer every Tuesday", "The end of summer"),
        ("Spring sale 2 every Tuesday", "Spring sale 2"),
        ("cd-1 every Tuesday", "cd-1"),
        ("cd-1 Sale every Tuesday", "cd-1 Sale"),
        ("cd-77-ab every Tuesday", "cd-77-ab"),
    ],
)
def test_the_campaign_is_what_is_in_quotes_or_known_or_before_the_phrases(
    line: str, campaign: str
) -> None:
    assert read(line) == (campaign, {"recurrence": WEEKLY, "every": 1, "days": (TUE,)})


def test_a_line_may_name_no_campaign_if_it_says_more_than_one_thing() -> None:
    assert read("every Tuesday until Dec 31")[0] == ""
    assert read("every Tuesday") == ("every Tuesday", {})


RECURRENCES: list[tuple[str, Recurrence, int, tuple[Weekday, ...] | None]] = [
    ("every day", DAILY, 1, None),
    ("daily", DAILY, 1, None),
    ("each day", DAILY, 1, None),
    ("every 2 days", DAILY, 2, None),
    ("every other day", DAILY, 2, None),
    ("every two days", DAILY, 2, None),
    ("every 3rd day", DAILY, 3, None),
    ("weekly on Mon and Thu", WEEKLY, 1, (MON, THU)),
    ("weekly on Monday", WEEKLY, 1, (MON,)),
    ("every week on Tue, Thu & Sun", WEEKLY, 1, (TUE, THU, SUN)),
    ("every weekday", WEEKLY, 1, WORKDAYS),
    ("weekdays", WEEKLY, 1, WORKDAYS),
    ("every weekend", WEEKLY, 1, (SAT, SUN)),
    ("Mon-Fri", WEEKLY, 1, WORKDAYS),
    ("Monday to Friday", WEEKLY, 1, WORKDAYS),
    ("Monday \u2013 Friday", WEEKLY, 1, WORKDAYS),
    ("every Sat-Mon", WEEKLY, 1, (SAT, SUN, MON)),
    ("every Mon/Wed", WEEKLY, 1, (MON, WED)),
    ("every Mon, Wed", WEEKLY, 1, (MON, WED)),
    ("every tues. and thurs.", WEEKLY, 1, (TUE, THU)),
    ("Mondays", WEEKLY, 1, (MON,)),
    ("on Mondays and Thursdays", WEEKLY, 1, (MON, THU)),
    ("every other Tuesday", WEEKLY, 2, (TUE,)),
    ("every 2 weeks on Friday", WEEKLY, 2, (FRI,)),
    ("fortnightly on Fridays", WEEKLY, 2, (FRI,)),
    ("Wednesdays every 4 weeks", WEEKLY, 4, (WED,)),
    ("EVERY\u00a0TUESDAY", WEEKLY, 1, (TUE,)),
]


@pytest.mark.parametrize(("phrase", "recurrence", "every", "days"), RECURRENCES)
def test_recurrences(
    phrase: str, recurrence: Recurrence, every: int, days: tuple[Weekday, ...] | None
) -> None:
    said = {"recurrence": recurrence, "every": every} | ({"days": days} if days else {})
    assert values(phrase) == said


@pytest.mark.parametrize(
    "phrase",
    [
        *("every month", "every 2nd Tuesday", "every 100 days", "every 0 days", "hourly"),
        *("twice a week", "biweekly", "on Monday", "every -1 days", "every 1.5 weeks"),
    ],
)
def test_other_recurrences_are_not_understood(phrase: str) -> None:
    assert values(f"at noon {phrase}") == {"start_time": time(12), "not_understood": (phrase,)}


@pytest.mark.parametrize(
    ("phrase", "clock"),
    [
        ("10 am", time(10)),
        ("10am", time(10)),
        ("at 10 a.m.", time(10)),
        ("10:30", time(10, 30)),
        ("10.30 pm", time(22, 30)),
        ("at 10.30", time(10, 30)),
        ("at 10", time(10)),
        ("@ 22:00", time(22)),
        ("at 22", time(22)),
        ("5 pm", time(17)),
        ("05:00", time(5)),
        ("at 9 in the morning", time(9)),
        ("at 5 o'clock in the evening", time(17)),
        ("noon", time(12)),
        ("at midnight", time(0)),
        ("12 am", time(0)),
        ("12:15 PM", time(12, 15)),
        ("00:00", time(0)),
    ],
)
def test_times(phrase: str, clock: time) -> None:
    assert values(f"weekly {phrase}") == {
        "recurrence": WEEKLY,
        "every": 1,
        "start_time": clock,
    }


@pytest.mark.parametrize(
    "phrase",
    ["at 5", "at 5:30", "25:00", "13 pm", "10:61", "0 am", "10", "10.30", "at ten", "10 o'clock"],
)
def test_what_may_be_another_time_is_not_understood(phrase: str) -> None:
    assert values(f"daily {phrase}") == {
        "recurrence": DAILY,
        "every": 1,
        "not_understood": (phrase,),
    }


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Dec 31", date(2026, 12, 31)),
        ("December 31st", date(2026, 12, 31)),
        ("the 31st of December", date(2026, 12, 31)),
        ("31 dec. 2027", date(2027, 12, 31)),
        ("Dec 31, 2027", date(2027, 12, 31)),
        ("Thu, Dec 31", date(2026, 12, 31)),
        ("Thursday the 31st of December 2026", date(2026, 12, 31)),
        ("Jan 15", date(2027, 1, 15)),
        ("Nov 28", date(2026, 11, 28)),
        ("Nov 27", date(2027, 11, 27)),
        ("Feb 29", date(2028, 2, 29)),
        ("2026-12-31", date(2026, 12, 31)),
        ("2027/03/04", date(2027, 3, 4)),
        ("31/12", date(2026, 12, 31)),
        ("12/31", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("04/04/2027", date(2027, 4, 4)),
        ("today", date(2026, 11, 28)),
        ("tomorrow", date(2026, 11, 29)),
        ("the day after tomorrow", date(2026, 11, 30)),
        ("Monday", date(2026, 11, 30)),
        ("next Monday", date(2026, 11, 30)),
        ("this Fri", date(2026, 12, 4)),
        ("Saturday", date(2026, 12, 5)),
        ("in 3 days", date(2026, 12, 1)),
        ("in two weeks", date(2026, 12, 12)),
        ("in a month", date(2026, 12, 28)),
        ("the end of the month", date(2026, 11, 30)),
        ("the end of the year", date(2026, 12, 31)),
        ("end of February", date(2027, 2, 28)),
    ],
)
def test_days(phrase: str, day: date) -> None:
    assert values(f"starting {phrase}") == {"start_date": day}
    assert values(f"until {phrase} at 6 pm") == {"end_date": day, "end_time": time(18)}


@pytest.mark.parametrize(
    "phrase",
    [
        *("03/04", "3/4/2027", "03.04.2027", "31/12/26", "Feb 30", "Fri, Dec 31", "12-31", "13/13"),
        *("next week", "Smarch 1", "2101-01-01", "December", "2026", "Mondays", "in 0 days"),
        *("in 9999 days", "31", "the 31st"),
    ],
)
def test_what_may_be_another_day_is_not_understood(phrase: str) -> None:
    assert values(f"daily until {phrase}") == {
        "recurrence": DAILY,
        "every": 1,
        "not_understood": (f"until {phrase}",),
    }


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (
            "daily from Dec 1 10 am to Jan 15 6 pm",
            {"start_date": date(2026, 12, 1), "start_time": time(10)}
            | {"end_date": date(2027, 1, 15), "end_time": time(18)},
        ),
        (
            "daily from 10 am on Dec 1 until 18:00 on Dec 2",
            {"start_date": date(2026, 12, 1), "start_time": time(10)}
            | {"end_date": date(2026, 12, 2), "end_time": time(18)},
        ),
        ("daily end of December", {"not_understood": ("end of December",)}),
        ("daily Dec 1 - Dec 2", {"start_date": date(2026, 12, 1), "end_date": date(2026, 12, 2)}),
        (
            "daily starting Feb 1 until Jan 15",
            {"start_date": date(2027, 2, 1), "end_date": date(2028, 1, 15)},
        ),
        ("daily for 10 days", {"not_understood": ("for 10 days",)}),
        (
            "daily for 10 days starting tomorrow",
            {"start_date": date(2026, 11, 29), "end_date": date(2026, 12, 8)},
        ),
        (
            "daily, 11 am, for a week",
            {"start_date": date(2026, 11, 28), "start_time": time(11)}
            | {"end_date": date(2026, 12, 4)},
        ),
        (
            "daily until Dec 1 for a week",
            {"end_date": date(2026, 12, 1)} | {"not_understood": ("for a week",)},
        ),
        ("daily in Asia/Kolkata", {"zone": "Asia/Kolkata"}),
        ("daily (america/new york)", {"zone": "America/New_York"}),
        ("daily Berlin time", {"zone": "Europe/Berlin"}),
        ("daily in New York", {"zone": "America/New_York"}),
        ("daily UTC", {"zone": "UTC"}),
        ("daily EST", {"not_understood": ("EST",)}),
        ("daily eastern time", {"not_understood": ("eastern time",)}),
        ("daily on Friday", {"not_understood": ("on Friday",)}),
        ("daily Mondays", {"not_understood": ("Mondays",)}),
        ("daily weekly", {"not_understood": ("weekly",)}),
        ("daily except Dec 25, Dec 26", {"not_understood": ("except Dec 25, Dec 26",)}),
        ("daily but not until Dec 25", {"not_understood": ("but not until Dec 25",)}),
        (
            "daily after lunch until Dec 25",
            {"not_understood": ("after lunch",), "end_date": date(2026, 12, 25)},
        ),
    ],
)
def test_phrases_together(phrase: str, said: dict[str, object]) -> None:
    assert values(phrase) == {"recurrence": DAILY, "every": 1} | said


def test_two_times_are_not_one() -> None:
    said = values("every Tuesday 10 am 11 am")
    assert said["start_time"] == time(10)
    assert said["not_understood"] == ("11 am",)
    assert "start_date" not in said


@pytest.mark.parametrize(
    ("phrase", "start"),
    [
        ("every Tuesday 10 am", date(2026, 12, 1)),
        ("every Saturday 10:01", date(2026, 11, 28)),
        ("every Saturday 10:00", date(2026, 12, 5)),
        ("every day at 9 am", date(2026, 11, 29)),
        ("every day 11 pm", date(2026, 11, 28)),
        ("every Saturday 11 pm in Asia/Kolkata", date(2026, 11, 28)),
        ("every Saturday 8 pm in Asia/Kolkata", date(2026, 12, 5)),
        ("every Tuesday", None),
        ("at 10 am", None),
        ("every Tuesday 10 am starting 03/04", None),
        ("every Tuesday 10 am perhaps", None),
    ],
)
def test_the_first_day_that_fits_is_the_start_if_all_is_understood(
    phrase: str, start: date | None
) -> None:
    assert values(phrase).get("start_date") == start


def test_a_weekly_schedule_without_days_is_on_the_weekday_of_its_start() -> None:
    assert values("every 2 weeks from Dec 1")["days"] == (TUE,)
    assert "days" not in values("every 2 weeks")


def test_days_are_those_of_the_zone() -> None:
    late = datetime(2026, 12, 1, 3, tzinfo=UTC)
    line = read_schedule("Spring sale from tomorrow", KNOWN)
    assert line.values(late, NEW_YORK).start_date == date(2026, 12, 1)
    assert line.values(late, "Europe/Berlin").start_date == date(2026, 12, 2)
    there = read_schedule("Spring sale from tomorrow in Asia/Kolkata", KNOWN)
    assert there.values(late, NEW_YORK).start_date == date(2026, 12, 2)


_CLOCKS: list[Callable[[time], str]] = [
    lambda t: f"{t:%H:%M}",
    lambda t: f"at {t:%H:%M}",
    lambda t: f"{t.hour % 12 or 12}:{t:%M} {t:%p}",
    lambda t: f"at {t.hour % 12 or 12}.{t:%M}{t:%p}".lower(),
    lambda t: f"{t.hour % 12 or 12}:{t:%M} {'a.m.' if t.hour < 12 else 'p.m.'}",
]
_DATES: list[Callable[[date], str]] = [
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%b} {d.year}",
    lambda d: f"{d:%A}, {d:%b} {d.day} {d.year}",
    lambda d: f"the {d.day}th of {d:%B} {d.year}".upper(),
]
_days = st.dates(date(2026, 12, 1), date(2030, 12, 31))
_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(
    recurrence=st.sampled_from(RECURRENCES),
    clock=_times,
    start=_days,
    end=_days,
    closes=_times,
    write=st.tuples(*[st.sampled_from(_CLOCKS)] * 2, *[st.sampled_from(_DATES)] * 2),
    words=st.tuples(
        st.sampled_from(["starting", "from", "beginning", "starts on", "as of"]),
        st.sampled_from(["until", "till", "to", "through", "ending", "ends on", "-"]),
        st.sampled_from([" ", ", ", " and ", "; ", "\n", "\u00a0"]),
    ),
    first_end=st.booleans(),
)
def test_a_line_built_from_parts_is_read_back(  # noqa: PLR0917 # one for each part
    recurrence: tuple[str, Recurrence, int, tuple[Weekday, ...] | None],
    clock: time,
    start: date,
    end: date,
    closes: time,
    write: tuple[Any, ...],
    words: tuple[str, str, str],
    *,
    first_end: bool,
) -> None:
    assume(start <= end)
    says, recurs, every, days = recurrence
    opens, ends, between = words
    starting = f"{opens} {write[2](start)} {write[0](clock)}"
    ending = f"{ends} {write[3](end)} {write[1](closes)}"
    parts = [ending, says, starting] if first_end else [says, starting, ending]
    said = {"start_date": start, "start_time": clock, "end_date": end, "end_time": closes}
    said |= {"recurrence": recurs, "every": every} | ({"days": days} if days else {})
    assert values(between.join(parts)) == said


PIECES = [
    *("every", "Tuesday", "daily", "until", "Dec", "31", "10", "am", "at", "on", "from", "weekly"),
    *("2", "weeks", "next", "Monday", "for", "in", "Asia/Kolkata", "03/04", ",", "and", "-", "to"),
    *("not", "tomorrow", "noon", "2026", "end", "of", "the", "month", "time", "other"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.lists(st.integers(0, 99), max_size=4))
def test_no_word_is_lost(pieces: list[str], places: list[int]) -> None:
    noise = [f"noise{number}" for number, _ in enumerate(places)]
    for place, word in zip(places, noise, strict=True):
        pieces = [*pieces[: place % 13], word, *pieces[place % 13 :]]
    line = " ".join(["Spring sale", *pieces])
    found = read_schedule(line, KNOWN)
    told = " ".join([found.campaign, *found.values(NOW, NEW_YORK).not_understood])
    assert {*noise} <= {*told.replace(",", " ").split()}
    if found.phrases or found.unread:
        name = len(found.campaign.split())
        said = [place for each in found.phrases for place in each.places]
        rest = {*range(len(found.line.words))} - {*said} - found.unread
        silent = {found.line.words[place].key for place in rest if place >= name}
        assert silent <= {",", "and", "-"}
        assert len(said) == len({*said})


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found = read_schedule(text, KNOWN)
    found.values(NOW, NEW_YORK)
    assert found.campaign in text


def test_every_beginning_of_a_line_is_looked_up() -> None:
    possible = possible_campaigns("\u201cEvery Tuesday\u201d offer every day")
    assert possible == {
        *("every tuesday", '"every tuesday" offer', '"every tuesday" offer every'),
        '"every tuesday" offer every day',
    }


def test_a_long_line_is_read_quickly() -> None:
    for text in ("every Tuesday " * 3_000, "at 10 " * 6_000, "Dec 31 " * 6_000):
        line = read_schedule(f"Spring sale {text}", KNOWN)
        assert line.values(NOW, NEW_YORK).not_understood
        assert len(possible_campaigns(text)) <= 150
