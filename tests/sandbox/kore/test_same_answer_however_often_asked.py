"""An account's state depends on the requests and their times, not on how often it is read."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.kore import Campaign, Operation
from sandbox.kore.calls import Json
from sandbox.kore.occurrences import DAYS
from sandbox.kore.refusals import Refused
from tests.examples import examples
from tests.sandbox.kore.account import ALL_DAYS, Asking, daily, hours, weekly

# Days before clock changes in Europe, on Lord Howe Island and in New York.
BEGINNINGS = [
    datetime(2026, month, day, 20, tzinfo=UTC) for month, day in [(3, 27), (4, 3), (10, 30)]
]
ZONES = ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata"]
WINDOWS = [
    ("12:00 AM", "11:59 PM"),
    ("9:00 AM", "6:00 PM"),
    ("1:30 AM", "3:30 AM"),
    ("10:00 PM", "10:03 PM"),
]
LISTS = ["Spring", "Summer", "Autumn"]
SPANS = st.one_of(
    st.timedeltas(timedelta(), timedelta(minutes=9)),
    st.timedeltas(timedelta(), timedelta(days=4)),
)


@dataclass(frozen=True)
class Act:
    """A call about one campaign, and the wait before it."""

    wait: timedelta
    name: str
    ask: Callable[[Asking, Campaign], object]


@dataclass(frozen=True)
class Story:
    """An account, the calls it gets, and the time that passes after them."""

    begins: datetime
    sizes: dict[str, int]
    campaigns: dict[str, tuple[list[str], Json]]
    acts: list[Act]
    rest: timedelta


def scheduling(start: timedelta, length: timedelta, every: int, days: Sequence[str]) -> Any:  # noqa: ANN401 # hypothesis takes any function
    def schedule(asking: Asking, campaign: Campaign) -> None:
        begins = asking.clock.now() + start
        plan = weekly(begins, begins + length, *days, every=every) if days else None
        asking.schedule(campaign, plan or daily(begins, begins + length, every=every))

    return schedule


def triggering(operation: Operation) -> Callable[[Asking, Campaign], object]:
    return lambda asking, campaign: asking.trigger(operation, campaign)


ASKED = st.one_of(
    st.builds(
        scheduling,
        SPANS,
        st.timedeltas(timedelta(minutes=1), timedelta(days=12)),
        st.integers(1, 3),
        st.lists(st.sampled_from(DAYS), unique=True, max_size=4),
    ),
    st.sampled_from(
        [*map(triggering, (Operation.START, Operation.STOP, Operation.DELETE)), Asking.unschedule]
    ),
)
HOURS = st.builds(
    lambda windows, zone, days: hours(*windows, zone=zone, days=tuple(days)),
    st.lists(st.sampled_from(WINDOWS), min_size=1, max_size=2),
    st.sampled_from(ZONES),
    st.one_of(st.just(ALL_DAYS), st.lists(st.sampled_from(ALL_DAYS), min_size=1, unique=True)),
)
USED = st.lists(st.sampled_from(LISTS), min_size=1, max_size=2, unique=True)
STORIES = st.builds(
    Story,
    begins=st.sampled_from(BEGINNINGS),
    sizes=st.fixed_dictionaries({name: st.integers(0, 40) for name in LISTS}),
    campaigns=st.fixed_dictionaries({name: st.tuples(USED, HOURS) for name in "abc"}),
    acts=st.lists(st.builds(Act, SPANS, st.sampled_from("abc"), ASKED), min_size=1, max_size=9),
    rest=st.timedeltas(timedelta(), timedelta(days=10)),
)


def played(story: Story, look: Callable[[Asking, timedelta], None]) -> Asking:
    """Play a story and return its account; `look` sets the clock forward between the acts."""
    asking = Asking(story.begins)
    asking.fill(**story.sizes)
    for name, (lists, when) in story.campaigns.items():
        make = asking.voice if name == "a" else asking.sms
        make(name, *lists, when=when)
    for act in story.acts:
        look(asking, act.wait)
        campaign = asking.account.state.campaign_named(act.name)
        with contextlib.suppress(Refused):
            if campaign is not None:
                act.ask(asking, campaign)
    look(asking, story.rest)
    asking.account.settle()
    return asking


def state_of(asking: Asking) -> list[tuple[object, ...]]:
    """Return the whole state of an account except for the IDs, which are random."""
    state = asking.account.state
    rows = {row.name: (row.reached, row.contacts, row.next_run) for row in asking.account.console}
    return [
        (
            *(each.name, each.status, each.schedule, each.due, each.updated_at, rows[each.name]),
            each.instance and (each.instance.began, each.instance.ends, len(asked(asking, each))),
        )
        for each in state.campaigns.values()
    ]


def asked(asking: Asking, campaign: Campaign) -> list[Json]:
    assert campaign.instance is not None
    return campaign.instance.results(asking.account.state.now)


def never(asking: Asking, span: timedelta) -> None:
    asking.clock.forward(span)


def looking(moments: Sequence[timedelta]) -> Callable[[Asking, timedelta], None]:
    """Return a `look` that reads the account after each of these pauses, while time remains."""

    def look(asking: Asking, span: timedelta) -> None:
        end = asking.clock.now() + span
        for moment in moments:
            if asking.clock.now() + moment < end:
                asking.at(asking.clock.now() + moment)
        asking.clock.forward_to(end)

    return look


@settings(max_examples=examples(200))
@given(STORIES, st.lists(SPANS, min_size=1, max_size=20))
def test_reading_the_account_changes_nothing(story: Story, moments: list[timedelta]) -> None:
    quiet, curious = played(story, never), played(story, looking(moments))
    assert quiet.clock.now() == curious.clock.now()
    assert state_of(quiet) == state_of(curious)
    assert quiet.account.next_event == curious.account.next_event


def test_ten_days_at_once_are_the_same_as_minute_by_minute() -> None:
    wanted = datetime(2026, 3, 28, 1, tzinfo=UTC)
    berlin = hours(("1:30 AM", "3:30 AM"), ("12:00 PM", "12:01 PM"), zone="Europe/Berlin")

    def schedule(asking: Asking, campaign: Campaign) -> None:
        asking.schedule(campaign, daily(wanted, wanted + timedelta(days=9)))

    story = Story(
        BEGINNINGS[0],
        {"Spring": 40, "Summer": 0, "Autumn": 7},
        {"a": (["Spring"], berlin), "b": (LISTS, berlin), "c": (["Autumn"], berlin)},
        [Act(timedelta(), name, schedule) for name in "abc"],
        timedelta(days=10),
    )

    def by_the_minute(asking: Asking, span: timedelta) -> None:
        for _ in range(span // timedelta(minutes=1)):
            asking.after(minutes=1)

    assert state_of(played(story, never)) == state_of(played(story, by_the_minute))


@settings(max_examples=examples(200))
@given(STORIES)
def test_the_next_event_is_when_the_next_run_begins(story: Story) -> None:
    asking = played(story, never)
    moment, began = asking.account.next_event, beginnings(asking)
    if moment is None:
        asking.after(days=40)
        assert beginnings(asking) == began
        return
    assert moment > asking.clock.now()
    asking.at(moment - datetime.resolution)
    assert beginnings(asking) == began
    asking.at(moment)
    assert moment in beginnings(asking)


def beginnings(asking: Asking) -> set[datetime]:
    every = asking.account.state.campaigns.values()
    return {each.instance.began for each in every if each.instance is not None}
