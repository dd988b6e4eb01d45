"""Checks before contacts are added from a file."""

from collections.abc import Iterator, Mapping

from bot.campaigns.contact_files import FileReview, RowFault
from bot.campaigns.csv_files import FileFault
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.list_changes import ListFacts, check_list
from bot.campaigns.values import Frozen, same_name


class FileUnreadable(Finding, topic="file_unreadable", severity=Severity.BLOCKER):
    """The file cannot be read as contacts; `line` is the line at which that shows."""

    fault: FileFault
    line: int


class FileNotReceived(Finding, topic="file_not_received", severity=Severity.BLOCKER):
    """Slack did not give the file to the bot."""


class NoContacts(Finding, topic="no_contacts", severity=Severity.BLOCKER):
    """No row of the file is a contact."""


class RowsLeftOut(Finding, topic="rows_left_out", severity=Severity.WARNING):
    """Some rows of the file are left out: how many for each reason."""

    faults: Mapping[RowFault, int]


class ListNameShared(Finding, topic="list_name_shared", severity=Severity.BLOCKER):
    """Another contact list has the same name, and Kore.ai adds contacts by name."""

    name: str


class FileFacts(Frozen):
    """The facts about a file: what a review shows of it, else why it cannot be read.

    Without both, Slack did not give it to the bot.
    """

    file: FileReview | None = None
    fault: FileFault | None = None
    line: int = 1


def check_contacts(named: str, facts: ListFacts, read: FileFacts) -> Iterator[Finding]:
    """Yield the findings about contacts to add to a list that had this name."""
    yield from check_list(named, facts)
    if facts.present and any(same_name(facts.present.name, each) for each in facts.others or ()):
        yield ListNameShared(name=facts.present.name)
    if read.fault:
        yield FileUnreadable(fault=read.fault, line=read.line)
    elif read.file is None:
        yield FileNotReceived()
    else:
        if not read.file.good:
            yield NoContacts()
        if read.file.faults:
            yield RowsLeftOut(faults=read.file.faults)
