"""Findings about a schedule's runs, in words."""

from datetime import timedelta

from blocks import times
from blocks.findings.words import finding_words, span, typed
from bot.campaigns.review import runs
from bot.campaigns.runs import Gap

_GAPS = {
    Gap.NO_HOURS: "a day without calling hours",
    Gap.BEFORE_HOURS: "before they open",
    Gap.BETWEEN_HOURS: "while they pause",
    Gap.AFTER_HOURS: "after they close",
}


@finding_words.register
def _(_finding: runs.StartPassed) -> str:
    return "The start has passed. Choose a later one."


@finding_words.register
def _(_finding: runs.NoEffectiveRun) -> str:
    return (
        "No run of this schedule would reach anybody: calling hours are not open at any run, and "
        "do not open later that day. Change the schedule or the calling hours."
    )


@finding_words.register
def _(finding: runs.RunsOnExcludedDays) -> str:
    return f"Runs on excluded days: {_which(finding)}."


@finding_words.register
def _(finding: runs.RunsAtNight) -> str:
    return f"Runs at night: {_which(finding)}."


@finding_words.register
def _(finding: runs.RunsOutsideHours) -> str:
    opens = times.day_and_time(finding.opens)
    # A run waits for calling hours within its day; Kore.ai's pages do not say if it does overnight.
    same_day = finding.first.date() == finding.opens.date()
    waits = "" if same_day else "; whether Kore.ai waits until then is unknown"
    return (
        f"Starts outside calling hours: {_which(finding)}, {_GAPS[finding.gap]}. "
        f"They next open {opens}{waits}."
    )


@finding_words.register
def _(finding: runs.RunsMovedByClocks) -> str:
    first, planned = times.day_and_time(finding.first), times.day_and_time(finding.asked)
    later = "later" if finding.shift > timedelta() else "earlier"
    return (
        f"The clocks change and Kore.ai keeps to UTC: from {first} ({typed(finding.zone)}) on, "
        f"runs start {span(abs(finding.shift))} {later}. That run was planned for {planned}."
    )


@finding_words.register
def _(finding: runs.RunsOnOtherDays) -> str:
    return f"On another day than planned: {_which(finding)}. Kore.ai counts days and weeks in UTC."


def _which(found: runs.SomeRuns) -> str:
    """Return how many of the checked runs are affected, and the first of them."""
    first = f"{times.day_and_time(found.first)} ({typed(found.zone)})"
    if found.of == 1:
        return f"the run of {first}"
    on = "on" if found.runs == 1 else "the first on"
    return f"{found.runs} of {found.of} runs, {on} {first}"
