"""A finding says what it is and why it matters, in plain words, and cites its rule."""

from datetime import date, time
from typing import Any

import pytest
from pydantic import JsonValue

from blocks.findings import finding_line
from bot.campaigns.hours import WORKDAYS, CallingHours, Weekday
from bot.campaigns.review.findings import Topic, found
from bot.campaigns.review.rules import (
    AnyRule,
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    SmsDncListRule,
    WeekdaysRule,
)
from tests.blocks.samples import HOSTILE, plan

SATURDAY = "2027-02-06T09:00:00"
ZONE = "America/New_York"
SOME: dict[str, JsonValue] = {"first": SATURDAY, "zone": ZONE, "runs": 14, "of": 50}
HOURS = CallingHours.same_every_day(ZONE, WORKDAYS, time(7), time(22)).model_dump(mode="json")
SIGNED: dict[str, Any] = {"owner": "Compliance", "reviewed": date(2026, 10, 1)}
DETAILS: dict[Topic, dict[str, JsonValue]] = {
    Topic.NAME_TAKEN: {"name": "Sale", "ids": ["cd-1", "cd-2"]},
    Topic.CAMPAIGN_MISSING: {"name": "Sale"},
    Topic.SEVERAL_CAMPAIGNS: {"name": "Sale", "ids": ["cd-1", "cd-2"]},
    Topic.NAME_SHARED: {
        "name": "Sale",
        "namesakes": [
            {"id": "cd-1", "kind": "sms"},
            {"id": "cd-2", "kind": "voice"},
            {"id": "cd-3", "kind": None},
        ],
    },
    Topic.SCHEDULE_REPLACED: {
        "old": plan(days=(1,)).model_dump(mode="json"),
        "new": plan().model_dump(mode="json"),
    },
    Topic.SCHEDULED_WHILE_RUNNING: {"status": "Active"},
    Topic.NOT_KNOWN_TO_START: {"status": "Paused"},
    Topic.STARTED_AGAIN: {"status": "Completed"},
    Topic.CALLING_HOURS: {"hours": HOURS},
    Topic.WEEKDAYS: {**SOME},
    Topic.NIGHT: {**SOME, "first": "2027-02-01T23:00:00"},
    Topic.OUTSIDE_HOURS: {**SOME, "gap": "no_hours", "opens": "2027-02-08T09:00:00"},
    Topic.CLOCK_CHANGE: {
        "first": "2027-03-15T10:00:00",
        "asked": "2027-03-15T09:00:00",
        "zone": ZONE,
        "shift": 60,
    },
    Topic.STRAYED: {**SOME, "first": "2027-03-16T00:30:00"},
    Topic.SAME_TIME: {"name": "Other", "day": "2027-02-01", "days": 3},
    Topic.LIST_NOT_FOUND: {"name": "Nwes"},
    Topic.LIST_EMPTY: {"name": "News"},
    Topic.LIST_NOT_VALIDATED: {"name": "News", "status": "Validating"},
    Topic.LIST_WITHOUT_TIME_ZONES: {"name": "News"},
    Topic.ATTEMPTS: {"attempts": 9, "every": 60},
    Topic.CALLER_ID: {"caller_id": "+11234567890"},
    Topic.LIST_NOT_SAID: {"name": "News", "facts": ["contacts", "status", "has_time_zones"]},
    Topic.NEIGHBORS_UNKNOWN: {"names": ["One", "Two"]},
}
RULES: dict[Topic, AnyRule] = {
    Topic.NO_DNC_LIST: SmsDncListRule(),
    Topic.DNC_LIST_NOT_SHOWN: SmsDncListRule(),
    Topic.CALLING_HOURS: CallingHoursRule(**SIGNED),
    Topic.WEEKDAYS: WeekdaysRule(),
    Topic.NIGHT: NightRule(),
    Topic.ATTEMPTS: AttemptsRule(),
}
WORDS = {
    Topic.NAME_TAKEN: (
        "The name “Sale” is in use: cd-1, cd-2. Kore.ai schedules by name, and may not tell "
        "capital letters from small ones. Choose another name."
    ),
    Topic.CAMPAIGN_MISSING: (
        "Kore.ai has no campaign “Sale”. Check the name with `/campaign list`, or use its ID."
    ),
    Topic.SEVERAL_CAMPAIGNS: (
        "Several campaigns are called “Sale”: cd-1, cd-2. Use the ID of the one meant."
    ),
    Topic.NAME_SHARED: (
        "Several campaigns are called “Sale”: cd-1 (SMS), cd-2 (voice), cd-3. Kore.ai schedules by "
        "name alone, and could take another than the one meant. Rename or delete one of them in "
        "the Kore.ai console, then try again."
    ),
    Topic.START_PASSED: "The start has passed. Choose a later one.",
    Topic.NO_EFFECTIVE_RUN: (
        "No run of this schedule would reach anybody: it has none at which calling hours are "
        "open, or still to open that day. Change the schedule or the calling hours."
    ),
    Topic.STARTS_BY_ITSELF: (
        "The campaign has a schedule and will start by itself. To start it now, remove its "
        "schedule first."
    ),
    Topic.RUNNING: "The campaign is running already.",
    Topic.SCHEDULE_REPLACED: (
        "The present schedule will be replaced. "
        "Now: Every week on Tue from Mon, Feb 1, 2027, 9:00 AM to Mon, Mar 1, 2027, 6:00 PM "
        "(America/New_York). "
        "Then: Every week on Mon, Wed from Mon, Feb 1, 2027, 9:00 AM to Mon, Mar 1, 2027, 6:00 PM "
        "(America/New_York)."
    ),
    Topic.SCHEDULED_WHILE_RUNNING: (
        "The campaign is Active. Whether Kore.ai takes a schedule then is unknown."
    ),
    Topic.NOT_KNOWN_TO_START: (
        "The campaign is Paused. Whether Kore.ai starts it then is unknown."
    ),
    Topic.STARTED_AGAIN: (
        "The campaign is Completed. Starting it again contacts everybody on its lists once more."
    ),
    Topic.NO_DNC_LIST: (
        "This SMS campaign has no DNC list, and Kore.ai applies its global one to voice alone. "
        "Give a reason to go on without; it is kept in the audit. "
        "Rule: a DNC list with SMS, the bot's default."
    ),
    Topic.DNC_LIST_NOT_SHOWN: (
        "Kore.ai shows no DNC list for this SMS campaign, and applies its global one to voice "
        "alone. Give a reason to go on without; it is kept in the audit. "
        "Rule: a DNC list with SMS, the bot's default."
    ),
    Topic.CALLING_HOURS: (
        "Early or late calling hours: Mon-Fri 7:00 AM-10:00 PM (America/New_York). "
        "Rule: calling hours 8:00 AM-9:00 PM, Compliance, reviewed Oct 1, 2026."
    ),
    Topic.WEEKDAYS: (
        "Runs on days kept free: 14 of the first 50 runs, the first on "
        "Sat, Feb 6, 2027, 9:00 AM (America/New_York). "
        "Rule: no runs on Sat, Sun, the bot's default."
    ),
    Topic.NIGHT: (
        "Runs at night: 14 of the first 50 runs, the first on "
        "Mon, Feb 1, 2027, 11:00 PM (America/New_York). "
        "Rule: no runs 9:00 PM-8:00 AM, the bot's default."
    ),
    Topic.OUTSIDE_HOURS: (
        "Starts outside calling hours: 14 of the first 50 runs, the first on "
        "Sat, Feb 6, 2027, 9:00 AM (America/New_York), a day without any. "
        "They next open Mon, Feb 8, 2027, 9:00 AM; whether Kore.ai waits until then is unknown."
    ),
    Topic.CLOCK_CHANGE: (
        "The clocks change and Kore.ai keeps to UTC: from Mon, Mar 15, 2027, 10:00 AM "
        "(America/New_York) on, runs start 1 hour later. "
        "That one was asked for on Mon, Mar 15, 2027, 9:00 AM."
    ),
    Topic.STRAYED: (
        "On another day than asked for: 14 of the first 50 runs, the first on "
        "Tue, Mar 16, 2027, 12:30 AM (America/New_York). Kore.ai counts days and weeks in UTC."
    ),
    Topic.SAME_TIME: (
        "“Other” uses one of the same contact lists and runs on the same day: "
        "Feb 1, 2027 (UTC) and 2 more days. Kore.ai does not run two campaigns on one list at once."
    ),
    Topic.LIST_NOT_FOUND: "Kore.ai lists no contact list “Nwes”. Check its name.",
    Topic.LIST_EMPTY: "The contact list “News” is empty.",
    Topic.LIST_NOT_VALIDATED: (
        "The contact list “News” is Validating; whether Kore.ai reaches its contacts is unknown."
    ),
    Topic.LIST_WITHOUT_TIME_ZONES: (
        "The contact list “News” has no time zone column: calling hours go by the campaign's "
        "zone for everybody on it, wherever they are."
    ),
    Topic.ATTEMPTS: (
        "Up to 9 attempts at one contact in a day, 1 hour apart. "
        "Rule: at most 8 attempts a day, the bot's default."
    ),
    Topic.CALLER_ID: "The caller ID +11234567890 is not a valid number for its country. Check it.",
    Topic.NAME_UNCHECKED: "Whether the name is in use already could not be checked.",
    Topic.NAMESAKES_UNCHECKED: (
        "Whether another campaign has the same name could not be checked, and Kore.ai schedules by "
        "name alone. The bot will check it again before it sends anything."
    ),
    Topic.CAMPAIGN_UNCHECKED: (
        "The campaign could not be looked up. Its status, its schedule, its calling hours and its "
        "DNC list were not checked."
    ),
    Topic.HOURS_UNKNOWN: (
        "Kore.ai does not say the campaign's calling hours. Whether runs fall into them was not "
        "checked."
    ),
    Topic.PRESENT_UNKNOWN: (
        "Kore.ai does not say whether the campaign has a schedule. If it has one, it will be "
        "replaced."
    ),
    Topic.LISTS_UNCHECKED: (
        "The contact lists could not be looked up. Whether they are empty, validated and have "
        "time zones was not checked."
    ),
    Topic.LIST_NOT_SAID: (
        "Kore.ai does not say of the contact list “News”: how many contacts it has, its status, "
        "whether it has a time zone column."
    ),
    Topic.NEIGHBORS_UNCHECKED: (
        "Whether other campaigns use the same contact lists at the same time could not be checked."
    ),
    Topic.NEIGHBORS_UNKNOWN: (
        "Also on the same contact lists, at times the bot does not know: One, Two."
    ),
}
TYPED = [
    (topic, key)
    for topic, details in DETAILS.items()
    for key in ("name", "ids", "names", "status", "caller_id", "zone")
    if key in details
]


