"""Checks a command against Kore.ai and the records before its review."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import structlog

from bot.campaigns.actions import ACTIONS, SENT_BY_NAME, Action
from bot.campaigns.campaign import SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.commands import AnyCommand, Create, CreateSms, CreateVoice, ScheduleCampaign
from bot.campaigns.contacts import ContactList
from bot.campaigns.environment import Environment
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.reasons import ListProgress
from bot.campaigns.refs import CampaignRef
from bot.campaigns.review import (
    Facts,
    Review,
    Rules,
    contact_load,
    digest,
    needing_approval,
    no_single_campaign,
    review_campaign,
    review_schedule,
    review_start,
    review_stop,
    review_unschedule,
    split_at_clock_change,
)
from bot.campaigns.review.findings import Finding
from bot.campaigns.runs import count, count_effective, runs
from bot.campaigns.schedule import Schedule
from bot.catalog import Catalog
from bot.kore import KoreError, ListIncomplete, Listing
from bot.records import Records
from bot.work.open_changes import open_changes

log = structlog.get_logger()
T = TypeVar("T")

# How long a person waits at most, at the "Checking" screen.
SECONDS = 8.0
RUNS_SHOWN = 5
# The checks before actions after which fewer people are contacted.
_ENDINGS: Mapping[Action, Callable[[Facts, datetime], tuple[Finding, ...]]] = {
    Action.STOP: review_stop,
    Action.UNSCHEDULE: review_unschedule,
}


@dataclass(frozen=True, slots=True)
class _Found:
    """The campaigns that Kore.ai found, or None if unknown.

    `progress` is how far an incomplete list of campaigns was read.
    """

    campaigns: tuple[Snapshot, ...] | None = None
    progress: ListProgress | None = None


def _deadline() -> float:
    return asyncio.get_running_loop().time() + SECONDS


@dataclass(frozen=True, slots=True)
class Preflight:
    """The check of one command in its environment. `until` is its deadline in event loop time."""

    command: AnyCommand
    environment: Environment
    catalog: Catalog
    records: Records
    until: float = field(default_factory=_deadline)

    async def check(self) -> dict[str, object]:
        """Return the `command`, its `review`, and the `digest` of the command and environment.

        Replace a campaign's name by the ID of the only match, so that no other campaign can be
        meant later.
        """
        command, review = self.command, await self._review()
        review = needing_approval(review, self._approval_reason(review))
        if review.target and not isinstance(command, Create):
            command = command.model_copy(update={"campaign": CampaignRef.of(review.target)})
        return {
            "command": command,
            "review": review.model_copy(update={"named": self.command.ref.label}),
            "digest": digest(command.action, self.environment.name, command.content()),
        }

    async def _review(self) -> Review:
        match self.command:
            case CreateSms(campaign=campaign) | CreateVoice(campaign=campaign):
                return await self._creation(campaign)
            case ScheduleCampaign(schedule=plan, rest=rest):
                review = await self._change(plan)
                return review.model_copy(update={"rest": rest})
            case _:
                return await self._change(None)

    def _approval_reason(self, review: Review) -> ApprovalReason | None:
        """Return why the command needs approval at the time it first takes effect, or None."""
        load = review.load.product if review.load else None
        at = review.runs[0].at if review.runs else datetime.now(UTC)
        return self.environment.policy.needs_approval(
            ACTIONS[self.command.action].permission, load, at
        )

    async def _creation(self, campaign: SmsCampaign | VoiceCampaign) -> Review:
        facts = await self._facts_for_creation(campaign)
        sizes = _sizes(campaign.contact_lists, facts.contact_lists)
        return Review(
            action=Action.CREATE,
            campaign=campaign,
            lists=sizes,
            load=contact_load(sizes, 1),
            findings=review_campaign(campaign, facts, self.environment.rules),
        )

    async def _facts_for_creation(self, campaign: SmsCampaign | VoiceCampaign) -> Facts:
        found, listing = await asyncio.gather(
            self._found(self.catalog.namesakes(campaign.name, self.catalog.fresh)),
            self._in_time(self.catalog.contact_lists()),
        )
        known = await self.records.campaigns.dnc_lists(self.environment.name)
        return Facts(
            same_name=found.campaigns,
            names_read=found.progress,
            contact_lists=_used(campaign.contact_lists, listing),
            dnc_lists=known,
        )

    async def _change(self, plan: Schedule | None) -> Review:
        ref = self.command.ref
        (found, named), listing = await asyncio.gather(self._target(ref), self._contact_lists())
        action = self.command.action
        if found.campaigns is not None and len(found.campaigns) != 1:
            finding = no_single_campaign(action, ref.label, found.campaigns)
            return Review(action=action, schedule=plan, findings=(finding,))
        target = found.campaigns[0] if found.campaigns else None
        used = _used(target.contact_lists, listing) if target else None
        facts = Facts(
            same_name=named.campaigns,
            names_read=named.progress,
            contact_lists=used,
            target=target,
            present=await self._present(ref, target),
            neighbors=await self._neighbors(target, used),
            open_changes=await open_changes(self.records, self.environment.name, ref, target),
        )
        # A schedule of many years has thousands of runs, so they are computed off the event loop.
        return await asyncio.to_thread(_review_change, action, plan, facts, self.environment.rules)

    async def _contact_lists(self) -> Listing[ContactList] | None:
        """Return the contact lists; None if they are unknown, or nobody on them is contacted."""
        if self.command.action in _ENDINGS:
            return None
        return await self._in_time(self.catalog.contact_lists())

    async def _target(self, ref: CampaignRef) -> tuple[_Found, _Found]:
        """Return the matching campaigns, and those of the same name if Kore.ai goes by it."""
        found = await self._found(self.catalog.find(ref))
        if self.command.action not in SENT_BY_NAME or not found.campaigns:
            return found, _Found()
        name = found.campaigns[0].name
        return found, await self._found(self.catalog.namesakes(name, self.catalog.fresh))

    async def _found(self, question: Coroutine[Any, Any, Sequence[Snapshot]]) -> _Found:
        return await self._in_time(_as_found(question)) or _Found()

    async def _in_time(self, question: Coroutine[Any, Any, T]) -> T | None:
        """Return the answer, or None if it fails or misses the deadline."""
        try:
            async with asyncio.timeout_at(self.until):
                return await question
        except (TimeoutError, KoreError) as error:
            log.warning("review.not_checked", reason=type(error).__name__)
            return None

    async def _present(self, ref: CampaignRef, target: Snapshot | None) -> Schedule | None:
        """Return the campaign's current schedule if the bot set it."""
        if target and target.scheduled is False:
            return None
        known = await self.records.campaigns.known(target.id if target else ref.id or "")
        return known.schedule if known else None

    async def _neighbors(
        self, target: Snapshot | None, used: Sequence[ContactList] | None
    ) -> tuple[tuple[str, Schedule | None], ...] | None:
        """Return the other campaigns on the same contact lists, with the bot's schedules."""
        if target is None or used is None:
            return None
        others = dict.fromkeys(id_ for each in used for id_ in each.used_by if id_ != target.id)
        known = [await self.records.campaigns.known(each) for each in others]
        return tuple((each.snapshot.name, each.schedule) for each in known if each)


