"""Findings about several campaigns in one file, in words."""

from collections.abc import Sequence

from blocks.findings.contacts import unreadable
from blocks.findings.lines import finding_line
from blocks.findings.words import finding_words, listed, names, typed
from bot.campaigns.campaign_files import Column, Problem, RowProblem
from bot.campaigns.review import imports

_COLUMNS = {
    Column.NAME: "Name",
    Column.DESCRIPTION: "Description",
    Column.KIND: "Type",
    Column.MESSAGE: "Message",
    Column.TEMPLATE: "Template",
    Column.FLOW: "Flow",
    Column.CONTACT_LISTS: "Contact lists",
    Column.DNC_LIST: "DNC list",
    Column.CALLER_ID: "Caller ID",
    Column.PRIORITY: "Priority",
    Column.CALLING_DAYS: "Calling days",
    Column.CALLING_HOURS: "Calling hours",
    Column.SCHEDULE: "Schedule",
}
_PROBLEMS = {
    Problem.MISSING: "nothing is there",
    Problem.LONG: "it has more than {detail} characters",
    Problem.MANY: "it has more than {detail} values",
    Problem.INVALID: "this is no value for it",
    Problem.WIDE: "the line has more values than there are columns",
    Problem.TWICE: "line {detail} has the same name",
    Problem.BOTH: "the line has a text too, and a campaign sends either a text or a flow",
    Problem.VOICE: "voice campaigns cannot be imported; create them with `/campaign voice`",
    Problem.NUMBER: "no country has such phone numbers",
    Problem.NO_COUNTRY: "the number needs its country code",
    Problem.SENDER: "this is no phone number, short code or sender ID",
    Problem.ORDER: "the end is not after the start",
    Problem.NOT_UNDERSTOOD: "“{detail}” was not understood",
    Problem.NO_RECURRENCE: "it does not say how it repeats; write “every day” or “every Tuesday”",
    Problem.NO_START: "it does not say when it starts",
    Problem.NO_END: "it does not say until when; write “until Dec 31”",
    Problem.SKIPPED: "the clocks skip its start or its end on that day",
}
# Of these the author chooses what to write, so examples help.
_EXAMPLES = {
    Column.PRIORITY: "Write 1 to 5.",
    Column.KIND: "Write SMS, or leave it empty.",
    Column.CALLING_DAYS: "Write for example Mon-Fri.",
    Column.CALLING_HOURS: "Write for example 9:00 AM-6:00 PM.",
}


@finding_words.register
def _(_finding: imports.NoCampaigns) -> str:
    return "No line of the file is a campaign that can be created."


@finding_words.register
def _(finding: imports.ImportUnreadable) -> str:
    return unreadable(finding.fault, finding.line)


@finding_words.register
def _(finding: imports.ImportTooLong) -> str:
    return (
        "Somebody else has to approve these campaigns, and all of them are too long for one "
        f"message in Slack. Split the file into {finding.files:,}."
    )


@finding_words.register
def _(finding: imports.RowRefused) -> str:
    said = " ".join(_problem(each) for each in finding.problems)
    return f"{_row(finding.line, finding.name)} is left out. {said}"


@finding_words.register
def _(finding: imports.RowBlocked) -> str:
    said = " ".join(finding_line(each) for each in finding.found)
    return f"{_row(finding.line, finding.name)} is left out. {said}"


@finding_words.register
def _(finding: imports.RowsWarned) -> str:
    return f"{_lines(finding.lines)}: {finding_line(finding.found)}"


@finding_words.register
def _(finding: imports.RowsUnchecked) -> str:
    return f"{_lines(finding.lines)}: {finding_line(finding.found)}"


@finding_words.register
def _(finding: imports.RowsWithoutDncList) -> str:
    return (
        f"{_lines(finding.lines)}: no DNC list, and Kore.ai applies its global list to voice only. "
        "To go on without one, give one reason for all; it goes into the audit log."
    )


@finding_words.register
def _(finding: imports.ColumnsLeftOut) -> str:
    columns = ", ".join(_COLUMNS.values())
    return f"Columns that are left out: {names(finding.names)}. The bot knows: {columns}."


def _row(line: int, name: str) -> str:
    return f"Line {line:,}, “{typed(name)}”," if name else f"Line {line:,}"


def _problem(each: RowProblem) -> str:
    """Return a sentence about a value, with an example if there is one."""
    words = _PROBLEMS[each.problem].format(detail=typed(each.detail))
    example = _EXAMPLES.get(each.column, "") if each.problem is not Problem.ORDER else ""
    return f"{_COLUMNS[each.column]}: {words}. {example}".strip()


def _lines(lines: Sequence[int]) -> str:
    shown = listed([f"{line:,}" for line in lines])
    return f"Line {shown}" if len(lines) == 1 else f"Lines {shown}"
