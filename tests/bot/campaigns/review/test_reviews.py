"""What reviews find, and what they do not: each topic is shown, and shown to be absent."""

import hashlib
import json
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from bot.campaigns.hours import CallingHours, Window
from bot.campaigns.review.reviews import (
    Facts,
    Load,
    Severity,
    Topic,
    digest,
    load,
    review_campaign,
)
from bot.campaigns.review.rules import AttemptsRule, Rules
from bot.campaigns.values import Kind
from tests.bot.campaigns.review.samples import (
    FRI,
    HOURS,
    MON,
    NEW_YORK,
    NOW,
    RULES,
    TUE,
    about,
    every_day,
    facts,
    local,
    of_campaign,
    of_schedule,
    of_start,
    only,
    plan,
    sms,
    snapshot,
    topics,
    voice,
)


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert of_campaign(sms()) == []
    assert of_campaign(voice()) == []
    assert of_schedule(plan()) == []
    assert of_start(facts()) == []


@pytest.mark.parametrize("name", ["Sale", "SALE", " sale "])
def test_a_name_in_use_is_a_blocker_however_it_is_capitalized(name: str) -> None:
    known = facts(same_name=(snapshot(id="cd-2", name=name), snapshot(id="cd-3", name="Sales")))
    [finding] = of_campaign(sms(), known)
    assert (finding.topic, finding.severity) == (Topic.NAME_TAKEN, Severity.BLOCKER)
    assert finding.details == {"name": "Sale", "ids": ["cd-2"]}


def test_another_name_is_free() -> None:
    assert of_campaign(sms(), facts(same_name=(snapshot(name="Sales"),))) == []


def test_a_start_that_has_passed_is_a_blocker() -> None:
    schedule = plan(start=local("2027-01-15 07:00"), days=(MON, FRI))
    assert Topic.START_PASSED in topics(of_schedule(schedule))
    later = plan(start=local("2027-01-15 07:01"), days=(MON, FRI))
    assert Topic.START_PASSED not in topics(of_schedule(later))


@pytest.mark.parametrize(
    ("start", "end", "warned"),
    [
        (time(8), time(21), False),
        (time(7, 59), time(21), True),
        (time(8), time(21, 1), True),
    ],
)
def test_calling_hours_outside_the_rule(start: time, end: time, *, warned: bool) -> None:
    hours = every_day(start=start, end=end)
    expected = [Topic.CALLING_HOURS] if warned else []
    assert topics(of_campaign(sms(hours=hours))) == expected
    assert topics(of_schedule(plan(), about(hours=hours))) == expected
    assert topics(of_start(about(hours=hours))) == expected


def test_only_the_windows_outside_the_rule_are_told() -> None:
    early = Window(day=TUE, start=time(7), end=time(9))
    hours = CallingHours(zone=NEW_YORK, windows=(*HOURS.windows, early))
    [finding] = of_campaign(sms(hours=hours))
    assert CallingHours.model_validate(finding.details["hours"]).windows == (early,)
    assert (finding.severity, finding.rule) == (Severity.WARNING, RULES.calling_hours)


def test_an_sms_campaign_without_a_dnc_list_is_a_warning() -> None:
    [finding] = of_campaign(sms(dnc_list=None))
    assert (finding.topic, finding.rule) == (Topic.NO_DNC_LIST, RULES.sms_dnc_list)
    assert of_campaign(voice(dnc_list=None)) == []


def test_a_dnc_list_that_kore_does_not_show_is_a_warning_with_sms() -> None:
    shown = about(kind=Kind.SMS, dnc_list="Do not call")
    for unshown in (about(kind=Kind.SMS), about(kind=Kind.SMS, dnc_list="")):
        assert topics(of_schedule(plan(), unshown)) == [Topic.DNC_LIST_NOT_SHOWN]
        assert topics(of_start(unshown)) == [Topic.DNC_LIST_NOT_SHOWN]
    assert of_schedule(plan(), shown) == of_start(shown) == of_schedule(plan(), facts()) == []


@pytest.mark.parametrize(
    ("fields", "attempts"),
    [
        ({"max_attempts": 8, "retry_period": 1}, None),
        ({"max_attempts": 9, "retry_period": 1}, 9),
        ({"max_attempts": 100, "retry_period": 60}, 9),
        ({"max_attempts": 100, "retry_period": 61}, 9),
        ({"max_attempts": 100, "retry_period": 68}, None),
        ({"max_attempts": 100, "retry_period": 67}, 9),
        ({"max_attempts": 100, "retry_period": 1440}, None),
    ],
)
def test_more_attempts_a_day_than_the_rule_has(
    fields: dict[str, object], attempts: int | None
) -> None:
    found = of_campaign(voice(**fields))
    expected = {"attempts": attempts, "every": fields["retry_period"]}
    assert [finding.details for finding in found] == ([expected] if attempts else [])


