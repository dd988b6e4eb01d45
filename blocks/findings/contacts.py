"""Findings about contacts to add from a file, in words."""

from blocks.contact_import import row_faults
from blocks.findings.words import finding_words, typed
from bot.campaigns.campaign_files import CAMPAIGNS_MAX
from bot.campaigns.csv_files import FileFault
from bot.campaigns.csv_files.tables import COLUMNS_MAX, ROWS_MAX
from bot.campaigns.review import contacts

_FAULTS = {
    FileFault.EMPTY: "The file is empty.",
    FileFault.SIZE: "The file is too large. Divide it.",
    FileFault.NOT_TEXT: "is not text. Save the file as CSV, for example from your spreadsheet.",
    FileFault.ENCODING: "has bytes that are no text in the encoding of the others. Save the file "
    "as CSV UTF-8.",
    FileFault.QUOTES: "begins a value in quotes that does not end, or goes on after its quote.",
    FileFault.HEADER: "should name the columns, and has no names.",
    FileFault.SAME_NAMES: "names two columns the same. Rename one of them.",
    FileFault.NO_ROWS: "is the last one: below the names of the columns there is nothing.",
    FileFault.COLUMNS: f"has more than {COLUMNS_MAX} columns.",
    FileFault.ROWS: f"is beyond the {ROWS_MAX:,} rows that the bot adds at once. Divide the file.",
    FileFault.NO_PHONE_COLUMN: "names no column for phone numbers. Go back and write in “Columns” "
    "which one has them.",
    FileFault.NO_COLUMN: "has no column with a name that you wrote in “Columns”.",
    FileFault.NO_NAME_COLUMN: "names no column for the names of the campaigns. Call it “Name”.",
    FileFault.CAMPAIGNS: f"is beyond the {CAMPAIGNS_MAX} campaigns that the bot creates from one "
    "file. Divide the file.",
}
_WHOLE = {FileFault.EMPTY, FileFault.SIZE}


def unreadable(fault: FileFault, line: int) -> str:
    """Return why a file cannot be read, and in which line that shows."""
    words = _FAULTS[fault]
    return words if fault in _WHOLE else f"Line {line:,} of the file {words}"


@finding_words.register
def _(finding: contacts.FileUnreadable) -> str:
    return unreadable(finding.fault, finding.line)


@finding_words.register
def _(_finding: contacts.FileNotReceived) -> str:
    return "Slack did not give the file to the bot. Go back, and put it in again."


@finding_words.register
def _(finding: contacts.ListNameShared) -> str:
    return (
        f"Several contact lists are called “{typed(finding.name)}”, and Kore.ai adds contacts by "
        "the list's name. Rename one of them first."
    )


@finding_words.register
def _(_finding: contacts.NoContacts) -> str:
    return "No line of the file has a contact that can be added."


@finding_words.register
def _(finding: contacts.RowsLeftOut) -> str:
    return f"Some lines are left out: {row_faults(finding.faults)}. The report names each."
