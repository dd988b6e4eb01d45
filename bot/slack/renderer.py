"""Renders notifications with `blocks`, from what the records say now."""

from dataclasses import dataclass
from datetime import UTC, datetime

from blocks import approval as words
from blocks import campaign_import as imports
from blocks import edits, emergency, split
from blocks.actions import done_by
from blocks.approval import Asking
from blocks.campaign_lists import choices
from blocks.contact_import import Adding, progress_message
from blocks.failures import Failed, alarm, cause, failure_message
from blocks.kit import Message
from blocks.list_changes import ListChanged, list_changed
from blocks.messages import reading, waiting
from blocks.results import ShownResults, results_message, results_notice
from bot.campaigns import notifications as told
from bot.campaigns.actions import LOOK_UPS
from bot.campaigns.approval import ApprovalState
from bot.campaigns.campaign_import import ImportCampaigns
from bot.campaigns.commands import ScheduleCampaign
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.list_commands import AddContacts, ListChangeCommand
from bot.campaigns.policy import Policy
from bot.campaigns.reasons import Failure
from bot.campaigns.refs import CampaignRef
from bot.records import CampaignsImported, ContactsDone, Entry, Records, State, Submission, outcomes
from bot.slack.cards import Cards


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns a notification into a message."""

    records: Records
    environments: Environments
    cards: Cards

    async def render(self, entry: Entry, asked: Submission | None) -> Message | None:
        """Return the message of a notification; None if nothing has to be said any more.

        `asked` is the submission that it is about.
        """
        if asked is None or _is_over(entry.content):
            return None
        if isinstance(entry.content, told.OfApproval):
            return await self._of_approval(entry, asked, entry.content)
        if isinstance(entry.content, told.ListNotice):
            return self._list_notice(asked, entry.content)
        if isinstance(entry.content, told.ContactsProgress):
            return await self._progress(asked)
        return await self._of_submission(entry, asked, entry.content)

    async def news(self, asked: Submission) -> str:
        """Return the sentence about what was just done, for its card; empty for a look-up."""
        if asked.action in LOOK_UPS:
            return ""
        approval = await self.records.approvals.get(asked.key)
        return done_by(asked.action, asked.author, approval.decided_by if approval else None)

    def failed(self, asked: Submission, failure: Failure) -> Failed:
        """Return what failed, for its notice."""
        return Failed(
            action=asked.action,
            name=_name(asked),
            failure=failure,
            reference=asked.reference,
            form_key=asked.key if asked.form else None,
            environment=self._place(asked),
        )

    def _place(self, asked: Submission) -> Environment | None:
        """Return the environment to name in a notice; None if all environments were searched."""
        everywhere = asked.action in LOOK_UPS and asked.environment is None
        return None if everywhere else self.environments.to_name(asked.environment)

    async def _of_submission(
        self, entry: Entry, asked: Submission, content: told.AnyNotification
    ) -> Message | None:
        message: Message | None = None
        match content:
            case told.Card():
                message = await self._card(entry, asked, content)
            case told.FailureNotice():
                message = failure_message(self.failed(asked, content.failure))
            case told.Alarm():
                message = alarm(
                    content.name or _name(asked), content.failure, await self._people(asked)
                )
            case told.Choice():
                message = choices(asked.command.label, content.found, self.environments)
            case told.RateLimitNotice() | told.ReadingNotice() | told.ResultsNotice():
                message = _wait(asked, content)
            case told.SplitNotice() | told.ScheduleLost() | told.ScheduleProposal():
                message = await self._of_schedule(asked, content)
            case told.Results():
                message = await self._results(content)
            case told.ImportProgress() | told.ImportReport():
                message = await self._of_import(asked, content)
            case told.StopReport():
                message = emergency.report(content, asked.author, self._place(asked))
        return message

    async def _card(self, entry: Entry, asked: Submission, content: told.Card) -> Message | None:
        """Return a card, or what stays of it if a later one has become the live one."""
        news = await self.news(asked)
        live = {each.ts for each in await self.records.cards.of(content.campaign)}
        if entry.ts and entry.ts not in live:
            return await self.cards.moved(content.campaign, news)
        return await self.cards.card(content.campaign, news)

    def _list_notice(self, asked: Submission, content: told.ListNotice) -> Message | None:
        command = asked.command
        if not isinstance(command, ListChangeCommand):
            return None
        deleted = asked.review and asked.review.contact_list
        done = ListChanged(
            command=command,
            list_id=content.contact_list,
            contacts=deleted.contacts if deleted else None,
            environment=asked.environment or self.environments.first.name,
            where=self.environments.to_name(asked.environment),
        )
        return list_changed(done)

    async def _results(self, content: told.Results) -> Message | None:
        known = await self.records.campaigns.known(content.campaign)
        if known is None:
            return None
        ref = CampaignRef.of(known.snapshot)
        where = self.environments.to_name(ref.environment)
        return results_message(ShownResults(ref, content.counts, where))

    async def _progress(self, asked: Submission) -> Message | None:
        """Return how far contacts are added, or that some were not, which the failure says."""
        command, file = asked.command, asked.review.file if asked.review else None
        if not isinstance(command, AddContacts) or file is None:
            return None
        chunks = await self.records.catalog.contact_lists.imports.chunks(asked.key)
        environment = asked.environment or self.environments.first.name
        ref = command.contact_list.model_copy(update={"environment": environment})
        return progress_message(
            Adding(
                ref=ref,
                total=file.good,
                sent=sum(each.contacts for each in chunks.values()),
                done=asked.outcome.counts if isinstance(asked.outcome, ContactsDone) else None,
                where=self.environments.to_name(asked.environment),
            )
        )

    async def _of_import(self, asked: Submission, content: told.OfImport) -> Message | None:
        """Return how far the campaigns of a file are created, or what became of each."""
        command, where = asked.command, self._place(asked)
        if isinstance(content, told.ImportReport):
            return imports.report(content.campaigns, asked.author, where)
        if not isinstance(command, ImportCampaigns):
            return None
        parts = await self.records.campaign_parts.all(asked.key)
        ended = outcomes(command, parts)
        is_over = isinstance(asked.outcome, CampaignsImported)
        return imports.progress(ended, len(command.rows), where, is_over=is_over)

    async def _people(self, asked: Submission) -> list[str]:
        """Return who requested it and who approved it."""
        approval = await self.records.approvals.get(asked.key)
        approver = approval.decided_by if approval else None
        return [each for each in (asked.author, approver) if each]

    async def _of_schedule(
        self,
        asked: Submission,
        content: told.SplitNotice | told.ScheduleLost | told.ScheduleProposal,
    ) -> Message | None:
        """Return the message about a schedule that has still to be set."""
        match content:
            case told.SplitNotice():
                return self._rest(asked)
            case told.ScheduleLost():
                return await self._schedule_lost(asked, content)
            case told.ScheduleProposal():
                return self._proposal(asked, content)

    def _rest(self, asked: Submission) -> Message | None:
        command = asked.command
        if not isinstance(command, ScheduleCampaign) or command.rest is None:
            return None
        halved = split.Halved(
            name=_name(asked),
            first=command.schedule,
            rest=command.rest,
            key=asked.key,
            environment=self.environments.to_name(asked.environment),
        )
        return split.rest_notice(halved)

    async def _schedule_lost(self, asked: Submission, lost: told.ScheduleLost) -> Message | None:
        known = await self.records.campaigns.known(lost.campaign)
        why = f" {cause(lost.failure)}" if lost.failure else ""
        return edits.schedule_lost(known.snapshot, why, self._place(asked)) if known else None

    def _proposal(self, asked: Submission, content: told.ScheduleProposal) -> Message:
        return edits.proposal(
            edits.Proposed(
                name=_name(asked),
                like=content.like,
                schedule=content.schedule,
                key=asked.key,
                environment=self._place(asked),
            )
        )

    async def _of_approval(
        self, entry: Entry, asked: Submission, content: told.OfApproval
    ) -> Message | None:
        asking = await self._asking(asked)
        if asking is None:
            return None
        state, message = asking.approval.state, None
        waits, holds = state is ApprovalState.WAITING, state is ApprovalState.HELD
        match content:
            case told.ApprovalRequest() if waits or entry.ts:
                message = words.approval_card(asking)
            case told.ApprovalPending() if waits:
                message = words.waiting_notice(asking, self._policy(asked).approvers_channel or "")
            case told.ApprovalReminder() if waits and asking.approval.card_ts:
                message = words.reminder(asking.approval)
            case told.ApprovalHold() if holds:
                message = words.hold_notice(asking)
            case told.ApprovalPending() if entry.ts and holds:
                message = words.approved_notice(asking)
            case told.ApprovalPending() | told.ApprovalHold() if entry.ts:
                message = words.state_notice(asking)
            case told.ApprovalEnd():
                message = words.ended_notice(asking, has_form=asked.form is not None)
        return message

    async def _asking(self, asked: Submission) -> Asking | None:
        approval = await self.records.approvals.get(asked.key)
        if approval is None or asked.review is None:
            return None
        return Asking(
            review=asked.review,
            approval=approval,
            where=self.environments.to_name(asked.environment),
            group=self._policy(asked).approvers_group,
        )

    def _policy(self, asked: Submission) -> Policy:
        environment = self.environments.named(asked.environment)
        return environment.policy if environment else Policy()


def _name(asked: Submission) -> str:
    """Return the campaign's name, or the author's reference if the campaign was not found."""
    return asked.before.name if asked.before else asked.command.label


def _is_over(content: told.AnyNotification) -> bool:
    """Return whether a notification is no longer true."""
    return content.expires_at is not None and content.expires_at <= datetime.now(UTC)


def _wait(
    asked: Submission, content: told.RateLimitNotice | told.ReadingNotice | told.ResultsNotice
) -> Message | None:
    """Return the message that tells why an answer takes longer; None if it is there by now."""
    match content:
        case told.RateLimitNotice():
            return waiting(content.until)
        case told.ReadingNotice():
            return reading(asked.command.label, content.progress)
        case told.ResultsNotice() if asked.state is State.ACCEPTED:
            return results_notice(asked.command.label, content.read, content.total)
        case _:
            return None
