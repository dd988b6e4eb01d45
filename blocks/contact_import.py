"""Adding contacts from a file in words: its review, its progress, and the report on its rows."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from slack_sdk.models.blocks import Block

from blocks.environments import in_environment
from blocks.failures import cause
from blocks.ids import Button
from blocks.kit import Message, button, buttons, clamp, code, escape, facts, section
from bot.campaigns.contact_files import ContactField, FileReview, RowFault
from bot.campaigns.contact_results import ContactCounts, RowOutcome, RowResult
from bot.campaigns.environment import Environment
from bot.campaigns.list_refs import ListRef
from bot.campaigns.reasons import Failure, Reason

NAME_MAX = 150
FIELD_WORDS = {
    ContactField.PHONE_NUMBER: "Phone number",
    ContactField.FIRST_NAME: "First name",
    ContactField.LAST_NAME: "Last name",
    ContactField.TIME_ZONE: "Time zone",
    ContactField.UNIQUE_ID: "Unique ID",
    ContactField.PRIORITY: "Priority",
}
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
FAULT_WORDS = {
    RowFault.NO_NUMBER: "no phone number",
    RowFault.NUMBER: "not a phone number, or without its country code",
    RowFault.UNASSIGNED: "a number that its country does not assign",
    RowFault.TWICE: "the same number as an earlier line",
    RowFault.ZONE: "a time zone that is not an IANA name, such as Europe/Berlin",
    RowFault.WIDE: "more values than there are columns",
    RowFault.LONG: "a value of more than 300 characters",
}
_OUTCOMES = {
    RowOutcome.DONE: "accepted by Kore.ai",
    RowOutcome.REFUSED: "not added",
    RowOutcome.UNKNOWN: "not known",
    RowOutcome.NOT_SENT: "not sent",
    RowOutcome.LEFT_OUT: "left out",
}
_NOT_SENT = "the bot stopped: Kore.ai did not take those before it, or the list was renamed"
_BAR = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """How far contacts are added to a list. `done` is what became of them, once that is over."""

    ref: ListRef
    total: int
    sent: int
    done: ContactCounts | None = None
    where: Environment | None = None


def progress_message(adding: Adding) -> Message:
    """Show how far it is as a bar, and at the end how many contacts were added."""
    name = escape(clamp(adding.ref.label, NAME_MAX))
    start = in_environment(adding.where)
    if adding.done is None:
        share = adding.sent / adding.total if adding.total else 1
        bar = "█" * int(share * _BAR) + "░" * (_BAR - int(share * _BAR))
        text = f"{start}Adding contacts to “{name}”: {adding.sent:,} of {adding.total:,}"
        return Message(text=text, blocks=[section(f"{text}\n{code(bar)} {share:.0%}")])
    text = f"{start}{_over(name, adding.done)}"
    show = button("Show", Button.SHOW_CONTACT_LIST, str(adding.ref))
    return Message(text=text, blocks=[section(text), buttons(show)])


def report_comment(label: str, where: Environment | None) -> str:
    """Return what is said beside the report."""
    return (
        f"{in_environment(where)}What became of each line of the file for “{escape(label)}”. "
        "It has the phone numbers. Only you got it."
    )


def report_lost(label: str) -> str:
    """Say that Slack lost the report."""
    return f"Slack no longer has the report on the contacts for “{escape(label)}”. Nobody got it."


def report_csv(rows: Sequence[RowResult]) -> bytes:
    """Return the report as CSV for a spreadsheet: the line of each row, its outcome and why."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("Line", "Phone number", "Outcome", "Reason"))
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def file_blocks(file: FileReview) -> list[Block]:
    """Return a file in the review: its columns, its rows, and masked examples."""
    columns = [f"{FIELD_WORDS[field]}: {escape(name)}" for field, name in file.columns.items()]
    written = f"{file.encoding}, {_DELIMITERS[file.delimiter]}"
    blocks = facts(
        [
            ("Contacts to add", f"{file.good:,}"),
            ("Written in", written),
            ("Columns", "\n".join(columns)),
            ("Left out", ", ".join(map(escape, file.left_out)) or "No column"),
        ]
    )
    lines = [" · ".join(filter(None, each)) for each in file.examples]
    return [*blocks, section("*For example*\n" + "\n".join(map(code, lines)))] if lines else blocks


def row_faults(faults: Mapping[RowFault, int]) -> str:
    """Return how many rows have which faults."""
    return "; ".join(f"{number:,} with {FAULT_WORDS[fault]}" for fault, number in faults.items())


def _over(name: str, done: ContactCounts) -> str:
    """Return how many contacts have each outcome, in a sentence."""
    counts = done.counts
    added = counts.get(RowOutcome.DONE, 0)
    rest = [
        f"{number:,} {_OUTCOMES[outcome]}"
        for outcome, number in counts.items()
        if outcome is not RowOutcome.DONE
    ]
    others = f" Of the other lines: {', '.join(rest)}." if rest else ""
    unknown = (
        " Those not known may be on the list: the bot does not send them again. Look at the list "
        "before you do."
        if counts.get(RowOutcome.UNKNOWN)
        else ""
    )
    return (
        f"Kore.ai accepted {added:,} contact{'' if added == 1 else 's'} for “{name}”, and adds "
        f"them by itself.{others}{unknown}"
    )


def _cells(row: RowResult) -> tuple[str, str, str, str]:
    typed = row.typed.get_secret_value()
    return str(row.line), _safe(typed), _OUTCOMES[row.outcome], _safe(_reason(row))


def _reason(row: RowResult) -> str:
    if row.fault is RowFault.TWICE:
        return f"the same number as line {row.first_line}"
    if row.fault:
        return FAULT_WORDS[row.fault]
    if row.outcome is RowOutcome.NOT_SENT:
        return _NOT_SENT
    return cause(Failure(reason=Reason(row.reason))) if row.reason else ""


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: owasp.org, CSV Injection."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
