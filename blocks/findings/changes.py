"""Findings about other unfinished changes of the campaign, in words."""

from datetime import datetime

from blocks import times
from blocks.actions import WORDS
from blocks.findings.words import finding_words
from blocks.kit import escape
from bot.campaigns.actions import Action
from bot.campaigns.review import OpenChange, changes
from bot.campaigns.schedule import Schedule


@finding_words.register
def _(finding: changes.UnfinishedChange) -> str:
    change = finding.change
    wants = f"<@{escape(change.by)}> {WORDS[change.action].wants}"
    if change.schedule:
        wants += f": {_coming(change.schedule, finding.first_run)}"
    return f"{wants}. {_state(change)}{_order(finding)}"


def _coming(schedule: Schedule, first: datetime | None) -> str:
    """Return how the schedule repeats, and when it first runs from now on."""
    runs = f"first run {times.day_and_time(first)}" if first else "no more runs"
    return f"{times.recurrence(schedule)}, {runs} ({escape(schedule.zone)})"


def _state(change: OpenChange) -> str:
    if change.release_at:
        until = times.readers_time(change.release_at)
        return f"That request is approved, and goes ahead {until} unless it is canceled."
    return "That request waits for approval." if change.waits else "That is being done now."


def _order(finding: changes.UnfinishedChange) -> str:
    """Return what that request means for the reviewed action."""
    if finding.competes:
        return (
            " Only the request that is approved first will be carried out. The other one ends, and "
            "its author is told."
        )
    if finding.change.action is Action.SCHEDULE:
        return " If it is carried out after yours, the campaign gets that schedule."
    return ""
