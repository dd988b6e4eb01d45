"""Checks of a campaign before it is created: its name, DNC list, calling hours and numbers."""

from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from itertools import groupby

from bot.campaigns.campaign import Campaign, SmsCampaign, VoiceCampaign
from bot.campaigns.hours import CallingHours, Window
from bot.campaigns.names import similar
from bot.campaigns.phones import is_assigned, is_number
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review.findings import Finding, Minutes, Severity
from bot.campaigns.review.lists import check_lists
from bot.campaigns.review.model import Facts
from bot.campaigns.review.rules import AttemptsRule, CallingHoursRule, Rules, SmsDncListRule
from bot.campaigns.review.sms import check_text
from bot.campaigns.values import Kind


class NameTaken(Finding, topic="name_taken", severity=Severity.BLOCKER):
    """Other campaigns already have the name, in any capitalization."""

    name: str
    ids: tuple[str, ...]


class NameUnchecked(Finding, topic="name_unchecked", severity=Severity.UNCHECKED):
    """Whether another campaign already has the name is unknown."""

    progress: ListProgress | None = None


class NoDncList(Finding, topic="no_dnc_list", severity=Severity.WARNING, needs_reason=True):
    """The new SMS campaign has no DNC list."""

    rule: SmsDncListRule


class DncListNotSeen(Finding, topic="dnc_list_not_seen", severity=Severity.WARNING):
    """No known campaign uses the DNC list, but some use others; `similar` is one of a similar name.

    Kore.ai has no operation that lists DNC lists. A contact list of the name proves nothing: the
    bot can list only those of `type=call`, which are no DNC lists (get-all-contact-lists-v2).
    """

    name: str
    similar: str | None = None


class DncListUnchecked(Finding, topic="dnc_list_unchecked", severity=Severity.UNCHECKED):
    """No known campaign uses any DNC list, so there is nothing to compare the name with."""

    name: str


class HoursOutsideRule(Finding, topic="calling_hours", severity=Severity.WARNING):
    """Some calling hours are outside the rule's limits; `hours` contains only those."""

    hours: CallingHours
    rule: CallingHoursRule


class TooManyAttempts(Finding, topic="attempts", severity=Severity.WARNING):
    """One contact can be called more often per day than the rule allows.

    `attempts` is the maximum per day, and `every` the time between two attempts.
    """

    attempts: int
    every: Minutes
    rule: AttemptsRule


class InvalidCallerId(Finding, topic="caller_id", severity=Severity.WARNING):
    """The caller ID is not a valid number in its country."""

    caller_id: str


class CallerIdNotSeen(Finding, topic="caller_id_not_seen", severity=Severity.WARNING):
    """No known campaign uses the SMS campaign's short code or sender ID.

    Kore.ai has no operation that lists them, and refuses those that the account does not have.
    """

    caller_id: str


def check_form(campaign: Campaign, facts: Facts, rules: Rules) -> Iterator[Finding]:
    """Yield every finding about a campaign before it is created."""
    yield from _check_name(campaign.name, facts)
    yield from _check_dnc_list(campaign, facts.dnc_lists, rules)
    yield from check_calling_hours(campaign.hours, rules)
    yield from check_lists(campaign.contact_lists, facts.contact_lists)
    if isinstance(campaign, SmsCampaign):
        yield from check_text(campaign, facts.contact_lists)
    yield from _check_attempts(campaign, rules)
    yield from _check_caller_id(campaign, facts.caller_ids)


def check_calling_hours(hours: CallingHours, rules: Rules) -> Iterator[Finding]:
    """Check calling hours against the operator's rule."""
    rule = rules.calling_hours
    if outside := tuple(each for each in hours.windows if not rule.allows(each)):
        yield HoursOutsideRule(hours=CallingHours(zone=hours.zone, windows=outside), rule=rule)


def _check_name(name: str, facts: Facts) -> Iterator[Finding]:
    if facts.same_name is None:
        yield NameUnchecked(progress=facts.names_read)
    elif ids := tuple(each.id for each in facts.same_name if each.is_called(name)):
        yield NameTaken(name=name, ids=ids)


def _check_dnc_list(campaign: Campaign, seen: frozenset[str], rules: Rules) -> Iterator[Finding]:
    name = campaign.dnc_list
    if name is None:
        if campaign.kind is Kind.SMS:
            yield NoDncList(rule=rules.sms_dnc_list)
    elif not seen:
        yield DncListUnchecked(name=name)
    elif name not in seen:
        yield DncListNotSeen(name=name, similar=similar(name, seen))


def _check_attempts(campaign: Campaign, rules: Rules) -> Iterator[Finding]:
    if not isinstance(campaign, VoiceCampaign):
        return
    attempts, rule = _attempts_a_day(campaign), rules.attempts
    if attempts > rule.per_day:
        every = timedelta(minutes=campaign.retry_period)
        yield TooManyAttempts(attempts=attempts, every=every, rule=rule)


def _attempts_a_day(campaign: VoiceCampaign) -> int:
    """Return the most attempts per contact and day, if calls take no time."""
    days = groupby(campaign.hours.windows, key=lambda window: window.day)
    most = max(_attempts_within(windows, campaign.retry_period) for _, windows in days)
    return min(campaign.max_attempts, most)


def _attempts_within(windows: Iterable[Window], period: int) -> int:
    """Return how many attempts, `period` minutes apart, fit into the windows of one day."""
    attempts, earliest = 0, 0
    for window in windows:
        start = max(earliest, _minute_of_day(window.start))
        more = max(0, -((start - _minute_of_day(window.end)) // period))
        attempts, earliest = attempts + more, start + more * period
    return attempts


def _minute_of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _check_caller_id(campaign: Campaign, seen: frozenset[str]) -> Iterator[Finding]:
    sender = campaign.caller_id
    if is_number(sender):
        if not is_assigned(sender):
            yield InvalidCallerId(caller_id=sender)
    elif campaign.kind is Kind.SMS and sender not in seen:
        yield CallerIdNotSeen(caller_id=sender)
