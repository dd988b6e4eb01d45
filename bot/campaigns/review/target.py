"""Checks the campaign to change: its identity and its current state in Kore.ai."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.campaigns.actions import SENT_BY_NAME, Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import ListProgress, Namesake, Reason
from bot.campaigns.review.changes import check_open_changes
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.form import check_calling_hours
from bot.campaigns.review.model import Facts
from bot.campaigns.review.rules import Rules, SmsDncListRule
from bot.campaigns.schedule import Schedule
from bot.campaigns.statuses import FITS
from bot.campaigns.values import Kind, Status

_RUNNING = {Status.ACTIVE, Status.PAUSED}
_NOT_KNOWN_TO_START = {Status.PAUSED, Status.PREPARING}
_OVER = {Status.STOPPED, Status.COMPLETED}


class CampaignMissing(Finding, topic="campaign_missing", severity=Severity.BLOCKER):
    """Kore.ai has no campaign of this name or ID."""

    name: str


class CampaignGone(Finding, topic="campaign_gone", severity=Severity.BLOCKER):
    """Kore.ai no longer has the campaign, which was meant by its ID; others may have its name."""

    name: str


class SeveralCampaigns(Finding, topic="several_campaigns", severity=Severity.BLOCKER):
    """Several campaigns have the name, so the author must give an ID."""

    name: str
    ids: tuple[str, ...]


class NameShared(Finding, topic="name_shared", severity=Severity.BLOCKER):
    """Several campaigns have the name, and Kore.ai schedules only by name."""

    name: str
    namesakes: tuple[Namesake, ...]


class NamesakesUnchecked(Finding, topic="namesakes_unchecked", severity=Severity.UNCHECKED):
    """Whether other campaigns have the name is unknown."""

    progress: ListProgress | None = None


class CampaignUnchecked(Finding, topic="campaign_unchecked", severity=Severity.UNCHECKED):
    """The campaign could not be looked up."""

    progress: ListProgress | None = None


class HoursUnknown(Finding, topic="hours_unknown", severity=Severity.UNCHECKED):
    """Kore.ai's response omits the campaign's calling hours."""


class DncListNotShown(
    Finding, topic="dnc_list_not_shown", severity=Severity.WARNING, needs_reason=True
):
    """Kore.ai's response shows no DNC list for an SMS campaign."""

    rule: SmsDncListRule


class ScheduleReplaced(Finding, topic="schedule_replaced", severity=Severity.WARNING):
    """The campaign has a schedule that the new one will replace; `old` is None if unknown."""

    old: Schedule | None
    new: Schedule


class PresentUnknown(Finding, topic="present_unknown", severity=Severity.UNCHECKED):
    """Whether the campaign has a schedule is unknown."""


class ScheduledWhileRunning(Finding, topic="scheduled_while_running", severity=Severity.WARNING):
    """The campaign runs or is paused; whether Kore.ai accepts a schedule then is not documented."""

    status: str


class StartsByItself(Finding, topic="starts_by_itself", severity=Severity.BLOCKER):
    """The campaign has a schedule, so it starts without a command."""


class AlreadyRunning(Finding, topic="running", severity=Severity.NEEDLESS):
    """The campaign to start is running."""


class NotKnownToStart(Finding, topic="not_known_to_start", severity=Severity.WARNING):
    """Whether Kore.ai starts a campaign of this status is not documented."""

    status: str


class StartedAgain(Finding, topic="started_again", severity=Severity.WARNING):
    """The campaign ended before, and would contact everyone again."""

    status: str


class NotRunning(Finding, topic="not_running", severity=Severity.NEEDLESS):
    """The campaign to stop does not run, and no run of it is about to start."""

    status: str


class RunUnchecked(Finding, topic="run_unchecked", severity=Severity.UNCHECKED):
    """Whether the campaign to stop is running is unknown."""

    progress: ListProgress | None = None


class NotScheduled(Finding, topic="not_scheduled", severity=Severity.NEEDLESS):
    """The campaign has no schedule to remove."""


class ScheduleOver(Finding, topic="schedule_over", severity=Severity.NEEDLESS):
    """The schedule to remove is over, and so is the campaign."""


class ScheduleUnchecked(Finding, topic="schedule_unchecked", severity=Severity.UNCHECKED):
    """Whether the campaign has a schedule to remove is unknown."""

    progress: ListProgress | None = None


class NotInStatus(Finding, topic="not_in_status", severity=Severity.BLOCKER):
    """The action does not fit the campaign's status."""

    status: str
    reason: Reason


class ScheduleDeleted(Finding, topic="schedule_deleted", severity=Severity.WARNING):
    """The campaign to delete has a schedule, which is deleted with it."""


