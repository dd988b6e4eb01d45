"""Reviews: what stands against an action, is to be weighed, or could not be looked into."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import groupby

from pydantic import JsonValue

from bot.campaigns.campaign import Campaign, Snapshot, VoiceCampaign
from bot.campaigns.contacts import ContactList
from bot.campaigns.hours import CallingHours, Window
from bot.campaigns.phones import is_valid
from bot.campaigns.reasons import ListProgress, Namesake
from bot.campaigns.review.findings import Finding, Severity, Topic, found
from bot.campaigns.review.lists import of_lists
from bot.campaigns.review.rules import Rules
from bot.campaigns.review.runs import (
    Neighbors,
    Upcoming,
    of_neighbors,
    of_runs,
    of_schedule,
    scheduled,
    started,
)
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen, Kind, Status

__all__ = [
    "Facts",
    "Finding",
    "Load",
    "Severity",
    "Topic",
    "digest",
    "load",
    "name_shared",
    "review_campaign",
    "review_schedule",
    "review_start",
]

_RUNNING = {Status.ACTIVE, Status.PAUSED}
_OVER = {Status.STOPPED, Status.COMPLETED}
_SCHEDULED = {Status.SCHEDULED, Status.RESCHEDULED}
_ORDER = {topic: place for place, topic in enumerate(Topic)}


class Facts(Frozen):
    """What only Kore.ai or the bot's records know; None is what was not answered in time.

    `same_name` are the campaigns that have the name of the one to create or to schedule, however it
    is capitalized; `names_read` is how far they could be read where they are not known.
    `contact_lists` are those the campaign uses. `target` is the campaign to schedule or to start,
    and `present` its schedule as far as the bot knows it: Kore.ai says only whether there is one.
    `neighbors` are the other campaigns that use one of the same lists, by name, each with its
    schedule if that is known.
    """

    same_name: tuple[Snapshot, ...] | None = None
    names_read: ListProgress | None = None
    contact_lists: tuple[ContactList, ...] | None = None
    target: Snapshot | None = None
    present: Schedule | None = None
    neighbors: Neighbors | None = None


class Load(Frozen):
    """How many contacts a campaign reaches out to until its end; None where a count is unknown."""

    contacts: int | None
    runs: int

    @property
    def product(self) -> int | None:
        """The contact load."""
        return load(self.contacts, self.runs)


def load(contacts: int | None, runs: int) -> int | None:
    """The contact load: each run begins anew with all contacts (contact-center/campaigns)."""
    return None if contacts is None else contacts * runs


def digest(action: str, environment: str, payload: JsonValue) -> str:
    """What binds a review, an approval and what is sent: equal only where all three are equal.

    A SHA-256 in hex, over JSON with sorted keys and no spaces, in UTF-8.
    """
    bound = {"action": action, "environment": environment, "payload": payload}
    text = json.dumps(
        bound, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def review_campaign(campaign: Campaign, facts: Facts, rules: Rules) -> tuple[Finding, ...]:
    """What is found about a campaign before it is created."""
    return _in_order(
        *_of_name(campaign.name, facts),
        *_of_dnc_list(campaign, rules),
        *_of_hours(campaign.hours, rules),
        *of_lists(campaign.contact_lists, facts.contact_lists),
        *_of_attempts(campaign, rules),
        *_of_caller_id(campaign),
    )


def review_schedule(
    schedule: Schedule, facts: Facts, rules: Rules, now: datetime
) -> tuple[Finding, ...]:
    """What is found about a schedule before it is set; `now` is aware."""
    hours = facts.target.hours if facts.target else None
    return _in_order(
        *([found(Topic.START_PASSED)] if schedule.utc_start <= now else []),
        *_of_namesakes(facts),
        *_of_present(schedule, facts),
        *_of_status_to_schedule(facts.target),
        *of_schedule(schedule, hours),
        *_of_target(scheduled(schedule, hours), facts, rules),
    )


def review_start(facts: Facts, rules: Rules, now: datetime) -> tuple[Finding, ...]:
    """What is found about a campaign before it is started, at once; `now` is aware."""
    hours = facts.target.hours if facts.target else None
    return _in_order(*_of_status_to_start(facts), *_of_target(started(now, hours), facts, rules))


def _in_order(*findings: Finding) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.topic]))


def _of_name(name: str, facts: Facts) -> Iterator[Finding]:
    if facts.same_name is None:
        yield found(Topic.NAME_UNCHECKED, **_progress(facts))
    elif ids := [each.id for each in facts.same_name if each.is_called(name)]:
        yield found(Topic.NAME_TAKEN, name=name, ids=[*ids])


def _of_namesakes(facts: Facts) -> Iterator[Finding]:
    """Campaigns that Kore.ai may take for the one to schedule, as it goes by the name."""
    target = facts.target
    if target is None:
        return
    if facts.same_name is None:
        yield found(Topic.NAMESAKES_UNCHECKED, **_progress(facts))
    elif others := [each for each in facts.same_name if each.id != target.id]:
        yield name_shared(target.name, [target, *others])


def name_shared(name: str, campaigns: Sequence[Snapshot]) -> Finding:
    """The blocker of a schedule for one of several campaigns that have the same name."""
    namesakes: list[JsonValue] = [Namesake.of(c).model_dump(mode="json") for c in campaigns]
    return found(Topic.NAME_SHARED, name=name, namesakes=namesakes)


def _progress(facts: Facts) -> dict[str, JsonValue]:
    """How far the campaigns were read, as a finding's details."""
    read = facts.names_read
    return {"progress": read.model_dump(mode="json")} if read else {}


