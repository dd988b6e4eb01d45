"""What a review found, in words: the finding, why it matters, and the rule it goes by."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from pydantic import JsonValue

from blocks import times
from blocks.kit import clamp, escape
from blocks.names import list_progress, namesakes
from bot.campaigns.hours import CallingHours
from bot.campaigns.reasons import ListProgress, Namesake
from bot.campaigns.review.findings import Finding, Topic
from bot.campaigns.review.rules import (
    AnyRule,
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    SmsDncListRule,
    WeekdaysRule,
)
from bot.campaigns.runs import Gap
from bot.campaigns.schedule import Schedule

Details = Mapping[str, JsonValue]

NAME_MAX = 150
_NAMES_SHOWN = 5
# By topic; what stands in braces are the finding's details in words, and `which` of the runs.
_SENTENCES = {
    Topic.NAME_TAKEN: (
        "The name “{name}” is in use: {ids}. Kore.ai schedules by name, and may not tell capital "
        "letters from small ones. Choose another name."
    ),
    Topic.CAMPAIGN_MISSING: (
        "Kore.ai has no campaign “{name}”. Check the name with `/campaign list`, or use its ID."
    ),
    Topic.SEVERAL_CAMPAIGNS: (
        "Several campaigns are called “{name}”: {ids}. Use the ID of the one meant."
    ),
    Topic.NAME_SHARED: (
        "Several campaigns are called “{name}”: {namesakes}. Kore.ai schedules by name alone, and "
        "could take another than the one meant. Rename or delete one of them in the Kore.ai "
        "console, then try again."
    ),
    Topic.START_PASSED: "The start has passed. Choose a later one.",
    Topic.NO_EFFECTIVE_RUN: (
        "No run of this schedule would reach anybody: it has none at which calling hours are open, "
        "or still to open that day. Change the schedule or the calling hours."
    ),
    Topic.STARTS_BY_ITSELF: (
        "The campaign has a schedule and will start by itself. To start it now, remove its "
        "schedule first."
    ),
    Topic.RUNNING: "The campaign is running already.",
    Topic.SCHEDULE_REPLACED: "The present schedule will be replaced. Now: {old}. Then: {new}.",
    Topic.SCHEDULED_WHILE_RUNNING: (
        "The campaign is {status}. Whether Kore.ai takes a schedule then is unknown."
    ),
    Topic.NOT_KNOWN_TO_START: (
        "The campaign is {status}. Whether Kore.ai starts it then is unknown."
    ),
    Topic.STARTED_AGAIN: (
        "The campaign is {status}. Starting it again contacts everybody on its lists once more."
    ),
    Topic.NO_DNC_LIST: (
        "This SMS campaign has no DNC list, and Kore.ai applies its global one to voice alone. "
        "Give a reason to go on without; it is kept in the audit."
    ),
    Topic.DNC_LIST_NOT_SHOWN: (
        "Kore.ai shows no DNC list for this SMS campaign, and applies its global one to voice "
        "alone. Give a reason to go on without; it is kept in the audit."
    ),
    Topic.CALLING_HOURS: "Early or late calling hours: {hours}.",
    Topic.WEEKDAYS: "Runs on days kept free: {which}.",
    Topic.NIGHT: "Runs at night: {which}.",
    Topic.OUTSIDE_HOURS: (
        "Starts outside calling hours: {which}, {gap}. They next open {opens}{waits}."
    ),
    Topic.CLOCK_CHANGE: (
        "The clocks change and Kore.ai keeps to UTC: from {first} ({zone}) on, runs start "
        "{shift}. That one was asked for on {asked}."
    ),
    Topic.STRAYED: (
        "On another day than asked for: {which}. Kore.ai counts days and weeks in UTC."
    ),
    Topic.SAME_TIME: (
        "“{name}” uses one of the same contact lists and runs on the same day: {day} (UTC){more}. "
        "Kore.ai does not run two campaigns on one list at once."
    ),
    Topic.LIST_NOT_FOUND: "Kore.ai lists no contact list “{name}”. Check its name.",
    Topic.LIST_EMPTY: "The contact list “{name}” is empty.",
    Topic.LIST_NOT_VALIDATED: (
        "The contact list “{name}” is {status}; whether Kore.ai reaches its contacts is unknown."
    ),
    Topic.LIST_WITHOUT_TIME_ZONES: (
        "The contact list “{name}” has no time zone column: calling hours go by the campaign's "
        "zone for everybody on it, wherever they are."
    ),
    Topic.ATTEMPTS: ("Up to {attempts} attempts at one contact in a day, {every} apart."),
    Topic.CALLER_ID: ("The caller ID {caller_id} is not a valid number for its country. Check it."),
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
    Topic.LIST_NOT_SAID: "Kore.ai does not say of the contact list “{name}”: {facts}.",
    Topic.NEIGHBORS_UNCHECKED: (
        "Whether other campaigns use the same contact lists at the same time could not be checked."
    ),
    Topic.NEIGHBORS_UNKNOWN: (
        "Also on the same contact lists, at times the bot does not know: {names}."
    ),
}
_GAPS = {
    Gap.NO_HOURS: "a day without any",
    Gap.BEFORE_HOURS: "before they open",
    Gap.BETWEEN_HOURS: "while they pause",
    Gap.AFTER_HOURS: "after they close",
}
_FACTS = {
    "contacts": "how many contacts it has",
    "status": "its status",
    "has_time_zones": "whether it has a time zone column",
}


def finding_line(finding: Finding) -> str:
    """The finding as formatted text, with its rule; whatever was typed is escaped."""
    details = finding.details
    words = {key: _WORDS.get(key, _typed)(value) for key, value in details.items()}
    words |= {key: draw(details) for key, (needs, draw) in _DRAWN.items() if needs in details}
    sentences = [_SENTENCES[finding.topic].format_map(words)]
    # How far the bot read is known only where it could ask for the list at all.
    sentences += [words["progress"]] if "progress" in details else []
    sentences += [_citation(finding.rule)] if finding.rule else []
    return " ".join(sentences)


def _citation(rule: AnyRule) -> str:
    """What a rule asks for, whose it is, and when they last looked at it."""
    if not (rule.owner and rule.reviewed):
        return f"Rule: {_asked_for(rule)}, the bot's default."
    owner, reviewed = escape(rule.owner), times.day(rule.reviewed)
    return f"Rule: {_asked_for(rule)}, {owner}, reviewed {reviewed}."


def _asked_for(rule: AnyRule) -> str:
    match rule:
        case CallingHoursRule():
            return f"calling hours {times.clock(rule.earliest)}-{times.clock(rule.latest)}"
        case WeekdaysRule():
            return f"no runs on {times.weekdays(rule.days)}"
        case NightRule():
            return f"no runs {times.clock(rule.begins)}-{times.clock(rule.ends)}"
        case AttemptsRule():
            return f"at most {rule.per_day} attempts a day"
        case SmsDncListRule():
            return "a DNC list with SMS"


def _typed(value: JsonValue) -> str:
    return escape(clamp(str(value), NAME_MAX))


def _names(value: JsonValue) -> str:
    """The first few names, and how many more there are."""
    names = value if isinstance(value, list) else [value]
    shown = [_typed(name) for name in names[:_NAMES_SHOWN]]
    rest = [f"{len(names) - _NAMES_SHOWN} more"] if len(names) > _NAMES_SHOWN else []
    return ", ".join(shown + rest)


def _namesakes(value: JsonValue) -> str:
    listed = value if isinstance(value, list) else [value]
    return namesakes([Namesake.model_validate(each) for each in listed])


def _facts(value: JsonValue) -> str:
    return ", ".join(_FACTS[str(fact)] for fact in value) if isinstance(value, list) else ""


def _moment(value: JsonValue) -> str:
    return times.day_and_time(datetime.fromisoformat(str(value)))


def _day(value: JsonValue) -> str:
    return times.day(date.fromisoformat(str(value)))


def _hours(value: JsonValue) -> str:
    return times.calling_hours(CallingHours.model_validate(value))


def _schedule(value: JsonValue) -> str:
    if value is None:
        return "one that the bot does not know"
    schedule = Schedule.model_validate(value)
    start, end = (times.day_and_time(each) for each in (schedule.start, schedule.end))
    return f"{times.recurrence(schedule)} from {start} to {end} ({escape(schedule.zone)})"


def _span(value: JsonValue) -> str:
    """Minutes in words, in hours where they are whole hours."""
    count, unit = int(str(value)), "minute"
    if count % 60 == 0:
        count, unit = count // 60, "hour"
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _shift(value: JsonValue) -> str:
    minutes = int(str(value))
    return f"{_span(abs(minutes))} {'later' if minutes > 0 else 'earlier'}"


def _which(details: Details) -> str:
    """Which runs: how many of those looked at, and the first of them."""
    runs, of = details["runs"], details["of"]
    first = f"{_moment(details['first'])} ({_typed(details['zone'])})"
    if of == 1:
        return f"the run of {first}"
    return f"{runs} of the first {of} runs, {'on' if runs == 1 else 'the first on'} {first}"


def _waits(details: Details) -> str:
    """Within its day a run waits for calling hours; no page says whether it does overnight."""
    first, opens = (datetime.fromisoformat(str(details[key])) for key in ("first", "opens"))
    same_day = first.date() == opens.date()
    return "" if same_day else "; whether Kore.ai waits until then is unknown"


def _more_days(details: Details) -> str:
    more = int(str(details["days"])) - 1
    return f" and {more} more {'day' if more == 1 else 'days'}" if more else ""


# How a detail is said, by its key; any other is taken for something typed.
_WORDS: dict[str, Callable[[JsonValue], str]] = {
    "ids": _names,
    "names": _names,
    "namesakes": _namesakes,
    "progress": lambda progress: list_progress(ListProgress.model_validate(progress)),
    "facts": _facts,
    "old": _schedule,
    "new": _schedule,
    "hours": _hours,
    "gap": lambda gap: _GAPS[Gap(str(gap))],
    "first": _moment,
    "asked": _moment,
    "opens": _moment,
    "day": _day,
    "shift": _shift,
    "every": _span,
}
# What is drawn together from several details, by the one that calls for it.
_DRAWN: dict[str, tuple[str, Callable[[Details], str]]] = {
    "which": ("of", _which),
    "waits": ("opens", _waits),
    "more": ("days", _more_days),
}
