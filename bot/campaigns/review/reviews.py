"""Combines the checks of each review; sorts findings by severity, then by check."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from bot.campaigns.campaign import Campaign
from bot.campaigns.review.findings import Finding, Severity
from bot.campaigns.review.form import check_form
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


def review_unschedule(facts: Facts, now: datetime) -> tuple[Finding, ...]:
    """Return the findings about a campaign before its schedule is removed; `now` is aware."""
    return _most_severe_first(check_before_unschedule(facts, now))


def _check_lists_and_neighbors(upcoming: Upcoming, facts: Facts) -> Iterator[Finding]:
    names = facts.target.contact_lists if facts.target else ()
    yield from check_same_day(upcoming.runs, facts.neighbors)
    yield from check_lists(names, facts.contact_lists)
    yield from check_unknown(upcoming.runs, facts.neighbors)


def _most_severe_first(*checks: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort the findings by severity; equal ones stay in the order of the checks."""
    found = chain.from_iterable(checks)
    return tuple(sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity)))
