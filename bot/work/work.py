"""Durable work as the other rooms see it: accept it, and it will be done."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.background import BackgroundTasks
from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.reasons import Reason
from bot.durable import ALONE, LEASE_LENGTH, Engine, StepFailed
from bot.durable.maintenance import (
    ABANDONED_AFTER,
    DRAFTS_KEPT,
    WORKFLOWS_KEPT,
    run_maintenance,
)
from bot.kore import KoreClient
from bot.records import Draft, Records, Submission
from bot.work.approval import GRANTED, REMINDER, Asker
from bot.work.job import Job
from bot.work.poster import Poster
from bot.work.preflight import Preflight
from bot.work.rate_limiter import on_wait
from bot.work.use_cases import carry_out

# Between a submission's key and what became of its approval, in a task's key.
PHASE = "#"


class Work:
    """Takes submissions in for good and carries each out once, through restarts."""

    def __init__(
        self,
        database_url: str,
        records: Records,
        kores: Mapping[str, KoreClient],
        poster: Poster,
        *,
        environments: Environments,
        tasks: BackgroundTasks,
        executor_id: str = ALONE,
        lease: timedelta = LEASE_LENGTH,
    ) -> None:
        """Do nothing yet. `kores` has a client for each of the environments, by its name."""
        self._records = records
        self._tasks = tasks
        self._kores = kores
        self._environments = environments
        self._poster = poster
        self._engine = Engine(
            database_url,
            self._carry_out,
            records.executors,
            executor_id=executor_id,
            lease=lease,
        )

    async def start(self) -> None:
        """Start working, first on what was accepted before and not finished.

        Raises:
            LeaseTaken: another process works on the same SQLite file, or has this one's name.
        """
        await self._engine.start()
        await self.resume(datetime.now(UTC))
        await self.move_approvals()
        self._maintenance = asyncio.create_task(
            run_maintenance(self._tasks, self._resume_abandoned, self.move_approvals, self._prune)
        )

    async def stop(self) -> None:
        """Stop between two steps; the rest is kept for the next start."""
        self._maintenance.cancel()
        await self._engine.stop()

    async def accept(self, submission: Submission) -> bool:
        """Keep the submission for good; the same key a second time changes nothing, and is False.

        The engine hears of it beside the answer to Slack: should the process die in between, the
        next start finds the submission among the unfinished.
        """
        new = await self._records.accept(submission)
        self._tasks.start(self._engine.accept(submission.key))
        return new

    async def preflight(self, draft: Draft) -> Draft:
        """The draft with its review, from what Kore.ai and the records know now.

        Raises:
            LookupError: its environment is none of those there are, or it has no command yet.
        """
        environment = self._environments.named(draft.environment)
        if environment is None or draft.command is None:
            raise LookupError(draft.environment)
        kore = self._kores[environment.name]
        checked = await Preflight(draft.command, environment, kore, self._records).check()
        return draft.model_copy(update=checked)

    async def follow(self, approval: Approval) -> None:
        """Have an approval's new state shown, told, and acted on."""
        await self._engine.resume(f"{approval.key}{PHASE}{approval.state}")

    async def move_approvals(self) -> None:
        """Move on each approval that can: expired, released, decided, or never asked for.

        A request is not asked for while the posting of its card has failed for as long as a step
        is tried; then the whole asking is begun again.
        """
        now, approvals = datetime.now(UTC), self._records.approvals
        await approvals.expire(now)
        await approvals.release(now)
        for key in await self._records.waiting():
            approval = await approvals.get(key)
            if approval and approval.state is not ApprovalState.WAITING:
                await self.follow(approval)
            elif approval is None or approval.card_ts is None:
                await self._engine.resume(key)
        for key in await approvals.due_reminders(now):
            await self._engine.accept(f"{key}{PHASE}{REMINDER}")

    async def _resume_abandoned(self) -> None:
        await self.resume(datetime.now(UTC) - ABANDONED_AFTER)

    async def resume(self, before: datetime) -> None:
        """Have carried out what was accepted before then and is not under way."""
        for key in await self._records.unfinished(before=before):
            approval = await self._records.approvals.get(key)
            if approval and approval.state in GRANTED:
                await self.follow(approval)
            else:
                await self._engine.resume(key)

    async def _prune(self) -> None:
        now = datetime.now(UTC)
        await self._engine.prune(now - WORKFLOWS_KEPT)
        await self._records.drafts.prune(now - DRAFTS_KEPT)

    async def _carry_out(self, task: str) -> None:
        """A submission, or what comes of its approval, which is a task of its own."""
        key, _, phase = task.partition(PHASE)
        asked = await self._records.submission(key)
        if asked is None:  # the records were replaced under the engine's file
            return
        with structlog.contextvars.bound_contextvars(reference=asked.reference):
            job = Job(
                asked, self._kores, self._environments, self._records, self._poster, self._engine
            )
            on_wait.set(job.tell_waiting)
            try:
                if job.environment is None:
                    await job.step("begin", job.begin)
                    await job.admit(Reason.NO_ENVIRONMENT)
                elif await self._may_go(job, job.environment, phase):
                    # An approval lets it be carried out as if it were accepted only now.
                    current = replace(job, asked=await job.now())
                    await carry_out(current)
            except StepFailed:
                await job.admit()

    async def _may_go(self, job: Job, environment: Environment, phase: str) -> bool:
        """Whether it may be carried out now: at once, or as its approval stands."""
        asker = Asker(job, environment.policy)
        if phase == REMINDER:
            await asker.remind()
            return False
        if phase:
            return await asker.follow(ApprovalState(phase))
        await job.step("begin", job.begin)
        if job.asked.review and job.asked.review.approval_reason:
            await asker.ask()
            return False
        return True
