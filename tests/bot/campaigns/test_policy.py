"""Policy: which submissions need approval, by action, contact load and hours."""

import tomllib
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.campaigns.hours import Weekday
from bot.campaigns.policy import APPROVABLE, ApprovalReason, OfficeHours, Policy
from bot.campaigns.roles import Permission

CREATE, SCHEDULE, START, STATUS, LIST = (
    Permission(each) for each in ("create", "schedule", "start", "status", "list")
)
UNSCHEDULE, STOP, APPROVE = Permission.UNSCHEDULE, Permission.STOP, Permission.APPROVE
BERLIN = {"zone": "Europe/Berlin", "opens": "09:00", "closes": "18:00"}
# A Monday; in Berlin it is 11:00.
OPEN = datetime(2026, 6, 1, 9, tzinfo=UTC)
NIGHT = datetime(2026, 6, 1, 22, tzinfo=UTC)


def policy(**rules: object) -> Policy:
    return Policy.model_validate({"approvers_channel": "C0APPROVERS"} | rules)


def test_a_policy_is_read_from_a_settings_file() -> None:
    table = tomllib.loads("""
        approval_for = ["start", "schedule"]
        approval_from_load = 5000
        approval_outside = { zone = "Asia/Dubai", days = ["sunday", "Mon"], opens = 09:00:00, closes = "17:30" }
        approvers_channel = "C0123"
        expires_after_hours = 8
        remind_after_hours = 2
        hold_minutes = 15
    """)  # noqa: E501 # an inline table is one line
    read = Policy.model_validate(table)
    assert read.approval_for == {START, SCHEDULE}
    assert read.approval_from_load == 5000
    assert read.approval_outside == OfficeHours(
        zone="Asia/Dubai",
        days=frozenset({Weekday.SUNDAY, Weekday.MONDAY}),
        opens=time(9),
        closes=time(17, 30),
    )
    assert read.approvers_channel == "C0123"
    assert (read.expires_after_hours, read.remind_after_hours, read.hold_minutes) == (8, 2, 15)


def test_without_a_policy_nothing_needs_approval() -> None:
    none = Policy.model_validate({})
    assert {none.needs_approval(each, None, NIGHT) for each in Permission} == {None}
    assert (none.expires_after_hours, none.remind_after_hours, none.hold_minutes) == (24, 4, 0)


@pytest.mark.parametrize("action", sorted(APPROVABLE))
def test_a_named_action_needs_approval_with_any_load(action: Permission) -> None:
    named = policy(approval_for=[action])
    assert named.needs_approval(action, 0, OPEN) is ApprovalReason.ACTION
    others = {named.needs_approval(each, None, NIGHT) for each in Permission if each is not action}
    assert others == {None}


@pytest.mark.parametrize(
    ("load", "reason"),
    [(0, None), (999, None), (1000, ApprovalReason.LOAD), (10**9, ApprovalReason.LOAD)],
)
def test_a_load_from_the_limit_on_needs_approval(load: int, reason: ApprovalReason | None) -> None:
    assert policy(approval_from_load=1000).needs_approval(SCHEDULE, load, OPEN) is reason


def test_an_unknown_load_needs_approval() -> None:
    assert (
        policy(approval_from_load=10**9).needs_approval(START, None, OPEN)
        is ApprovalReason.LOAD_UNKNOWN
    )
    assert policy(approval_for=["schedule"]).needs_approval(START, None, OPEN) is None


