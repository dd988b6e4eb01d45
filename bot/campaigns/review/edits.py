"""Checks an edit of a campaign: what it changes, and what others have changed meanwhile."""

from collections.abc import Iterator
from datetime import datetime

from bot.campaigns.actions import Action
from bot.campaigns.edits import Merged, Settings, differing
from bot.campaigns.review.changes import check_open_changes
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.form import check_form
from bot.campaigns.review.model import Facts
from bot.campaigns.review.rules import Rules
from bot.campaigns.review.target import CampaignUnchecked, NotInStatus
from bot.campaigns.statuses import FITS


class NothingChanged(Finding, topic="nothing_changed", severity=Severity.NEEDLESS):
    """The campaign has these settings already."""


class ChangedElsewhere(Finding, topic="changed_elsewhere", severity=Severity.WARNING):
    """Somebody changed settings after the form was opened.

    The edit does not touch those in `kept`, and replaces those in `replaced`. They are names of
    fields of a campaign.
    """

    kept: tuple[str, ...]
    replaced: tuple[str, ...]


class ScheduleKept(Finding, topic="schedule_kept", severity=Severity.WARNING):
    """The campaign has a schedule, and its next runs are with the new settings.

    `known` is whether the bot set it, and so could set it again if Kore.ai dropped it.
    """

    known: bool


def check_edit(
    edit: Merged, now: Settings | None, facts: Facts, rules: Rules, at: datetime
) -> Iterator[Finding]:
    """Yield the findings about an edit; `now` are the present settings, None if unknown."""
    yield from check_open_changes(facts, at)
    if facts.target is None or now is None:
        yield CampaignUnchecked(progress=facts.names_read)
    else:
        yield from _check_target(edit, now, facts, at)
    yield from check_form(edit.campaign, facts, rules)


def _check_target(edit: Merged, now: Settings, facts: Facts, at: datetime) -> Iterator[Finding]:
    target = facts.target
    assert target  # noqa: S101 # as `check_edit` has it
    if reason := FITS[Action.EDIT].refusal(target.status, scheduled=target.scheduled):
        yield NotInStatus(status=target.status, reason=reason)
    if not differing(edit.campaign, now):
        yield NothingChanged()
    if edit.kept or edit.replaced:
        yield ChangedElsewhere(kept=edit.kept, replaced=edit.replaced)
    if target.starts_by_itself(facts.present, at):
        yield ScheduleKept(known=facts.present is not None)
