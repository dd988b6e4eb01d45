"""Renders notifications with `blocks`, from what the records say now."""

from dataclasses import dataclass
from datetime import UTC, datetime

from blocks import approval as words
from blocks import split
from blocks.actions import done_by
from blocks.approval import Asking
from blocks.campaign_lists import choices
from blocks.card import CardFacts, card
from blocks.failures import Failed, alarm, failure_message
from blocks.kit import Message
from blocks.messages import reading, waiting
from bot.campaigns import notifications as told
from bot.campaigns.actions import Action
from bot.campaigns.approval import ApprovalState
from bot.campaigns.commands import ScheduleCampaign
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.policy import Policy
from bot.campaigns.reasons import Failure
from bot.records import Entry, Records, Submission


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns a notification into a message."""

    records: Records
    environments: Environments

    async def render(self, entry: Entry, asked: Submission | None) -> Message | None:
        """Return the message of a notification; None if nothing has to be said any more.

        `asked` is the submission that it is about.
        """
        if isinstance(entry.content, told.CardUpdate | told.RetiredCard):
            return await self._earlier_card(entry.content)
        if asked is None or _is_over(entry.content):
            return None
        if isinstance(entry.content, told.OfApproval):
            return await self._of_approval(entry, asked, entry.content)
        return await self._of_submission(entry, asked, entry.content)

    async def news(self, asked: Submission) -> str:
        """Return the sentence about what was just done, for its card; empty for a look-up."""
        if asked.action is Action.STATUS:
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
        everywhere = asked.action is Action.STATUS and asked.environment is None
        return None if everywhere else self.environments.to_name(asked.environment)

    async def _of_submission(
        self, entry: Entry, asked: Submission, content: told.AnyNotification
    ) -> Message | None:
        message: Message | None = None
        match content:
            case told.Card():
                message = await self._card(content.campaign, await self.news(asked), entry.ts)
            case told.FailureNotice():
                message = failure_message(self.failed(asked, content.failure))
            case told.Alarm():
                message = alarm(_name(asked), content.failure, await self._people(asked))
            case told.Choice():
                message = choices(asked.command.ref.label, content.found, self.environments)
            case told.RateLimitNotice():
                message = waiting(content.until)
            case told.ReadingNotice():
                message = reading(asked.command.ref.label, content.progress)
            case told.SplitNotice():
                message = self._rest(asked)
        return message

    async def _people(self, asked: Submission) -> list[str]:
        """Return who requested it and who approved it."""
        approval = await self.records.approvals.get(asked.key)
        approver = approval.decided_by if approval else None
        return [each for each in (asked.author, approver) if each]

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

    async def _earlier_card(self, content: told.CardUpdate | told.RetiredCard) -> Message | None:
        if isinstance(content, told.RetiredCard):
            return await self._card(content.campaign, content.news, content.ts)
        posts = await self.records.campaigns.posts(content.campaign)
        post = next((each for each in posts if each.channel == content.channel), None)
        return await self._card(content.campaign, post.news, post.ts) if post else None

    async def _card(self, campaign: str, news: str, ts: str | None) -> Message | None:
        """Return a campaign's card; only the live one in its channel has buttons.

        A card without a `ts` is about to become the live one.
        """
        known = await self.records.campaigns.known(campaign)
        if known is None:
            return None
        facts = CardFacts(
            snapshot=known.snapshot,
            schedule=known.schedule,
            created_by=known.created_by,
            checked_at=known.seen_at,
            news=news,
            environment=self.environments.to_name(known.snapshot.environment),
        )
        live = {each.ts for each in await self.records.campaigns.posts(campaign)}
        return card(facts, with_buttons=ts is None or ts in live)

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
    return asked.before.name if asked.before else asked.command.ref.label


def _is_over(content: told.AnyNotification) -> bool:
    """Return whether a notification is no longer true."""
    return content.expires_at is not None and content.expires_at <= datetime.now(UTC)
