"""Checks a command against Kore.ai and the records before its review."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.campaigns.actions import ACTIONS, SENT_BY_NAME, Action
from bot.campaigns.campaign import SmsCampaign, Snapshot, VoiceCampaign
from bot.campaigns.campaign_import import ImportCampaigns
from bot.campaigns.commands import (
    AnyCampaignCommand,
    AnyCommand,
    CreateSms,
    CreateVoice,
    EditCampaign,
    OnCampaign,
    ScheduleCampaign,
)
from bot.campaigns.contacts import ContactList
from bot.campaigns.edits import marks_of, merged
from bot.campaigns.environment import Environment
from bot.campaigns.list_commands import AnyListCommand
from bot.campaigns.policy import ApprovalReason
from bot.campaigns.refs import CampaignRef
from bot.campaigns.review import (
    Facts,
    Review,
    contact_load,
    digest,
    needing_approval,
    no_single_campaign,
    review_campaign,
    review_edit,
)
from bot.campaigns.review.findings import Finding
from bot.campaigns.review.stop_all import check_stop_all
from bot.campaigns.runs import count
from bot.campaigns.schedule import Schedule
from bot.campaigns.stop_all import StopAll
from bot.campaigns.values import same_name
from bot.catalog import Catalog
from bot.kore import Listing
from bot.records import Records
from bot.work.change_reviews import ENDINGS, review_change
from bot.work.import_preflight import ImportPreflight, schedules
from bot.work.list_preflight import ListPreflight
from bot.work.open_changes import open_changes
from bot.work.present import known_settings
from bot.work.questions import Found, Questions, list_sizes, used_lists
from bot.work.uploads import NO_FILES, SlackFiles


@dataclass(frozen=True, slots=True)
class Preflight:
    """The check of one command in its environment."""

    command: AnyCommand
    environment: Environment
    catalog: Catalog
    records: Records
    author: str = ""
    files: SlackFiles = NO_FILES
    questions: Questions = field(default_factory=Questions)

    async def check(self) -> dict[str, object]:
        """Return the `command`, its `review`, and the `digest` of the command and environment.

        Replace a campaign's name by the ID of the only match, so that no other campaign can be
        meant later.
        """
        command, review = await self._reviewed()
        review = needing_approval(review, self._approval_reason(review))
        if review.target and isinstance(command, OnCampaign):
            command = command.model_copy(update={"campaign": CampaignRef.of(review.target)})
        if isinstance(command, EditCampaign) and review.replaced is not None:
            seen = {"edited": review.campaign, "seen": marks_of(review.replaced)}
            command = command.model_copy(update=seen)
        return {
            "command": command,
            "review": review.model_copy(update={"named": self.command.label}),
            "digest": digest(command.action, self.environment.name, command.content()),
        }

    async def _reviewed(self) -> tuple[AnyCommand, Review]:
        command = self.command
        if isinstance(command, AnyListCommand):
            lists = ListPreflight(
                self.catalog,
                self.environment.name,
                self.records,
                questions=self.questions,
                files=self.files,
                author=self.author,
            )
            return await lists.check(command)
        if isinstance(command, ImportCampaigns):
            several = ImportPreflight(
                self.catalog,
                self.environment,
                self.records,
                questions=self.questions,
                files=self.files,
                author=self.author,
            )
            return await several.check(command)
        if isinstance(command, StopAll):
            return command, await self._emergency_stop(command)
        return command, await self._review(command)

    async def _emergency_stop(self, command: StopAll) -> Review:
        found = await self.questions.in_time(self.catalog.running())
        running, complete = (found.campaigns, found.complete) if found else (None, False)
        number = None if running is None else len(running)
        findings = tuple(check_stop_all(number, complete=complete))
        return Review(action=command.action, running=running, findings=findings)

    async def _review(self, command: AnyCampaignCommand) -> Review:
        match command:
            case CreateSms(campaign=campaign) | CreateVoice(campaign=campaign):
                return await self._creation(campaign)
            case ScheduleCampaign(schedule=plan, rest=rest):
                review = await self._change(command.ref, plan)
                return review.model_copy(update={"rest": rest})
            case EditCampaign() as edit:
                return await self._edit(edit)
            case _:
                return await self._change(command.ref, None)

    def _approval_reason(self, review: Review) -> ApprovalReason | None:
        """Return why the command needs approval at the time it first takes effect, or None."""
        load = review.load.product if review.load else None
        at = review.runs[0].at if review.runs else datetime.now(UTC)
        permission = ACTIONS[self.command.action].permission
        asked = [(permission, at), *schedules(review.imported or ())]
        policy = self.environment.policy
        reasons = (policy.needs_approval(each, load, when) for each, when in asked)
        return next(filter(None, reasons), None)

    async def _creation(self, campaign: SmsCampaign | VoiceCampaign) -> Review:
        facts = await self._facts_for_creation(campaign)
        sizes = list_sizes(campaign.contact_lists, facts.contact_lists)
        return Review(
            action=Action.CREATE,
            campaign=campaign,
            lists=sizes,
            load=contact_load(sizes, 1),
            findings=review_campaign(campaign, facts, self.environment.rules),
        )

    async def _facts_for_creation(self, campaign: SmsCampaign | VoiceCampaign) -> Facts:
        found, listing = await asyncio.gather(
            self.questions.found(self.catalog.namesakes(campaign.name, self.catalog.fresh)),
            self.questions.in_time(self.catalog.contact_lists()),
        )
        known, name = self.records.campaigns, self.environment.name
        return Facts(
            same_name=found.campaigns,
            names_read=found.progress,
            contact_lists=used_lists(campaign.contact_lists, listing),
            dnc_lists=await known.dnc_lists(name),
            caller_ids=await known.caller_ids(name, campaign.kind),
        )

    async def _edit(self, edit: EditCampaign) -> Review:
        ref, records = edit.ref, self.records
        (found, _), listing = await asyncio.gather(self._target(ref), self._contact_lists())
        if found.campaigns is not None and len(found.campaigns) != 1:
            finding = await self._not_one(edit.action, ref, found.campaigns)
            return Review(action=edit.action, findings=(finding,))
        target = found.campaigns[0] if found.campaigns else None
        settings = await known_settings(records, target) if target else None
        merge = merged(edit.edited, edit.seen, settings or {})
        others = await self._others_named(merge.campaign.name, target)
        used = used_lists(merge.campaign.contact_lists, listing)
        facts = Facts(
            same_name=others.campaigns,
            names_read=others.progress or found.progress,
            contact_lists=used,
            dnc_lists=await records.campaigns.dnc_lists(self.environment.name),
            caller_ids=await records.campaigns.caller_ids(
                self.environment.name, merge.campaign.kind
            ),
            target=target,
            present=await self._present(ref, target),
            open_changes=await open_changes(records, self.environment.name, ref, target),
        )
        sizes = list_sizes(merge.campaign.contact_lists, used)
        now, rules = datetime.now(UTC), self.environment.rules
        return Review(
            action=edit.action,
            campaign=merge.campaign,
            replaced=dict(settings) if settings is not None else None,
            target=target,
            present=facts.present,
            lists=sizes,
            load=contact_load(sizes, count(facts.present) if facts.present else 1),
            findings=review_edit(merge, settings, facts, rules, now),
        )

    async def _not_one(
        self, action: Action, ref: CampaignRef, found: Sequence[Snapshot]
    ) -> Finding:
        was_known = await self.records.campaigns.was_known(ref)
        return no_single_campaign(action, ref.label, found, was_known=was_known)

    async def _others_named(self, name: str, target: Snapshot | None) -> Found:
        """Return the other campaigns of a name that an edit gives to the target."""
        if target is not None and same_name(target.name, name):
            return Found(())
        found = await self.questions.found(self.catalog.namesakes(name, self.catalog.fresh))
        if found.campaigns is None or target is None:
            return found
        others = tuple(each for each in found.campaigns if each.id != target.id)
        return replace(found, campaigns=others)

    async def _change(self, ref: CampaignRef, plan: Schedule | None) -> Review:
        (found, named), listing = await asyncio.gather(self._target(ref), self._contact_lists())
        action = self.command.action
        if found.campaigns is not None and len(found.campaigns) != 1:
            finding = await self._not_one(action, ref, found.campaigns)
            return Review(action=action, schedule=plan, findings=(finding,))
        target = found.campaigns[0] if found.campaigns else None
        used = used_lists(target.contact_lists, listing) if target else None
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
        return await asyncio.to_thread(review_change, action, plan, facts, self.environment.rules)

    async def _contact_lists(self) -> Listing[ContactList] | None:
        """Return the contact lists; None if they are unknown, or nobody on them is contacted."""
        if self.command.action in ENDINGS:
            return None
        return await self.questions.in_time(self.catalog.contact_lists())

    async def _target(self, ref: CampaignRef) -> tuple[Found, Found]:
        """Return the matching campaigns, and those of the same name if Kore.ai goes by it."""
        found = await self.questions.found(self.catalog.find(ref))
        if self.command.action not in SENT_BY_NAME or not found.campaigns:
            return found, Found()
        name = found.campaigns[0].name
        return found, await self.questions.found(self.catalog.namesakes(name, self.catalog.fresh))

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
