"""Durable work as the other rooms see it: accept it, and it will be done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog

from bot.campaigns.reasons import Undertaking
from bot.campaigns.rules import Rules
from bot.kore import KoreClient
from bot.records import Records, Submission
from bot.work.budget import on_wait
from bot.work.create import create
from bot.work.engine import ALONE, LEASE, Engine, StepFailed
from bot.work.errands import Errands
from bot.work.examine import Examiner
from bot.work.job import Job
from bot.work.lookup import look_up
from bot.work.poster import Poster
from bot.work.run import start, stop
from bot.work.schedule import schedule, unschedule
from bot.work.upkeep import KEPT, LEFT_AFTER, keep_order

TASKS: dict[Undertaking, Callable[[Job], Awaitable[None]]] = {
    Undertaking.CREATE: create,
    Undertaking.SCHEDULE: schedule,
    Undertaking.UNSCHEDULE: unschedule,
    Undertaking.START: start,
    Undertaking.STOP: stop,
    Undertaking.STATUS: look_up,
}


class Work:
    """Takes submissions in for good and carries each out once, through restarts."""

    def __init__(
        self,
        database_url: str,
        records: Records,
        kore: KoreClient,
        poster: Poster,
        *,
        errands: Errands,
        executor_id: str = ALONE,
        lease: timedelta = LEASE,
    ) -> None:
        self._records = records
        self._errands = errands
        self._kore = kore
        self._poster = poster
        self._examiner = Examiner(kore, records, Rules(), "production")
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
            EngineBusy: another process works on the same SQLite file, or has this one's name.
        """
        await self._engine.start()
        await self._take_up(datetime.now(UTC))
        self._upkeep = asyncio.create_task(
            keep_order(self._errands, self._take_up_left, self._prune)
        )

    async def stop(self) -> None:
        """Stop between two steps; the rest is kept for the next start."""
        self._upkeep.cancel()
        await self._engine.stop()

    async def accept(self, submission: Submission) -> None:
        """Keep the submission for good; the same key a second time changes nothing.

        The engine hears of it beside the answer to Slack: should the process die in between, the
        next start finds the submission among the unfinished.
        """
        await self._records.accept(submission)
        self._errands.start(self._engine.accept(submission.key))

    async def examine(self, asked: Submission) -> Submission:
        """The submission with its review, from what Kore.ai and the records know now."""
        return await self._examiner.examine(asked)

    async def _take_up_left(self) -> None:
        await self._take_up(datetime.now(UTC) - LEFT_AFTER)

    async def _take_up(self, before: datetime) -> None:
        """Hand the engine what it never heard of or gave up; what it works on, it keeps."""
        for key in await self._records.unfinished(before=before):
            await self._engine.take_up(key)

    async def _prune(self) -> None:
        await self._engine.prune(datetime.now(UTC) - KEPT)

    async def _carry_out(self, key: str) -> None:
        asked = await self._records.submission(key)
        if asked is None:  # the records were replaced under the engine's file
            return
        with structlog.contextvars.bound_contextvars(reference=asked.reference):
            job = Job(asked, self._kore, self._records, self._poster, self._engine)
            on_wait.set(job.tell_waiting)
            try:
                await job.step("begin", job.begin)
                await TASKS[Undertaking(asked.action)](job)
            except StepFailed:
                await job.admit()