def no_single_campaign(
    action: Action, name: str, campaigns: Sequence[Snapshot], *, was_known: bool
) -> Finding:
    """Return the finding if no campaign has the name, or several do.

    `was_known` is whether one that is known was meant, by its ID: then nobody looked for the name.
    """
    if not campaigns:
        return CampaignGone(name=name) if was_known else CampaignMissing(name=name)
    if action in SENT_BY_NAME:
        return _name_shared(name, campaigns)
    return SeveralCampaigns(name=name, ids=tuple(each.id for each in campaigns))


def check_before_schedule(
    schedule: Schedule, facts: Facts, rules: Rules, now: datetime
) -> Iterator[Finding]:
    """Yield the findings about a campaign to schedule."""
    yield from _check_namesakes(facts)
    yield from _check_known(facts)
    yield from check_open_changes(facts, now)
    yield from _check_present(schedule, facts, now)
    if facts.target and facts.target.status in _RUNNING:
        yield ScheduledWhileRunning(status=facts.target.status)
    yield from _check_settings(facts.target, rules)


def check_before_start(facts: Facts, rules: Rules, now: datetime) -> Iterator[Finding]:
    """Yield the findings about a campaign to start.

    Kore.ai's console refuses some of these starts; whether its API does is unknown.
    """
    yield from _check_known(facts)
    yield from check_open_changes(facts, now)
    if facts.target:
        if facts.target.starts_by_itself(facts.present, now):
            yield StartsByItself()
        yield from _check_status(facts.target.status)
    yield from _check_settings(facts.target, rules)


def check_before_stop(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Yield the findings about a campaign to stop."""
    yield from check_open_changes(facts, now)
    if facts.target is None:
        yield RunUnchecked(progress=facts.names_read)
    elif FITS[Action.STOP].refusal(facts.target.status, scheduled=None):
        yield NotRunning(status=facts.target.status)


def check_before_delete(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Yield the findings about a campaign to delete."""
    target = facts.target
    yield from check_open_changes(facts, now)
    if target is None:
        yield CampaignUnchecked(progress=facts.names_read)
        return
    if reason := FITS[Action.DELETE].refusal(target.status, scheduled=target.scheduled):
        yield NotInStatus(status=target.status, reason=reason)
    if target.starts_by_itself(facts.present, now):
        yield ScheduleDeleted()


def check_before_unschedule(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Yield the findings about a campaign whose schedule is to be removed."""
    yield from _check_namesakes(facts)
    yield from check_open_changes(facts, now)
    if facts.target is None or facts.target.scheduled is None:
        yield ScheduleUnchecked(progress=facts.names_read)
    elif not facts.target.scheduled:
        yield NotScheduled()
    elif _is_over(facts.target, facts.present, now):
        yield ScheduleOver()


def _is_over(target: Snapshot, present: Schedule | None, now: datetime) -> bool:
    """Return whether Kore.ai and the bot agree that the schedule is over.

    The bot's word alone is not enough, because somebody may have set another one in Kore.ai.
    """
    return target.status == Status.COMPLETED and target.starts_by_itself(present, now) is False


def _check_namesakes(facts: Facts) -> Iterator[Finding]:
    """Find other campaigns of the name, any of which Kore.ai could schedule instead."""
    target = facts.target
    if target is None:
        return
    if facts.same_name is None:
        yield NamesakesUnchecked(progress=facts.names_read)
    elif others := [each for each in facts.same_name if each.id != target.id]:
        yield _name_shared(target.name, [target, *others])


def _name_shared(name: str, campaigns: Sequence[Snapshot]) -> NameShared:
    return NameShared(name=name, namesakes=tuple(Namesake.of(each) for each in campaigns))


def _check_known(facts: Facts) -> Iterator[Finding]:
    if facts.target is None:
        yield CampaignUnchecked(progress=facts.names_read)
    elif facts.target.hours is None:
        yield HoursUnknown()


def _check_present(schedule: Schedule, facts: Facts, now: datetime) -> Iterator[Finding]:
    """Find a schedule that Kore.ai would replace without asking (release note 11.21.0)."""
    if facts.target is None:
        return
    match facts.target.starts_by_itself(facts.present, now):
        case True:
            yield ScheduleReplaced(old=facts.present, new=schedule)
        case None:
            yield PresentUnknown()


def _check_status(status: str) -> Iterator[Finding]:
    if status == Status.ACTIVE:
        yield AlreadyRunning()
    if status in _NOT_KNOWN_TO_START:
        yield NotKnownToStart(status=status)
    if status in _OVER:
        yield StartedAgain(status=status)


def _check_settings(target: Snapshot | None, rules: Rules) -> Iterator[Finding]:
    """Check the DNC list and the calling hours against the operator's rules."""
    if target is None:
        return
    # Kore.ai's response names a DNC list, and omits it if there is none.
    if target.kind is Kind.SMS and not target.dnc_list:
        yield DncListNotShown(rule=rules.sms_dnc_list)
    if target.hours:
        yield from check_calling_hours(target.hours, rules)
