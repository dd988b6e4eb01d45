"""Persists a submission and runs it to completion in idempotent steps."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from bot.background import BackgroundTasks
from bot.campaigns.approval import Approval, ApprovalState
from bot.campaigns.commands import AnyCommand
from bot.campaigns.contacts import ContactList
from bot.campaigns.environment import Environment, Environments
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.saved_forms import Kept
from bot.catalog import Catalog
from bot.durable import Engine, StepFailed
from bot.durable.maintenance import (
    ABANDONED_AFTER,
    DRAFTS_KEPT,
    RECORDS_KEPT,
    WORKFLOWS_KEPT,
    run_maintenance,
)
from bot.kore import KoreClient, KoreError
from bot.records import DatabaseFault, Draft, Overtaken, Records, Submission, while_away
from bot.work.approval import OPEN, Asker
from bot.work.failures import failure_of
from bot.work.job import Job
from bot.work.look_ahead import look_ahead
from bot.work.preflight import Preflight
from bot.work.rate_limiter import on_wait
from bot.work.uploads import NO_FILES, SlackFiles
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
        files: SlackFiles = NO_FILES,
    ) -> None:
        """Start nothing yet.

        `kores` and `catalogs` map each environment's name to its Kore.ai client and its copy.
        `files` are the ways to and from files in Slack.
        """
        self._engine = engine
        self._records = records
        self.kores = kores
        self.catalogs = catalogs
        self._environments = environments
        self._tasks = tasks
        self._files = files
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
        duties = (
            self._resume_abandoned,
            self.move_approvals,
            self.tell_digests,
            self.look_ahead,
            self._prune,
        )
        self._maintenance = asyncio.create_task(run_maintenance(self._tasks, *duties))

    async def stop(self) -> None:
        """Stop between two steps. The next start resumes the remaining work."""
        if self._maintenance:
            self._maintenance.cancel()
        await self._engine.stop()

    async def accept(self, submission: Submission, kept: Kept | None = None) -> bool:
        """Persist the submission, and what is kept of its form.

        Return False, and change nothing, if its key exists already.

        The engine is told in the background. If the process dies before that, the next start finds
        the submission among the unfinished ones.
        """
        new = await self._records.accept(submission, kept)
        self._tasks.start(self._begin(submission.key))
        return new

    async def _begin(self, key: str) -> None:
        """Let the engine start the work, as soon as the database is back if it is away now."""
        with contextlib.suppress(DatabaseFault):
            await self._engine.accept(key)
            return
        async for attempt in while_away(LONGEST_OUTAGE):
            with attempt:
                # The engine may have stored the task, and lost it, or neither.
                await self._engine.resume(key)

    async def preflight(self, draft: Draft) -> Draft:
        """Return the draft with its review, from the current data of Kore.ai and the records.

        Raises:
            LookupError: its environment is unknown, or it has no command yet.
        """
        environment = self._environments.named(draft.environment)
        if environment is None or draft.command is None:
            raise LookupError(draft.environment)
        checked = await self._preflight(draft.command, environment, draft.author).check()
        return draft.model_copy(update=checked)

    def _preflight(self, command: AnyCommand, environment: Environment, author: str) -> Preflight:
        catalog = self.catalogs[environment.name]
        return Preflight(command, environment, catalog, self._records, author, self._files)

    async def contact_list(self, environment: str, list_id: str) -> ContactList | Failure:
        """Return a contact list as it is in Kore.ai now, or why it is not known.

        Raises:
            LookupError: the environment is unknown.
        """
        try:
            found = await self.catalogs[environment].contact_list(list_id)
        except KoreError as error:
            return failure_of(error)
        return found or Failure(reason=Reason.LIST_NOT_FOUND)

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

    async def tell_digests(self) -> None:
        """Tell the channels whose digest is due."""
        await self._records.digests.tell_due()

    async def look_ahead(self) -> None:
        """Warn the authors of runs that come soon of what speaks against them by now."""
        await look_ahead(self._records)

    async def _resume_abandoned(self) -> None:
        await self.resume(datetime.now(UTC) - ABANDONED_AFTER)

    async def resume(self, before: datetime) -> None:
        """Resume submissions accepted before the given time that are not finished.

        The records decide: after a restore, the engine may take a task for done that is not.
        """
        for key in await self._records.unfinished(before=before):
            part = await self._part(key)
            await self._engine.resume(key, part, abandoned=partial(self._is_left, key, part))

    async def _part(self, key: str) -> str:
        """Return the part of a submission that is to be done: after a decision, what follows it."""
        approval = await self._records.approvals.get(key)
        return approval.state if approval and approval.state not in OPEN else ""

    async def _is_left(self, key: str, part: str) -> bool:
        """Return whether a submission is still unfinished, though its task has ended.

        It was when it was listed; since then it may have gone on to its approval, or beyond.
        """
        unfinished = await self._records.unfinished(before=datetime.now(UTC))
        return key in unfinished and await self._part(key) == part

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
            job = self._job(asked)
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

    def _job(self, asked: Submission) -> Job:
        return Job(
            asked,
            self.kores,
            self.catalogs,
            self._environments,
            self._records,
            self._engine,
            self._files,
        )

    async def _advance(self, job: Job, part: str) -> None:
        """Advance the submission as far as possible."""
        if not part:
            await job.step("begin", job.begin)
        if job.environment is None:
            await job.admit(Reason.NO_ENVIRONMENT)
            return
        asker, state = Asker(job, job.environment.policy), ApprovalState(part) if part else None
        if state is None and job.asked.review and job.asked.review.approval_reason:
            state = await asker.ask()
        # Whoever began later than the task for the decision has overtaken it, and carries on.
        if state is None or (state not in OPEN and await asker.follow(state)):
            async for attempt in while_away(LONGEST_OUTAGE):
                with attempt:
                    # Releasing an approved submission resets its `accepted_at`.
                    asked = await job.now()
            await carry_out(replace(job, asked=asked))
