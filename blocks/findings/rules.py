"""The operator's rules in words, as findings cite them."""

from blocks import times
from blocks.kit import escape
from bot.campaigns.review.rules import (
    AnyRule,
    AttemptsRule,
    CallingHoursRule,
    NightRule,
    SmsDncListRule,
    WeekdaysRule,
)


def citation(rule: AnyRule) -> str:
    """Return what a rule requires, who owns it, and when they last reviewed it."""
    if not (rule.owner and rule.reviewed):
        return f"Rule: {_requirement(rule)}, the bot's default."
    owner, reviewed = escape(rule.owner), times.day(rule.reviewed)
    return f"Rule: {_requirement(rule)}, {owner}, reviewed {reviewed}."


def _requirement(rule: AnyRule) -> str:
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
