"""Checks of several campaigns in one file before they are created.

A campaign with a blocker is left out, and the others are created. What is said of several rows is
said once, with their lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.campaigns.campaign_files import RefusedRow, RowProblem
from bot.campaigns.campaign_import import CampaignRow, length
from bot.campaigns.csv_files import FileFault
from bot.campaigns.review.findings import AnyFinding, Finding, Severity
from bot.campaigns.review.form import NoDncList, check_form
from bot.campaigns.review.model import Facts
from bot.campaigns.review.rules import Rules, SmsDncListRule
from bot.campaigns.review.runs import check_runs, check_schedule, runs_of_schedule
from bot.campaigns.values import Frozen

# Of the text that Slack takes in a message, see `blocks.fitting`, some is left for the findings.
APPROVED_MAX = 8_000


class NoCampaigns(Finding, topic="no_campaigns", severity=Severity.BLOCKER):
    """No row of the file becomes a campaign."""


class RowRefused(Finding, topic="row_refused", severity=Severity.WARNING):
    """A row cannot be read as a campaign, and is left out."""

    line: int
    name: str
    problems: tuple[RowProblem, ...]


class RowBlocked(Finding, topic="row_blocked", severity=Severity.WARNING):
    """A campaign cannot be created for what was `found`, and is left out."""

    line: int
    name: str
    found: tuple[AnyFinding, ...]


class RowsWarned(Finding, topic="rows_warned", severity=Severity.WARNING):
    """The campaigns in some lines have the same warning."""

    lines: tuple[int, ...]
    found: AnyFinding


class RowsUnchecked(Finding, topic="rows_unchecked", severity=Severity.UNCHECKED):
    """The same could not be looked up for the campaigns in some lines."""

    lines: tuple[int, ...]
    found: AnyFinding


class RowsWithoutDncList(
    Finding, topic="rows_without_dnc_list", severity=Severity.WARNING, needs_reason=True
):
    """The campaigns in some lines have no DNC list. One reason is given for all."""

    lines: tuple[int, ...]
    rule: SmsDncListRule


class ColumnsLeftOut(Finding, topic="columns_left_out", severity=Severity.WARNING):
    """The names of some columns say nothing to the bot."""

    names: tuple[str, ...]


class ImportUnreadable(Finding, topic="import_unreadable", severity=Severity.BLOCKER):
    """The file cannot be read as campaigns; `line` is the line at which that shows."""

    fault: FileFault
    line: int


class ImportTooLong(Finding, topic="import_too_long", severity=Severity.BLOCKER):
    """An approver could not read all campaigns in one message; in `files` of them it fits."""

    files: int


class ReviewedRow(Frozen):
    """A row with its findings."""

    row: CampaignRow
    found: tuple[AnyFinding, ...] = ()

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """Return what keeps the campaign from being created."""
        return tuple(each for each in self.found if each.severity is Severity.BLOCKER)


def review_row(row: CampaignRow, facts: Facts, rules: Rules, now: datetime) -> ReviewedRow:
    """Return a row with the findings about its campaign and its schedule; `now` is aware."""
    found = [*check_form(row.campaign, facts, rules)]
    if row.schedule:
        upcoming = runs_of_schedule(row.schedule, row.campaign.hours)
        found += check_runs(upcoming, rules)
        found += check_schedule(row.schedule, upcoming, now)
    return ReviewedRow(row=row, found=tuple(found))


def check_length(rows: Sequence[CampaignRow]) -> Iterator[Finding]:
    """Yield a finding if the campaigns do not fit into one message, for somebody to approve."""
    if rows and (longer := length(rows)) > APPROVED_MAX:
        yield ImportTooLong(files=-(-longer // APPROVED_MAX))


def check_import(
    rows: Sequence[ReviewedRow], refused: Iterable[RefusedRow], left_out: tuple[str, ...]
) -> Iterator[Finding]:
    """Yield the findings about a whole file."""
    good = [each for each in rows if not each.blockers]
    if not good:
        yield NoCampaigns()
    for each in refused:
        yield RowRefused(line=each.line, name=each.name, problems=each.problems)
    for row in rows:
        if row.blockers:
            line, name = row.row.line, row.row.campaign.name
            yield RowBlocked(line=line, name=name, found=row.blockers)
    if left_out:
        yield ColumnsLeftOut(names=left_out)
    yield from _together(good)


def _together(rows: Sequence[ReviewedRow]) -> Iterator[Finding]:
    """Yield each finding once, with the lines of all rows that it is about."""
    lines: list[tuple[Finding, list[int]]] = []
    for row in rows:
        for found in row.found:
            same = next((own for each, own in lines if each == found), None)
            if same is None:
                lines.append((found, [row.row.line]))
            else:
                same.append(row.row.line)
    for found, own in lines:
        yield _of_lines(found, tuple(own))


def _of_lines(found: Finding, lines: tuple[int, ...]) -> Finding:
    if isinstance(found, NoDncList):
        return RowsWithoutDncList(lines=lines, rule=found.rule)
    if found.severity is Severity.UNCHECKED:
        return RowsUnchecked(lines=lines, found=found)
    return RowsWarned(lines=lines, found=found)