any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def line(topic: Topic, **details: JsonValue) -> str:
    return finding_line(found(topic, RULES.get(topic), **(DETAILS.get(topic, {}) | details)))


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_its_words(topic: Topic) -> None:
    assert line(topic) == WORDS[topic]


@any_text
@pytest.mark.parametrize(("topic", "key"), TYPED)
def test_nothing_typed_links_or_pings_or_runs_on(topic: Topic, key: str, text: str) -> None:
    value: JsonValue = [text] if key in {"ids", "names"} else text
    said = line(topic, **{key: value})
    assert "<" not in said
    assert len(said) < 1200


def test_an_owner_can_neither_link_nor_ping() -> None:
    rule = SmsDncListRule(owner="<!channel>", reviewed=date(2026, 8, 1))
    assert finding_line(found(Topic.NO_DNC_LIST, rule)).endswith(
        "Rule: a DNC list with SMS, &lt;!channel&gt;, reviewed Aug 1, 2026."
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CallingHoursRule(earliest=time(9), **SIGNED), "calling hours 9:00 AM-9:00 PM"),
        (WeekdaysRule(days=(Weekday.SUNDAY,), **SIGNED), "no runs on Sun"),
        (NightRule(begins=time(20, 30), **SIGNED), "no runs 8:30 PM-8:00 AM"),
        (AttemptsRule(per_day=3, **SIGNED), "at most 3 attempts a day"),
        (SmsDncListRule(**SIGNED), "a DNC list with SMS"),
    ],
)
def test_a_rule_is_cited_with_its_owner_and_the_day_of_its_review(
    rule: AnyRule, words: str
) -> None:
    said = finding_line(found(Topic.START_PASSED, rule))
    assert said == f"{WORDS[Topic.START_PASSED]} Rule: {words}, Compliance, reviewed Oct 1, 2026."


