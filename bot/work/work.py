"""Durable work as the other rooms see it: accept it, and it will be done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog

from bot.campaigns.reasons import Undertaking
from bot.kore import KoreClient
from bot.records import Records, State, Submission
from bot.work.budget import on_wait
from bot.work.create import create
from bot.work.engine import ALONE, Engine
from bot.work.errands import Errands
from bot.work.job import Job
from bot.work.lookup import look_up
from bot.work.poster import Poster
from bot.work.schedule import schedule, unschedule
from bot.work.upkeep import KEPT, LEFT_AFTER, keep_order

TASKS: dict[Undertaking, Callable[[Job], Awaitable[None]]] = {
    Undertaking.CREATE: create,
    Undertaking.SCHEDULE: schedule,
    Undertaking.UNSCHEDULE: unschedule,
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
    ) -> None:
        self._records = records
        self._errands = errands
        self._kore = kore
        self._poster = poster
        self._engine = Engine(database_url, self._carry_out, executor_id)

    async def start(self) -> None:
        """Start working, first on what was accepted before and not finished.

        Raises:
            EngineBusy: another process works on the same SQLite file.
        """
        await self._engine.start()
        for key in await self._records.unfinished(before=datetime.now(UTC)):
            await self._engine.accept(key)
        self._upkeep = asyncio.create_task(keep_order(self._errands, self._take_up, self._prune))

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

    async def _take_up(self) -> None:
        """Hand the engine what was accepted but never reached it; what it has, it keeps."""
        for key in await self._records.unfinished(before=datetime.now(UTC) - LEFT_AFTER):
            await self._engine.accept(key)

    async def _prune(self) -> None:
        await self._engine.prune(datetime.now(UTC) - KEPT)

    async def _carry_out(self, key: str) -> None:
        asked = await self._records.submission(key)
        if asked is None:  # the records were replaced under the engine's file
            return
        with structlog.contextvars.bound_contextvars(reference=asked.reference):
            job = Job(asked, self._kore, self._records, self._poster, self._engine)
            on_wait.set(job.tell_waiting)
            await job.note(State.ACCEPTED, outcome=None, before=None)
            await TASKS[Undertaking(asked.action)](job)
