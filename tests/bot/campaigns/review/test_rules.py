"""The operator's rules, read from a file, and the bot's defaults."""

import tomllib
from datetime import date, time

import pytest

from bot.campaigns.hours import Weekday, Window
from bot.campaigns.review.rules import (
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    Rules,
    RulesFault,
    SmsDncListRule,
    WeekdaysRule,
    read_rules,
)

FILE = """
[calling_hours]
earliest = 09:00:00
latest = 20:30:00
owner = "Compliance"
reviewed = 2026-10-01

[weekdays]
days = ["Sun", "Fri"]
owner = "Operations"
reviewed = 2026-09-01

[night]
begins = 20:00:00
ends = 09:00:00
owner = "Compliance"
reviewed = 2026-10-01

[attempts]
per_day = 3
owner = "Compliance"
reviewed = 2026-10-01

[sms_dnc_list]
owner = "Legal"
reviewed = 2026-08-01
"""
SIGNED = {"owner": "Compliance", "reviewed": date(2026, 10, 1)}
SIGNATURE = "\nowner = 'Compliance'\nreviewed = 2026-10-01"


def test_rules_are_read_from_a_file() -> None:
    assert read_rules(tomllib.loads(FILE)) == Rules(
        calling_hours=CallingHoursRule(earliest=time(9), latest=time(20, 30), **SIGNED),
        weekdays=WeekdaysRule(
            days=(Weekday.SUNDAY, Weekday.FRIDAY),
            owner="Operations",
            reviewed=date(2026, 9, 1),
        ),
        night=NightRule(begins=time(20), ends=time(9), **SIGNED),
        attempts=AttemptsRule(per_day=3, **SIGNED),
        sms_dnc_list=SmsDncListRule(owner="Legal", reviewed=date(2026, 8, 1)),
    )


def test_without_a_file_the_rules_are_the_bots_defaults() -> None:
    rules = read_rules({})
    assert (rules.calling_hours.earliest, rules.calling_hours.latest) == (time(8), time(21))
    assert rules.weekdays.days == (Weekday.SATURDAY, Weekday.SUNDAY)
    assert (rules.night.begins, rules.night.ends) == (time(21), time(8))
    assert rules.attempts.per_day == 8
    every = (
        rules.calling_hours,
        rules.weekdays,
        rules.night,
        rules.attempts,
        rules.sms_dnc_list,
    )
    assert {(rule.owner, rule.reviewed) for rule in every} == {(None, None)}


def test_a_rule_that_is_left_out_stays_the_default() -> None:
    rules = read_rules(tomllib.loads(f"[attempts]\nper_day = 3{SIGNATURE}"))
    assert rules == Rules(attempts=AttemptsRule(per_day=3, **SIGNED))


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("[quiet]", "quiet: Extra inputs are not permitted"),
        (f"[night]\nfrom = 9{SIGNATURE}", "night.from: Extra inputs are not permitted"),
        (f"[attempts]\nper_day = '3'{SIGNATURE}", "attempts.per_day: Input should be a valid int"),
        (f"[attempts]\nper_day = 0{SIGNATURE}", "attempts.per_day: Input should be greater than"),
        (f"[weekdays]\ndays = ['Day']{SIGNATURE}", "weekdays.days.0: Input should be"),
        (f"[weekdays]\ndays = 'Sat'{SIGNATURE}", "weekdays.days: Input should be a valid tuple"),
        (f"[night]\nbegins = 9{SIGNATURE}", "night.begins: not a time of day, such as 09:00"),
        ("[night]\nowner = ''\nreviewed = 2026-10-01", "night.owner: String should have at least"),
        (
            f"[calling_hours]\nearliest = 21:00:00\nlatest = 21:00:00{SIGNATURE}",
            "calling_hours: latest is not after earliest",
        ),
    ],
)
def test_a_fault_is_told_beside_its_key(toml: str, fault: str) -> None:
    with pytest.raises(RulesFault) as caught:
        read_rules(tomllib.loads(toml))
    assert str(caught.value).startswith(fault)
    assert "\n" not in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(RulesFault) as caught:
        read_rules({"quiet": {}, "night": 9, "attempts": {"per_day": 0}})
    keys = {line.partition(":")[0] for line in str(caught.value).splitlines()}
    assert keys == {"quiet", "night", "attempts.per_day"}


@pytest.mark.parametrize(
    "toml",
    [
        "[attempts]\nper_day = 3",
        "[attempts]\nper_day = 3\nowner = 'Compliance'",
        "[attempts]\nper_day = 3\nreviewed = 2026-10-01",
        "[sms_dnc_list]\nowner = 'Compliance'",
    ],
)
def test_a_rule_of_ones_own_needs_an_owner_and_a_review_date(toml: str) -> None:
    with pytest.raises(RulesFault, match="owner and reviewed needed with a rule of your own"):
        read_rules(tomllib.loads(toml))


@pytest.mark.parametrize(
    ("start", "end", "allowed"),
    [
        (time(8), time(21), True),
        (time(12), time(13), True),
        (time(7, 59), time(9), False),
        (time(20), time(21, 1), False),
    ],
)
def test_calling_hours_are_allowed_between_the_two_times(
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