def test_a_schedule_that_the_bot_does_not_know_is_said_to_be_so() -> None:
    assert line(Topic.SCHEDULE_REPLACED, old=None).startswith(
        "The present schedule will be replaced. Now: one that the bot does not know. Then: Every"
    )


@pytest.mark.parametrize(
    ("runs", "of", "words"),
    [
        (1, 1, "the run of Sat, Feb 6, 2027, 9:00 AM (America/New_York)."),
        (1, 9, "1 of the first 9 runs, on Sat, Feb 6, 2027, 9:00 AM (America/New_York)."),
        (2, 9, "2 of the first 9 runs, the first on Sat, Feb 6, 2027, 9:00 AM (America/New_York)."),
    ],
)
def test_which_runs_are_meant(runs: int, of: int, words: str) -> None:
    assert f": {words} " in line(Topic.WEEKDAYS, runs=runs, of=of)


@pytest.mark.parametrize(
    ("gap", "opens", "words"),
    [
        ("no_hours", "2027-02-06T10:00:00", "a day without any. They next open Sat"),
        ("before_hours", "2027-02-06T10:00:00", "before they open. They next open Sat"),
        ("between_hours", "2027-02-06T10:00:00", "while they pause. They next open Sat"),
        ("after_hours", "2027-02-06T10:00:00", "after they close. They next open Sat"),
    ],
)
def test_each_gap_has_its_words(gap: str, opens: str, words: str) -> None:
    said = line(Topic.OUTSIDE_HOURS, gap=gap, opens=opens)
    assert said.endswith(f"(America/New_York), {words}, Feb 6, 2027, 10:00 AM.")


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (60, "1 hour later"),
        (-60, "1 hour earlier"),
        (120, "2 hours later"),
        (30, "30 minutes later"),
        (-1, "1 minute earlier"),
    ],
)
def test_how_far_runs_are_moved(shift: int, words: str) -> None:
    assert f"runs start {words}." in line(Topic.CLOCK_CHANGE, shift=shift)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "(UTC). "), (2, "(UTC) and 1 more day. "), (3, "(UTC) and 2 more days. ")],
)
def test_how_many_days_are_shared(days: int, words: str) -> None:
    assert f"Feb 1, 2027 {words}" in line(Topic.SAME_TIME, days=days)


def test_of_many_names_the_first_are_said() -> None:
    names: list[JsonValue] = ["A", "B", "C", "D", "E", "F", "G"]
    assert line(Topic.NEIGHBORS_UNKNOWN, names=names).endswith(": A, B, C, D, E, 2 more.")
    assert line(Topic.NEIGHBORS_UNKNOWN, names=names[:5]).endswith(": A, B, C, D, E.")