def most_attempts(windows: list[tuple[int, int]], period: int) -> int:
    """Minute by minute: as soon as calling hours are open and the period is over."""
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
def test_attempts_are_counted_as_a_walk_counts_them(
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
    counted = [each.details["attempts"] for each in found if each.topic is Topic.ATTEMPTS]
    expected = min(most, most_attempts(pairs, period))
    assert counted == ([expected] if expected > 1 else [])


def test_a_caller_id_that_its_country_does_not_give_out() -> None:
    assert only(of_campaign(sms(caller_id="+11234567890"))) == (
        Topic.CALLER_ID,
        {"caller_id": "+11234567890"},
    )
    assert of_campaign(voice(caller_id="agent-7.example")) == []


@pytest.mark.parametrize(
    ("target", "present", "expected"),
    [
        ({"scheduled": True}, True, [Topic.SCHEDULE_REPLACED]),
        ({"scheduled": True}, False, [Topic.SCHEDULE_REPLACED]),
        ({"scheduled": False}, True, []),
        ({"scheduled": False}, False, []),
        ({"scheduled": None}, True, [Topic.SCHEDULE_REPLACED]),
        ({"scheduled": None}, False, [Topic.PRESENT_UNKNOWN]),
        ({"scheduled": None, "status": "Rescheduled"}, False, [Topic.SCHEDULE_REPLACED]),
    ],
)
def test_a_schedule_that_will_be_overwritten(
    target: dict[str, object], expected: list[Topic], *, present: bool
) -> None:
    old = plan(days=(TUE,)) if present else None
    found = of_schedule(plan(), facts(target=snapshot(**target), present=old))
    assert topics(found) == expected
    if expected == [Topic.SCHEDULE_REPLACED]:
        assert found[0].details["new"] == plan().model_dump(mode="json")
        assert found[0].details["old"] == (old and old.model_dump(mode="json"))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Active", [Topic.SCHEDULED_WHILE_RUNNING]),
        ("Paused", [Topic.SCHEDULED_WHILE_RUNNING]),
        ("Ready", []),
        ("Stopped", []),
    ],
)
def test_a_status_in_which_scheduling_is_not_known_to_work(
    status: str, expected: list[Topic]
) -> None:
    assert topics(of_schedule(plan(), about(status=status))) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"status": "Ready"}, []),
        ({"status": "Active"}, [Topic.RUNNING]),
        ({"status": "Paused"}, [Topic.NOT_KNOWN_TO_START]),
        ({"status": "Preparing"}, [Topic.NOT_KNOWN_TO_START]),
        ({"status": "Stopped"}, [Topic.STARTED_AGAIN]),
        ({"status": "Completed"}, [Topic.STARTED_AGAIN]),
        ({"status": "Scheduled", "scheduled": True}, [Topic.STARTS_BY_ITSELF]),
        ({"status": "Scheduled", "scheduled": None}, [Topic.STARTS_BY_ITSELF]),
    ],
)
def test_a_status_from_which_a_start_is_not_as_simple(
    target: dict[str, object], expected: list[Topic]
) -> None:
    assert topics(of_start(about(**target))) == expected


def test_what_could_not_be_looked_up_is_said() -> None:
    nothing = Facts()
    assert topics(of_campaign(sms(), nothing)) == [Topic.NAME_UNCHECKED, Topic.LISTS_UNCHECKED]
    unchecked = [Topic.CAMPAIGN_UNCHECKED, Topic.LISTS_UNCHECKED, Topic.NEIGHBORS_UNCHECKED]
    assert topics(of_schedule(plan(), nothing)) == unchecked
    assert topics(of_start(nothing)) == unchecked
    assert {each.severity for each in of_start(nothing)} == {Severity.UNCHECKED}


def test_blockers_come_first_then_warnings_then_what_is_unchecked() -> None:
    known = facts(contact_lists=None, neighbors=None, target=snapshot(status="Active"))
    late = plan(start=local("2027-01-11 23:00"))
    assert topics(of_schedule(late, known)) == [
        Topic.START_PASSED,
        Topic.NO_EFFECTIVE_RUN,
        Topic.SCHEDULED_WHILE_RUNNING,
        Topic.OUTSIDE_HOURS,
        Topic.LISTS_UNCHECKED,
        Topic.NEIGHBORS_UNCHECKED,
    ]


@pytest.mark.parametrize(
    ("contacts", "runs", "product"), [(1000, 30, 30_000), (0, 9, 0), (5, 0, 0), (None, 30, None)]
)
def test_the_contact_load_is_contacts_times_runs(
    contacts: int | None, runs: int, product: int | None
) -> None:
    assert load(contacts, runs) == product
    assert Load(contacts=contacts, runs=runs).product == product


def test_a_digest_is_over_canonical_json() -> None:
    text = '{"action":"create","environment":"production","payload":{"a":[1,"é"],"b":null}}'
    expected = hashlib.sha256(text.encode()).hexdigest()
    assert digest("create", "production", {"b": None, "a": [1, "é"]}) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4), st.randoms())
def test_a_digest_does_not_depend_on_the_order_of_keys(
    payload: dict[str, JsonValue],
    chance: Any,  # noqa: ANN401 # hypothesis's own random
) -> None:
    keys = list(payload)
    chance.shuffle(keys)
    assert digest("a", "b", {key: payload[key] for key in keys}) == digest("a", "b", payload)


@given(JSON, JSON)
def test_different_payloads_have_different_digests(one: JsonValue, other: JsonValue) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest("a", "b", one) == digest("a", "b", other)) is same


def test_a_digest_tells_actions_and_environments_apart() -> None:
    assert (
        len({digest(*pair, {}) for pair in [("a", "b"), ("b", "a"), ("a", "c"), ("ab", "")]}) == 4
    )