def _review_change(action: Action, plan: Schedule | None, facts: Facts, rules: Rules) -> Review:
    """Review a change to an existing campaign."""
    now = datetime.now(UTC)
    if action not in _ENDINGS:
        return _review_runs(action, plan, facts, rules, now)
    found = _ENDINGS[action](facts, now)
    return Review(action=action, target=facts.target, present=facts.present, findings=found)


def _review_runs(
    action: Action, plan: Schedule | None, facts: Facts, rules: Rules, now: datetime
) -> Review:
    """Review a start, or a schedule."""
    target = facts.target
    sizes = _sizes(target.contact_lists, facts.contact_lists) if target else ()
    found = review_schedule(plan, facts, rules, now) if plan else review_start(facts, rules, now)
    coming = runs(plan, target.hours if target else None, after=now) if plan else iter(())
    return Review(
        action=action,
        target=target,
        schedule=plan,
        present=facts.present,
        parts=split_at_clock_change(plan) if plan else None,
        lists=sizes,
        runs=tuple(islice(coming, RUNS_SHOWN)),
        load=contact_load(sizes, _count(plan, target) if plan else 1),
        findings=found,
    )


def _count(plan: Schedule, target: Snapshot | None) -> int:
    """Return the number of runs that reach someone, or of all runs if calling hours are unknown."""
    hours = target.hours if target else None
    return count_effective(plan, hours) if hours else count(plan)


async def _as_found(question: Coroutine[Any, Any, Sequence[Snapshot]]) -> _Found:
    try:
        return _Found(tuple(await question))
    except ListIncomplete as error:
        log.warning("review.not_checked", reason=type(error).__name__)
        return _Found(progress=error.progress)


def _used(
    names: Sequence[str], listing: Listing[ContactList] | None
) -> tuple[ContactList, ...] | None:
    """Return the contact lists that a campaign uses, matched by name or ID as Kore.ai uses both.

    Return None if that is unknown: there is no listing, or a list may be among the unread ones.
    """
    if listing is None:
        return None
    used = tuple(each for each in listing.rows if {each.name, each.id} & set(names))
    there = {key for each in used for key in (each.name, each.id)}
    return used if listing.complete or there >= set(names) else None


def _sizes(
    names: Sequence[str], used: Sequence[ContactList] | None
) -> tuple[tuple[str, int | None], ...]:
    sizes = {each.name: each.contacts for each in used or ()}
    return tuple((name, sizes.get(name)) for name in names)
