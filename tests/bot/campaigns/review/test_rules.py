"""The operator's rules: what each allows, and the bot's defaults."""

from datetime import date, time
from typing import Any

import pytest

from bot.campaigns.hours import Weekday, Window
from bot.campaigns.review import Rules
from bot.campaigns.review.rules import CallingHoursRule, NightRule

SIGNED: dict[str, Any] = {"owner": "Compliance", "reviewed": date(2026, 10, 1)}


def test_the_bots_default_rules_have_no_owner() -> None:
    rules = Rules()
    assert (rules.calling_hours.earliest, rules.calling_hours.latest) == (time(8), time(21))
    assert rules.weekdays.days == (Weekday.SATURDAY, Weekday.SUNDAY)
    assert (rules.night.begins, rules.night.ends) == (time(21), time(8))
    assert rules.attempts.per_day == 8
    every = [getattr(rules, name) for name in Rules.model_fields]
    assert {(rule.owner, rule.reviewed) for rule in every} == {(None, None)}


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        (time(8), time(21), True),
        (time(12), time(13), True),
        (time(7, 59), time(9), False),
        (time(20), time(21, 1), False),
    ],
)
def test_calling_hours_are_allowed_between_earliest_and_latest(
    start: time, end: time, *, allowed: bool
) -> None:
    window = Window(day=Weekday.MONDAY, start=start, end=end)
    assert CallingHoursRule().allows(window) is allowed


@pytest.mark.parametrize(
    ("begins", "ends", "covered"),
    [
        (time(21), time(8), {time(0), time(7, 59), time(21), time(23, 59)}),
        (time(0), time(8), {time(0), time(7, 59)}),
        (time(8), time(8), set()),
    ],
)
def test_a_night_can_go_past_midnight(begins: time, ends: time, covered: set[time]) -> None:
    night = NightRule(begins=begins, ends=ends, **SIGNED)
    asked = {time(0), time(7, 59), time(8), time(12), time(20, 59), time(21), time(23, 59)}
    assert {moment for moment in asked if night.covers(moment)} == covered
