"""Examining what is about to be done: what only Kore.ai knows, asked while a person waits."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import structlog
from pydantic import TypeAdapter

from bot.campaigns.campaign import Campaign, SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.contacts import ContactList
from bot.campaigns.reasons import Undertaking
from bot.campaigns.refs import CampaignRef
from bot.campaigns.review import Facts, digest, review_campaign, review_schedule, review_start
from bot.campaigns.reviewed import Review, contact_load, not_one
from bot.campaigns.rules import Rules
from bot.campaigns.runs import count, runs
from bot.campaigns.schedule import Schedule
from bot.kore import KoreClient, KoreError, NotFound
from bot.records import Records, Submission

log = structlog.get_logger()
T = TypeVar("T")
_CAMPAIGN: TypeAdapter[SmsCampaign | VoiceCampaign] = TypeAdapter(Campaign)

# A person waits before a screen that says "Checking".
SECONDS = 8.0
RUNS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Examiner:
    """Asks Kore.ai and the records, and gives up on what does not come in time."""

    kore: KoreClient
    records: Records
    rules: Rules
    environment: str

    async def examine(self, asked: Submission) -> Submission:
        """The submission with its review, bound to it by a digest.

        A campaign that was named is pinned to the one found: nothing else can be meant later.
        """
        match Undertaking(asked.action):
            case Undertaking.CREATE:
                review = await self._creation(_CAMPAIGN.validate_python(asked.payload["campaign"]))
            case Undertaking.SCHEDULE:
                plan = Schedule.model_validate(asked.payload["schedule"])
                review = await self._change(asked, plan)
            case _:
                review = await self._change(asked, None)
        payload = dict(asked.payload)
        if review.target:
            payload["campaign"] = str(CampaignRef(id=review.target.id, name=review.target.name))
        changes = {
            "payload": payload,
            "review": review.model_dump(mode="json"),
            "digest": digest(asked.action, self.environment, payload),
        }
        return asked.model_copy(update=changes)

    async def _creation(self, campaign: SmsCampaign | VoiceCampaign) -> Review:
        same_name, lists = await asyncio.gather(
            _in_time(self.kore.find_campaigns(campaign.name)),
            _in_time(self.kore.list_contact_lists()),
        )
        facts = Facts(same_name=same_name, contact_lists=_used(campaign.contact_lists, lists))
        return Review(
            undertaking=Undertaking.CREATE,
            campaign=campaign,
            lists=_sizes(campaign.contact_lists, lists),
            findings=review_campaign(campaign, facts, self.rules),
        )

    async def _change(self, asked: Submission, plan: Schedule | None) -> Review:
        undertaking = Undertaking(asked.action)
        ref = CampaignRef.parse(str(asked.payload["campaign"]))
        found, lists = await asyncio.gather(
            _in_time(self._find(ref)),
            _in_time(self.kore.list_contact_lists()),
        )
        if found is not None and len(found) != 1:
            return Review(
                undertaking=undertaking, schedule=plan, findings=not_one(ref.label, found)
            )
        target = found[0] if found else None
        facts = Facts(
            contact_lists=_used(target.contact_lists, lists) if target else None,
            target=target,
            present=await self._present(target),
            neighbors=await self._neighbors(target, lists),
        )
        now = datetime.now(UTC)
        findings = (
            review_schedule(plan, facts, self.rules, now)
            if plan
            else review_start(facts, self.rules, now)
        )
        sizes = _sizes(target.contact_lists, lists) if target else ()
        hours = target.hours if target else None
        return Review(
            undertaking=undertaking,
            target=target,
            schedule=plan,
            present=facts.present,
            lists=sizes,
            runs=tuple(islice(runs(plan, hours, after=now), RUNS_SHOWN)) if plan else (),
            load=contact_load(sizes, count(plan) if plan else 1),
            findings=findings,
        )

    async def _find(self, ref: CampaignRef) -> list[Snapshot]:
        if not ref.id:
            return await self.kore.find_campaigns(ref.name)
        try:
            return [await self.kore.get_campaign(ref.id)]
        except NotFound:
            return []

    async def _present(self, target: Snapshot | None) -> Schedule | None:
        """The schedule that is there now, as far as the bot set it."""
        known = await self.records.known(target.id) if target else None
        return known.schedule if known and target and target.scheduled is not False else None

    async def _neighbors(
        self, target: Snapshot | None, lists: Sequence[ContactList] | None
    ) -> tuple[tuple[str, Schedule | None], ...] | None:
        """The other campaigns on the same contact lists, with the schedules the bot set."""
        if target is None or lists is None:
            return None
        used = _used(target.contact_lists, lists) or ()
        others = dict.fromkeys(id_ for each in used for id_ in each.used_by if id_ != target.id)
        known = [await self.records.known(each) for each in others]
        return tuple((each.snapshot.name, each.schedule) for each in known if each)


async def _in_time(question: Coroutine[Any, Any, Sequence[T]]) -> tuple[T, ...] | None:
    """The answer, or None where it does not come in time."""
    try:
        async with asyncio.timeout(SECONDS):
            return tuple(await question)
    except (TimeoutError, KoreError) as error:
        log.warning("review.not_checked", reason=type(error).__name__)
        return None


def _used(
    names: Sequence[str], lists: Sequence[ContactList] | None
) -> tuple[ContactList, ...] | None:
    """Those of Kore.ai's contact lists that a campaign uses; its answers name some by ID."""
    if lists is None:
        return None
    return tuple(each for each in lists if {each.name, each.id} & set(names))


def _sizes(
    names: Sequence[str], lists: Sequence[ContactList] | None
) -> tuple[tuple[str, int | None], ...]:
    sizes = {each.name: each.contacts for each in lists or ()}
    return tuple((name, sizes.get(name)) for name in names)
