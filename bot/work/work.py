"""Persists a submission and runs it to completion in idempotent steps."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.background import BackgroundTasks
from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.environment import Environments
from bot.campaigns.reasons import Reason
from bot.catalog import Catalog
from bot.durable import Engine, StepFailed
from bot.durable.maintenance import (
    ABANDONED_AFTER,
    DRAFTS_KEPT,
    RECORDS_KEPT,
    WORKFLOWS_KEPT,
    run_maintenance,
)
from bot.kore import KoreClient
from bot.records import Draft, Overtaken, Records, Submission, while_away
from bot.work.approval import OPEN, Asker
from bot.work.job import Job
from bot.work.preflight import Preflight
from bot.work.rate_limiter import on_wait
from bot.work.use_cases import carry_out

log = structlog.get_logger()

# After a longer outage of the database, the next resumption continues.
LONGEST_OUTAGE = timedelta(minutes=10)


class Work:
    """Accepts submissions durably and carries each out once, across restarts."""

    def __init__(
        self,
        engine: Engine,
        records: Records,
        kores: Mapping[str, KoreClient],
        catalogs: Mapping[str, Catalog],
        *,
        environments: Environments,
        tasks: BackgroundTasks,
    ) -> None:
        """Start nothing yet.

        `kores` and `catalogs` map each environment's name to its Kore.ai client and its copy.
        """
        self._engine = engine
        self._records = records
        self.kores = kores
        self.catalogs = catalogs
        self._environments = environments
        self._tasks = tasks
        self._maintenance: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the engine and resume unfinished submissions.

        Raises:
            LeaseTaken: another process uses the same SQLite file or this executor's name.
            DatabaseFault: the database failed. Stop the work then, as after any other start.
        """
        await self._engine.start(self.carry_out_task)
        await self.resume(datetime.now(UTC))
        await self.move_approvals()
        self._maintenance = asyncio.create_task(
            run_maintenance(self._tasks, self._resume_abandoned, self.move_approvals, self._prune)
        )

    async def stop(self) -> None:
        """Stop between two steps. The next start resumes the remaining work."""
        if self._maintenance:
            self._maintenance.cancel()
        await self._engine.stop()

    async def accept(self, submission: Submission) -> bool:
        """Persist the submission. Return False, and change nothing, if its key exists already.

        The engine is told in the background. If the process dies before that, the next start finds
        the submission among the unfinished ones.
        """
        new = await self._records.accept(submission)
        self._tasks.start(self._engine.accept(submission.key))
        return new

    async def preflight(self, draft: Draft) -> Draft:
        """Return the draft with its review, from the current data of Kore.ai and the records.

        Raises:
            LookupError: its environment is unknown, or it has no command yet.
        """
        environment = self._environments.named(draft.environment)
        if environment is None or draft.command is None:
            raise LookupError(draft.environment)
        catalog = self.catalogs[environment.name]
        checked = await Preflight(draft.command, environment, catalog, self._records).check()
        return draft.model_copy(update=checked)

    async def follow(self, approval: Approval) -> None:
        """Start a task that acts on an approval's new state, if there is something to do."""
        if approval.state not in OPEN:
            await self._engine.resume(approval.key, approval.state)

    async def cannot_ask(self, key: str) -> None:
        """End a submission whose approval cannot be requested, and tell its author."""
        asked = await self._records.submission(key)
        by, now = asked.author if asked else "", datetime.now(UTC)
        decision = await self._records.approvals.give_up(key, by=by, now=now)
        if decision.approval:
            await self.follow(decision.approval)

    async def move_approvals(self) -> None:
        """Advance every approval that has expired, was released or decided, or needs a reminder."""
        now, approvals = datetime.now(UTC), self._records.approvals
        await approvals.expire(now)
        await approvals.release(now)
        for key in await self._records.waiting():
            approval = await approvals.get(key)
            if approval:
                await self.follow(approval)
        await approvals.remind(now)

    async def _resume_abandoned(self) -> None:
        await self.resume(datetime.now(UTC) - ABANDONED_AFTER)

    async def resume(self, before: datetime) -> None:
        """Resume submissions accepted before the given time that are not finished.

        The records decide: after a restore, the engine may take a task for done that is not.
        """
        for key in await self._records.unfinished(before=before):
            approval = await self._records.approvals.get(key)
            decided = approval and approval.state not in OPEN
            part = approval.state if approval and decided else ""
            await self._engine.resume(key, part, even_done=True)

    async def _prune(self) -> None:
        now = datetime.now(UTC)
        await self._engine.prune(now - WORKFLOWS_KEPT)
        await self._records.drafts.prune(now - DRAFTS_KEPT)
        await self._records.prune(now - RECORDS_KEPT)

    async def carry_out_task(self, key: str, part: str = "") -> None:
        """Carry out a submission, or the part of it that follows a new state of its approval."""
        async for attempt in while_away(LONGEST_OUTAGE):
            with attempt:
                asked = await self._records.take_up(key)
        # Another process may have finished it meanwhile; or the records were replaced.
        if asked is None:
            return
        with structlog.contextvars.bound_contextvars(reference=asked.reference):
            job = Job(
                asked, self.kores, self.catalogs, self._environments, self._records, self._engine
            )
            on_wait.set(job.tell_waiting)
            try:
                await self._advance(job, part)
            except Overtaken:
                log.warning("submission.overtaken", action=asked.action)
                return
            except StepFailed:
                await job.admit()
            async for attempt in while_away(LONGEST_OUTAGE):
                with attempt:
                    await self._records.finish(asked)

    async def _advance(self, job: Job, part: str) -> None:
        """Advance the submission as far as possible."""
        if not part:
            await job.step("begin", job.begin)
        if job.environment is None:
            await job.admit(Reason.NO_ENVIRONMENT)
            return
        asker = Asker(job, job.environment.policy)
        if not part and job.asked.review and job.asked.review.approval_reason:
            await asker.ask()
        elif not part or await asker.follow(ApprovalState(part)):
            # Releasing an approved submission resets its `accepted_at`.
            await carry_out(replace(job, asked=await job.now()))