def _of_dnc_list(campaign: Campaign, rules: Rules) -> Iterator[Finding]:
    if campaign.kind is Kind.SMS and not campaign.dnc_list:
        yield found(Topic.NO_DNC_LIST, rules.sms_dnc_list)


def _of_hours(hours: CallingHours, rules: Rules) -> Iterator[Finding]:
    outside = tuple(each for each in hours.windows if not rules.calling_hours.allows(each))
    if outside:
        beyond = CallingHours(zone=hours.zone, windows=outside).model_dump(mode="json")
        yield found(Topic.CALLING_HOURS, rules.calling_hours, hours=beyond)


def _of_attempts(campaign: Campaign, rules: Rules) -> Iterator[Finding]:
    if not isinstance(campaign, VoiceCampaign):
        return
    attempts = _attempts_a_day(campaign)
    if attempts > rules.attempts.per_day:
        yield found(Topic.ATTEMPTS, rules.attempts, attempts=attempts, every=campaign.retry_period)


def _attempts_a_day(campaign: VoiceCampaign) -> int:
    """The most attempts at one contact on one day: as if a call took no time."""
    days = groupby(campaign.hours.windows, key=lambda window: window.day)
    most = max(_fitting(windows, campaign.retry_period) for _, windows in days)
    return min(campaign.max_attempts, most)


def _fitting(windows: Iterable[Window], period: int) -> int:
    """How often somebody can be called within a day's windows, `period` minutes apart."""
    times, earliest = 0, 0
    for window in windows:
        start = max(earliest, _minute(window.start))
        more = max(0, -((start - _minute(window.end)) // period))
        times, earliest = times + more, start + more * period
    return times


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _of_caller_id(campaign: Campaign) -> Iterator[Finding]:
    if not is_valid(campaign.caller_id, campaign.kind):
        yield found(Topic.CALLER_ID, caller_id=campaign.caller_id)


def _of_target(upcoming: Upcoming, facts: Facts, rules: Rules) -> Iterator[Finding]:
    """What a schedule and a start have in common: runs of a campaign that Kore.ai holds."""
    names = facts.target.contact_lists if facts.target else ()
    yield from of_lists(names, facts.contact_lists)
    yield from of_runs(upcoming, rules)
    if facts.neighbors is None:
        yield found(Topic.NEIGHBORS_UNCHECKED)
    elif upcoming.runs:
        yield from of_neighbors(upcoming, facts.neighbors)
    if facts.target is None:
        yield found(Topic.CAMPAIGN_UNCHECKED, **_progress(facts))
        return
    # Kore.ai's answer shows a DNC list by its name, and leaves it out where there is none.
    if facts.target.kind is Kind.SMS and not facts.target.dnc_list:
        yield found(Topic.DNC_LIST_NOT_SHOWN, rules.sms_dnc_list)
    if facts.target.hours:
        yield from _of_hours(facts.target.hours, rules)
    else:
        yield found(Topic.HOURS_UNKNOWN)


def _of_present(schedule: Schedule, facts: Facts) -> Iterator[Finding]:
    """The schedule that Kore.ai will overwrite without a word: release note 11.21.0."""
    match _has_schedule(facts):
        case True:
            old = facts.present.model_dump(mode="json") if facts.present else None
            new = schedule.model_dump(mode="json")
            yield found(Topic.SCHEDULE_REPLACED, old=old, new=new)
        case None if facts.target:
            yield found(Topic.PRESENT_UNKNOWN)


def _has_schedule(facts: Facts) -> bool | None:
    """Whether the campaign has a schedule now: by Kore.ai's word, or else by what the bot knows."""
    target = facts.target
    if target and target.scheduled is not None:
        return target.scheduled
    return True if facts.present or (target and target.status in _SCHEDULED) else None


def _of_status_to_schedule(target: Snapshot | None) -> Iterator[Finding]:
    """Whether a running campaign can be scheduled is stated nowhere."""
    if target and target.status in _RUNNING:
        yield found(Topic.SCHEDULED_WHILE_RUNNING, status=target.status)


def _of_status_to_start(facts: Facts) -> Iterator[Finding]:
    """What Kore.ai's console says of starting, which its API may hold to or not."""
    if _has_schedule(facts):
        yield found(Topic.STARTS_BY_ITSELF)
    if facts.target and facts.target.status == Status.ACTIVE:
        yield found(Topic.RUNNING)
    if facts.target and facts.target.status in {Status.PAUSED, Status.PREPARING}:
        yield found(Topic.NOT_KNOWN_TO_START, status=facts.target.status)
    if facts.target and facts.target.status in _OVER:
        yield found(Topic.STARTED_AGAIN, status=facts.target.status)
