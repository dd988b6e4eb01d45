"""Checks the other unfinished changes of the same campaign."""

from collections.abc import Iterator
from datetime import datetime

from bot.campaigns.actions import Action
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.imports import check_length
from bot.campaigns.review.model import Facts, OpenChange, Review
from bot.campaigns.runs import runs


class UnfinishedChange(Finding, topic="unfinished_change", severity=Severity.WARNING):
    """Another change of the campaign is not finished.

    `first_run` is the local time of the next run of the schedule that it sets, if any. `competes`
    is whether only one of the two changes will be carried out, the one that is approved first.
    """

    change: OpenChange
    first_run: datetime | None = None
    competes: bool = False


def check_open_changes(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Yield a finding about each; `now` is aware."""
    for change in facts.open_changes:
        coming = runs(change.schedule, after=now) if change.schedule else iter(())
        first = next((run.local for run in coming), None)
        yield UnfinishedChange(change=change, first_run=first)


def needing_approval(review: Review, reason: ApprovalReason | None) -> Review:
    """Return the review of an action that needs approval for this reason, or needs none.

    Of several schedules of a campaign that wait for approval, only the one that is approved first
    is carried out. Otherwise the second approval would replace a schedule that was just approved.
    An approver reads a whole file of campaigns in one message, or it cannot be approved.
    """
    found = review.findings
    if reason and review.action is Action.SCHEDULE:
        found = tuple(_competing(each) for each in found)
    if reason and review.imported:
        found = (*check_length(review.imported), *found)
    return review.model_copy(update={"findings": found, "approval_reason": reason})


def _competing(finding: Finding) -> Finding:
    if not isinstance(finding, UnfinishedChange):
        return finding
    both_wait = finding.change.action is Action.SCHEDULE and finding.change.waits
    return finding.model_copy(update={"competes": both_wait})
