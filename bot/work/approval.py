"""Requests approval from a second person and acts on the decision."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.policy import Policy
from bot.campaigns.reasons import Failure, Reason
from bot.records import NotApproved, State
from bot.work.job import Job

# States in which the submission may be carried out.
GRANTED = frozenset({ApprovalState.APPROVED, ApprovalState.RELEASED})
# States that are followed by another one.
OPEN = frozenset({ApprovalState.WAITING, ApprovalState.HELD})


@dataclass(frozen=True, slots=True)
class Asker:
    """The approval workflow of one submission. The records tell people of each new state."""

    job: Job
    policy: Policy

    async def ask(self) -> ApprovalState:
        """Request approval, and return the state of the request.

        It may be decided already, if this is not the first attempt.
        """
        # What an earlier version stored of this step says nothing.
        return await self.job.step("ask", self._ask) or ApprovalState.WAITING

    async def follow(self, state: ApprovalState) -> bool:
        """Act on the approval's final state. Return whether to carry out the submission now."""
        job = self.job
        if state in GRANTED:
            return await job.step("release", self._release)
        if state is ApprovalState.UNASKED:
            await job.step("drop", partial(job.give_up, Failure(reason=Reason.CANNOT_ASK)))
        else:
            await job.step("drop", partial(job.mark, State.DROPPED, NotApproved(approval=state)))
        return False

    async def _ask(self) -> ApprovalState:
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
        approval = await job.records.approvals.get(job.asked.key) or asked
        if approval.state in OPEN:
            await job.mark(State.WAITING)
        return approval.state

    async def _release(self) -> bool:
        """Release the submission if its content still matches the approved digest."""
        job = self.job
        approval = await job.records.approvals.get(job.asked.key)
        assert approval  # noqa: S101 # somebody granted it
        due_at = approval.due_at or datetime.now(UTC)
        await job.engine.confirm_lease()
        if await job.records.release(job.asked, approval.digest, due_at):
            return True
        await job.give_up(Failure(reason=Reason.CHANGED))
        return False
