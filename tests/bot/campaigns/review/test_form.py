"""The findings about a campaign before it is created."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.hours import CallingHours, Window
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review import Rules, review_campaign
from bot.campaigns.review.findings import Severity
from bot.campaigns.review.form import (
    CallerIdNotSeen,
    DncListNotSeen,
    DncListUnchecked,
    HoursOutsideRule,
    InvalidCallerId,
    NameTaken,
    NameUnchecked,
    NoDncList,
    TooManyAttempts,
)
from bot.campaigns.review.rules import AttemptsRule
from bot.campaigns.values import Kind
from tests.bot.campaigns.review.samples import (
    HOURS,
    MON,
    NEW_YORK,
    NOW,
    RULES,
    TUE,
    about,
    every_day,
    facts,
    of_campaign,
    of_schedule,
    of_start,
    plan,
    sms,
    snapshot,
    voice,
)


@pytest.mark.parametrize("name", ["Sale", "SALE", " sale "])
def test_a_name_in_use_is_found_in_any_capitalization(name: str) -> None:
    known = facts(same_name=(snapshot(id="cd-2", name=name), snapshot(id="cd-3", name="Sales")))
    assert of_campaign(sms(), known) == [NameTaken(name="Sale", ids=("cd-2",))]


def test_another_name_is_free() -> None:
    assert of_campaign(sms(), facts(same_name=(snapshot(name="Sales"),))) == []


@pytest.mark.parametrize("read", [None, ListProgress(kind=Kind.SMS, read=100, total=300)])
def test_names_that_could_not_all_be_read_are_unchecked(read: ListProgress | None) -> None:
    unread = facts(same_name=None, names_read=read)
    assert of_campaign(sms(), unread) == [NameUnchecked(progress=read)]


@pytest.mark.parametrize(
    ("start", "end", "warned"),
    [
        (time(8), time(21), False),
        (time(7, 59), time(21), True),
        (time(8), time(21, 1), True),
    ],
)
def test_calling_hours_outside_the_rule_are_a_warning(
    start: time, end: time, *, warned: bool
) -> None:
    hours = every_day(start=start, end=end)
    expected = [HoursOutsideRule(hours=hours, rule=RULES.calling_hours)] if warned else []
    assert of_campaign(sms(hours=hours)) == expected
    assert of_schedule(plan(), about(hours=hours)) == expected
    assert of_start(about(hours=hours)) == expected


def test_only_the_windows_outside_the_rule_are_in_the_finding() -> None:
    early = Window(day=TUE, start=time(7), end=time(9))
    hours = CallingHours(zone=NEW_YORK, windows=(*HOURS.windows, early))
    told = CallingHours(zone=NEW_YORK, windows=(early,))
    assert of_campaign(sms(hours=hours)) == [HoursOutsideRule(hours=told, rule=RULES.calling_hours)]


def test_an_sms_campaign_without_a_dnc_list_is_a_warning() -> None:
    assert of_campaign(sms(dnc_list=None)) == [NoDncList(rule=RULES.sms_dnc_list)]
    assert of_campaign(voice(dnc_list=None)) == []


@pytest.mark.parametrize(
    ("name", "similar"),
    [
        ("do NOT call", "Do not call"),
        ("Donot  call", "Do not call"),
        ("Do not clal", "Do not call"),
        ("Do nat cull", "Do not call"),
        ("De nat cull", None),
        ("opt-outs 2025", "Opt-outs 2026"),
        ("News", None),
    ],
)
def test_a_dnc_list_that_no_campaign_uses_is_a_warning_with_a_similar_name(
    name: str, similar: str | None
) -> None:
    known = facts(dnc_lists=frozenset({"Do not call", "Opt-outs 2026"}))
    warned = [DncListNotSeen(name=name, similar=similar)]
    assert of_campaign(sms(dnc_list=name), known) == warned
    assert of_campaign(voice(dnc_list=name), known) == warned


def test_a_dnc_list_that_a_campaign_uses_is_fine() -> None:
    known = facts(dnc_lists=frozenset({"Do not call", "DO NOT CALL"}))
    assert of_campaign(sms(dnc_list="Do not call"), known) == []
    assert of_campaign(sms(dnc_list="DO NOT CALL"), known) == []


def test_a_dnc_list_is_unchecked_while_no_campaign_uses_one() -> None:
    none = facts(dnc_lists=frozenset())
    assert of_campaign(sms(), none) == [DncListUnchecked(name="Do not call")]
    assert of_campaign(voice(), none) == []


@pytest.mark.parametrize(
    ("most", "period", "attempts"),
    [
        (8, 1, None),
        (9, 1, 9),
        (100, 60, 9),
        (100, 61, 9),
        (100, 68, None),
        (100, 67, 9),
        (100, 1440, None),
    ],
)
def test_more_attempts_a_day_than_the_rule_allows_are_a_warning(
    most: int, period: int, attempts: int | None
) -> None:
    every = timedelta(minutes=period)
    found = of_campaign(voice(max_attempts=most, retry_period=period))
    assert found == (
        [TooManyAttempts(attempts=attempts, every=every, rule=RULES.attempts)] if attempts else []
    )


def most_attempts(windows: list[tuple[int, int]], period: int) -> int:
    """Return the most attempts in a day, counted minute by minute."""
    times, free = 0, 0
    for minute in range(1440):
        if minute >= free and any(start <= minute < end for start, end in windows):
            times, free = times + 1, minute + period
    return times


@given(
    st.lists(st.integers(0, 1439), min_size=2, max_size=6, unique=True).filter(
        lambda minutes: len(minutes) % 2 == 0
    ),
    st.integers(1, 1440),
    st.integers(1, 100),
)
def test_attempts_match_a_count_minute_by_minute(
    minutes: list[int], period: int, most: int
) -> None:
    ordered = sorted(minutes)
    pairs = list(zip(ordered[::2], ordered[1::2], strict=True))
    windows = tuple(
        Window(day=MON, start=time(*divmod(start, 60)), end=time(*divmod(end, 60)))
        for start, end in pairs
    )
    campaign = voice(
        hours=CallingHours(zone=NEW_YORK, windows=windows), max_attempts=most, retry_period=period
    )
    one = Rules(attempts=AttemptsRule(per_day=1, owner="Me", reviewed=NOW.date()))
    found = review_campaign(campaign, facts(), one)
    counted = [each.attempts for each in found if isinstance(each, TooManyAttempts)]
    expected = min(most, most_attempts(pairs, period))
    assert counted == ([expected] if expected > 1 else [])


def test_a_caller_id_outside_its_countrys_numbering_plan_is_a_warning() -> None:
    invalid = [InvalidCallerId(caller_id="+11234567890")]
    assert of_campaign(sms(caller_id="+11234567890")) == invalid
    assert of_campaign(voice(caller_id="agent-7.example")) == []


@pytest.mark.parametrize("sender", ["72345", "SPRINGCO"])
def test_a_short_code_or_sender_id_that_no_campaign_uses_is_a_warning(sender: str) -> None:
    warned = [CallerIdNotSeen(caller_id=sender)]
    assert of_campaign(sms(caller_id=sender)) == warned
    assert of_campaign(sms(caller_id=sender), facts(caller_ids=frozenset({"72346"}))) == warned
    assert of_campaign(sms(caller_id=sender), facts(caller_ids=frozenset({sender}))) == []
    assert warned[0].severity is Severity.WARNING


def test_kore_decides_on_numbers_without_a_warning() -> None:
    assert of_campaign(sms(caller_id="+12025550100")) == []
    assert of_campaign(voice(caller_id="72345")) == []
