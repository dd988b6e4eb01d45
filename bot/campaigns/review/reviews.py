"""Combines the checks of each review; sorts findings by severity, then by check."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from bot.campaigns.campaign import Campaign
from bot.campaigns.campaign_files import CampaignFile
from bot.campaigns.contacts import ListChange
from bot.campaigns.edits import Merged, Settings
from bot.campaigns.review.contacts import FileFacts, check_contacts
from bot.campaigns.review.edits import check_edit
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.form import check_form
from bot.campaigns.review.imports import ReviewedRow, check_import
from bot.campaigns.review.list_changes import (
    ListFacts,
    check_deletion,
    check_new_list,
    check_renaming,
)
from bot.campaigns.review.lists import check_lists
from bot.campaigns.review.model import Facts
from bot.campaigns.review.neighbors import check_same_day, check_unknown
from bot.campaigns.review.rules import Rules
from bot.campaigns.review.runs import (
    Upcoming,
    check_runs,
    check_schedule,
    run_of_start,
    runs_of_schedule,
)
from bot.campaigns.review.target import (
    check_before_delete,
    check_before_schedule,
    check_before_start,
    check_before_stop,
    check_before_unschedule,
)
from bot.campaigns.schedule import Schedule

_SEVERITIES = tuple(Severity)


def review_campaign(campaign: Campaign, facts: Facts, rules: Rules) -> tuple[Finding, ...]:
    """Return the findings about a campaign before it is created."""
    return _most_severe_first(check_form(campaign, facts, rules))


def review_schedule(
    schedule: Schedule, facts: Facts, rules: Rules, now: datetime
) -> tuple[Finding, ...]:
    """Return the findings about a schedule before it is set; `now` is aware."""
    hours = facts.target.hours if facts.target else None
    upcoming = runs_of_schedule(schedule, hours)
    return _most_severe_first(
        check_before_schedule(schedule, facts, rules, now),
        check_runs(upcoming, rules),
        check_schedule(schedule, upcoming, now),
        _check_lists_and_neighbors(upcoming, facts),
    )


def review_edit(
    edit: Merged, settings: Settings | None, facts: Facts, rules: Rules, now: datetime
) -> tuple[Finding, ...]:
    """Return the findings about an edit; `settings` are the present ones, None if unknown."""
    return _most_severe_first(check_edit(edit, settings, facts, rules, now))


def review_start(facts: Facts, rules: Rules, now: datetime) -> tuple[Finding, ...]:
    """Return the findings about a campaign before it is started; `now` is aware."""
    hours = facts.target.hours if facts.target else None
    upcoming = run_of_start(now, hours)
    return _most_severe_first(
        check_before_start(facts, rules, now),
        check_runs(upcoming, rules),
        _check_lists_and_neighbors(upcoming, facts),
    )


def review_stop(facts: Facts, now: datetime) -> tuple[Finding, ...]:
    """Return the findings about a campaign before it is stopped; `now` is aware."""
    return _most_severe_first(check_before_stop(facts, now))


def review_delete(facts: Facts, now: datetime) -> tuple[Finding, ...]:
    """Return the findings about a campaign before it is deleted; `now` is aware."""
    return _most_severe_first(check_before_delete(facts, now))


def review_unschedule(facts: Facts, now: datetime) -> tuple[Finding, ...]:
    """Return the findings about a campaign before its schedule is removed; `now` is aware."""
    return _most_severe_first(check_before_unschedule(facts, now))


def review_new_list(name: str, facts: ListFacts) -> tuple[Finding, ...]:
    """Return the findings about a contact list before it is created."""
    return _most_severe_first(check_new_list(name, facts))


def review_renaming(named: str, change: ListChange, facts: ListFacts) -> tuple[Finding, ...]:
    """Return the findings about a contact list before it is renamed."""
    return _most_severe_first(check_renaming(named, change, facts))


def review_deletion(typed: str, facts: ListFacts) -> tuple[Finding, ...]:
    """Return the findings about a contact list before it is deleted."""
    return _most_severe_first(check_deletion(typed, facts))


def review_contacts(named: str, facts: ListFacts, read: FileFacts) -> tuple[Finding, ...]:
    """Return the findings about contacts before they are added to a list."""
    return _most_severe_first(check_contacts(named, facts, read))


def review_import(rows: Sequence[ReviewedRow], file: CampaignFile) -> tuple[Finding, ...]:
    """Return the findings about the campaigns of a file before they are created."""
    return _most_severe_first(check_import(rows, file.refused, file.left_out))


def _check_lists_and_neighbors(upcoming: Upcoming, facts: Facts) -> Iterator[Finding]:
    names = facts.target.contact_lists if facts.target else ()
    yield from check_same_day(upcoming.runs, facts.neighbors)
    yield from check_lists(names, facts.contact_lists)
    yield from check_unknown(upcoming.runs, facts.neighbors)


def _most_severe_first(*checks: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort the findings by severity; equal ones stay in the order of the checks."""
    found = chain.from_iterable(checks)
    return tuple(sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity)))
