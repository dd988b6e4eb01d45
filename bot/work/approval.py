"""Requests approval from a second person and acts on the decision."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from blocks import approval as words
from blocks.approval import Asking
from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.policy import Policy
from bot.campaigns.reasons import Failure, Reason
from bot.records import NotApproved, State
from bot.slack import Closed, SlackError
from bot.work.job import Job

# States in which the submission may be carried out.
GRANTED = frozenset({ApprovalState.APPROVED, ApprovalState.RELEASED})
REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Asker:
    """The approval workflow of one submission."""

    job: Job
    policy: Policy

    async def ask(self) -> bool:
        """Post the approval request and tell the author that the submission is waiting.

        Return whether that failed for good, which ends the submission.
        """
        job = self.job
        await job.step("ask", self._ask)
        refused = await job.engine.step("ask there", self._post_card, retry_on=(SlackError,))
        if refused:
            await job.report(job.ref.label, refused)
        else:
            await job.engine.step("tell", self._tell_waiting, retry_on=(SlackError,))
        return refused is not None

    async def follow(self, state: ApprovalState) -> bool:
        """Act on the approval's new state and show it. Return whether to proceed now."""
        job = self.job
        if state is ApprovalState.HELD:
            await job.engine.step("show", self._show, retry_on=(SlackError,))
            await job.engine.step("hold", self._show_hold, retry_on=(SlackError,))
            return False
        if state in GRANTED:
            changed = await job.step("go on", self._release)
            await job.engine.step("show", self._show, retry_on=(SlackError,))
            if changed:
                await job.report(job.ref.label, changed)
            return changed is None
        await job.step("drop", partial(job.mark, State.DROPPED, NotApproved(approval=state)))
        await job.engine.step("tell", self._tell_ended, retry_on=(SlackError,))
        await job.engine.step("show", self._show, retry_on=(SlackError,))
        return False

    async def remind(self) -> None:
        """Remind the approvers in the thread of the approval card."""
        await self.job.engine.step("remind", self._remind, retry_on=(SlackError,))

    async def _ask(self) -> None:
        job, now = self.job, datetime.now(UTC)
        asked = Approval(
            key=job.asked.key,
            action=job.asked.action,
            digest=job.asked.digest or "",
            asked_by=job.asked.author,
            asked_at=now,
            expires_at=now + timedelta(hours=self.policy.expires_after_hours),
            remind_at=now + timedelta(hours=self.policy.remind_after_hours),
        )
        await job.records.approvals.ask(asked)
        await job.mark(State.WAITING)

    async def _post_card(self) -> Failure | None:
        """Post the approval card, or fail the submission if the bot cannot post in that channel."""
        job, asking = self.job, await self._asking()
        channel, key = self.policy.approvers_channel or "", job.asked.key
        try:
            card = words.approval_card(asking)
            ts = await job.poster.post_once(channel, job.asked, card, "approval")
        except Closed:
            await job.records.approvals.withdraw(key, by=job.asked.author, now=datetime.now(UTC))
            return await job.give_up(Failure(reason=Reason.CANNOT_ASK))
        await job.records.approvals.remember_card(key, channel, ts)
        return None

    async def _tell_waiting(self) -> None:
        asking = await self._asking()
        if asking.approval.state is ApprovalState.WAITING:
            notice = words.waiting_notice(asking, self.policy.approvers_channel or "")
            await self.job.poster.tell_once(self.job.asked, notice, "waiting")

    async def _show(self) -> None:
        asking = await self._asking()
        at = asking.approval
        if at.card_channel and at.card_ts:
            await self.job.poster.replace(at.card_channel, at.card_ts, words.approval_card(asking))
        over = words.state_notice(asking)
        await self.job.poster.replace_told(self.job.asked, over, "waiting")
        if at.release_at and at.state is not ApprovalState.HELD:
            await self.job.poster.replace_posted(
                self.job.asked.channel, self.job.asked, over, "hold"
            )

    async def _show_hold(self) -> None:
        asking = await self._asking()
        notice = words.hold_notice(asking)
        try:
            await self.job.poster.post_once(self.job.asked.channel, self.job.asked, notice, "hold")
        except Closed:
            await self.job.poster.tell_once(self.job.asked, notice, "hold")

    async def _tell_ended(self) -> None:
        notice = words.ended_notice(await self._asking(), has_form=self.job.asked.form is not None)
        await self.job.poster.tell_once(self.job.asked, notice, "ended")

    async def _remind(self) -> None:
        at = (await self._asking()).approval
        if at.state is ApprovalState.WAITING and at.card_channel and at.card_ts:
            job = self.job
            said = words.reminder(at)
            await job.poster.reply_once(at.card_channel, at.card_ts, job.asked, said, REMINDER)

    async def _release(self) -> Failure | None:
        """Release the submission if its content still matches the approved digest."""
        job = self.job
        approval = (await self._asking()).approval
        due_at = approval.due_at or datetime.now(UTC)
        await job.engine.confirm_lease()
        if not await job.records.release(job.asked.key, approval.digest, due_at):
            return await job.give_up(Failure(reason=Reason.CHANGED))
        return None

    async def _asking(self) -> Asking:
        approval = await self.job.records.approvals.get(self.job.asked.key)
        review = self.job.asked.review
        assert approval and review  # noqa: S101, PT018 # callers created the approval first
        return Asking(
            review=review,
            approval=approval,
            where=self.job.environments.to_name(self.job.asked.environment),
            group=self.policy.approvers_group,
        )
