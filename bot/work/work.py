"""Durable work as the other rooms see it: accept it, and it will be done."""

from collections.abc import Awaitable, Callable

import structlog

from bot.campaigns.reasons import Undertaking
from bot.kore import KoreClient
from bot.records import Records, Submission
from bot.work.create import create
from bot.work.engine import Engine
from bot.work.errands import Errands
from bot.work.job import Job
from bot.work.lookup import look_up
from bot.work.poster import Poster
from bot.work.schedule import schedule, unschedule

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
        errands: Errands,
    ) -> None:
        self._records = records
        self._errands = errands
        self._kore = kore
        self._poster = poster
        self._engine = Engine(database_url, self._carry_out)

    async def start(self) -> None:
        """Start working, first on what was accepted before and not finished.

        Raises:
            EngineBusy: another process works on the same SQLite file.
        """
        await self._engine.start()
        for key in await self._records.unfinished():
            await self._engine.accept(key)

    async def stop(self) -> None:
        """Stop between two steps; the rest is kept for the next start."""
        await self._engine.stop()

    async def accept(self, submission: Submission) -> None:
        """Keep the submission for good; the same key a second time changes nothing.

        The engine hears of it beside the answer to Slack: should the process die in between, the
        next start finds the submission among the unfinished.
        """
        await self._records.accept(submission)
        self._errands.start(self._engine.accept(submission.key))

    async def _carry_out(self, key: str) -> None:
        asked = await self._records.submission(key)
        if asked is None:  # the records were replaced under the engine's file
            return
        with structlog.contextvars.bound_contextvars(reference=asked.reference):
            job = Job(asked, self._kore, self._records, self._poster, self._engine)
            await TASKS[Undertaking(asked.action)](job)