@pytest.mark.parametrize("action", Permission)
def test_load_and_hours_matter_only_for_actions_that_lead_to_contacts(action: Permission) -> None:
    strict = policy(approval_from_load=1, approval_outside=BERLIN)
    reaches = action in {CREATE, SCHEDULE, START, Permission.EDIT}
    assert (action in APPROVABLE) is reaches
    assert strict.needs_approval(action, 5, OPEN) is (ApprovalReason.LOAD if reaches else None)
    assert strict.needs_approval(action, 0, NIGHT) is (ApprovalReason.HOURS if reaches else None)


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        ("2026-06-01T06:59:59.999999", False),  # Monday, summer time
        ("2026-06-01T07:00", True),
        ("2026-06-01T15:59:59.999999", True),
        ("2026-06-01T16:00", False),
        ("2026-01-05T07:59", False),  # Monday, winter time
        ("2026-01-05T08:00", True),
        ("2026-01-05T17:00", False),
        ("2026-06-05T12:00", True),  # Friday
        ("2026-06-06T12:00", False),  # Saturday
        ("2026-06-07T12:00", False),  # Sunday
        ("2026-03-30T07:00", True),  # the Monday after the clocks went forward
        ("2026-03-27T07:30", False),  # the Friday before
    ],
)
def test_office_hours_are_in_local_time(at: str, inside: bool) -> None:  # noqa: FBT001 # a table's column
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    reason = policy(approval_outside=BERLIN).needs_approval(START, 1, moment)
    assert reason is (None if inside else ApprovalReason.HOURS)


def test_office_days_are_in_local_time() -> None:
    """Sunday evening in UTC is Monday morning in Auckland."""
    auckland = BERLIN | {"zone": "Pacific/Auckland"}
    sunday = datetime(2026, 6, 7, 22, tzinfo=UTC)
    assert policy(approval_outside=auckland).needs_approval(START, 1, sunday) is None


def test_the_first_of_several_reasons_is_given() -> None:
    rules = {"approval_for": ["start"], "approval_from_load": 10, "approval_outside": BERLIN}
    assert policy(**rules).needs_approval(START, 10, NIGHT) is ApprovalReason.ACTION
    assert policy(**rules).needs_approval(SCHEDULE, 10, NIGHT) is ApprovalReason.LOAD
    assert policy(**rules).needs_approval(SCHEDULE, None, NIGHT) is ApprovalReason.LOAD_UNKNOWN
    assert policy(**rules).needs_approval(SCHEDULE, 9, NIGHT) is ApprovalReason.HOURS
    assert policy(**rules).needs_approval(SCHEDULE, 9, OPEN) is None


@given(st.integers(1, 10**6), st.none() | st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_load_never_needs_less_approval(least: int, load: int | None, more: int) -> None:
    rule = policy(approval_from_load=least)
    if rule.needs_approval(START, load, OPEN):
        assert rule.needs_approval(START, None if load is None else load + more, OPEN)


@pytest.mark.parametrize("action", sorted(set(Permission) - APPROVABLE))
def test_an_action_that_contacts_nobody_cannot_need_approval(action: Permission) -> None:
    with pytest.raises(ValidationError, match=f"nobody can be asked to approve: {action}"):
        policy(approval_for=[action])


@pytest.mark.parametrize(
    "rule",
    [{"approval_for": ["start"]}, {"approval_from_load": 1}, {"approval_outside": BERLIN}],
)
def test_a_policy_needs_a_channel_for_approvals(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="approvers_channel does not say where"):
        Policy.model_validate(rule)


@pytest.mark.parametrize(
    "hours",
    [
        {"opens": "18:00"},
        {"opens": "19:00"},
        {"opens": 9},
        {"opens": "9"},
        {"opens": "09:00Z"},
        {"opens": "nine"},
        {"days": []},
        {"days": ["moonday"]},
        {"zone": "Mars/Olympus"},
    ],
)
def test_invalid_office_hours_are_refused(hours: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OfficeHours.model_validate(BERLIN | hours)


@pytest.mark.parametrize(
    "rule",
    [
        {"approval_for": ["lunch"]},
        {"approval_from_load": 0},
        {"approvers_channel": "#approvers"},
        {"approvers_channel": "U0123"},
        {"expires_after_hours": 0},
        {"hold_minutes": -1},
        {"hold": 5},
    ],
)
def test_invalid_rules_are_refused(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        policy(**rule)
