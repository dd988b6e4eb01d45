"""The operator's review rules in the settings file, and the errors for mistakes in them."""

from datetime import date, time
from typing import Any

import pytest

from bot.campaigns.hours import Weekday
from bot.campaigns.review import Rules
from bot.campaigns.review.rules import (
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    SmsDncListRule,
    WeekdaysRule,
)
from tests.bot.test_environments import PRODUCTION, faults, folder, load

__all__ = ["folder"]  # a fixture that each test here uses

RULES = """
[environments.production.rules.calling_hours]
earliest = 09:00:00
latest = 20:30:00
owner = "Compliance"
reviewed = 2026-10-01

[environments.production.rules.weekdays]
days = ["Sun", "friday"]
owner = "Operations"
reviewed = 2026-09-01

[environments.production.rules.night]
begins = 20:00:00
ends = 09:00:00
owner = "Compliance"
reviewed = 2026-10-01

[environments.production.rules.sms_dnc_list]
owner = "Legal"
reviewed = 2026-08-01
"""


def test_a_file_sets_rules_and_the_others_keep_their_defaults() -> None:
    (production,) = load(PRODUCTION + RULES).environments
    signed: dict[str, Any] = {"owner": "Compliance", "reviewed": date(2026, 10, 1)}
    assert production.environment.rules == Rules(
        calling_hours=CallingHoursRule(earliest=time(9), latest=time(20, 30), **signed),
        weekdays=WeekdaysRule(
            days=(Weekday.SUNDAY, Weekday.FRIDAY), owner="Operations", reviewed=date(2026, 9, 1)
        ),
        night=NightRule(begins=time(20), ends=time(9), **signed),
        attempts=AttemptsRule(),
        sms_dnc_list=SmsDncListRule(owner="Legal", reviewed=date(2026, 8, 1)),
    )
    (default,) = load(PRODUCTION).environments
    assert default.environment.rules == Rules()


SIGNATURE = "owner = 'Compliance', reviewed = 2026-10-01"
UNSIGNED = "value error, owner and reviewed needed with a rule of your own"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("quiet = {}", "quiet: extra inputs are not permitted"),
        (f"night = {{ from = 9, {SIGNATURE} }}", "night.from: extra inputs are not permitted"),
        (
            f"attempts = {{ per_day = 0, {SIGNATURE} }}",
            "attempts.per_day: input should be greater than or equal to 1",
        ),
        (
            f"weekdays = {{ days = ['Day'], {SIGNATURE} }}",
            "weekdays.days.0: input should be 0, 1, 2, 3, 4, 5 or 6",
        ),
        (
            f"weekdays = {{ days = 'Sat', {SIGNATURE} }}",
            "weekdays.days: input should be a valid tuple",
        ),
        (
            f"night = {{ begins = 9, {SIGNATURE} }}",
            "night.begins: value error, not a time of day, such as 09:00",
        ),
        (
            "night = { owner = '', reviewed = 2026-10-01 }",
            "night.owner: string should have at least 1 character",
        ),
        (
            f"calling_hours = {{ earliest = 21:00:00, latest = 21:00:00, {SIGNATURE} }}",
            "calling_hours: value error, latest is not after earliest",
        ),
        ("attempts = { per_day = 3 }", f"attempts: {UNSIGNED}"),
        ("attempts = { per_day = 3, owner = 'Compliance' }", f"attempts: {UNSIGNED}"),
        ("attempts = { per_day = 3, reviewed = 2026-10-01 }", f"attempts: {UNSIGNED}"),
        ("sms_dnc_list = { owner = 'Compliance' }", f"sms_dnc_list: {UNSIGNED}"),
    ],
)
def test_a_fault_in_a_rule_is_reported_with_its_key(rule: str, told: str) -> None:
    place = "campaign-bot.toml, environments.production.rules"
    text = f"{PRODUCTION}\n[environments.production.rules]\n{rule}\n"
    assert faults(text) == [f"{place}.{told} (the rules that reviews go by)"]
