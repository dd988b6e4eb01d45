"""The durable engine: what is accepted under a key is carried out, through restarts.

The only module that knows DBOS. What it guards against is measured, not guessed: SQLite needs WAL
set before DBOS opens the file; two processes with one executor id run each other's work; another
application version strands what is under way (docs.dbos.dev/production/workflow-recovery).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions
from dbos import error as dbos_errors

from bot.durable.lease import ExecutorLease, FileLease, Lease
from bot.records import DatabaseFault, Executors
from bot.records.database import STALLED, engine_file, sqlite_driver, sqlite_file

log = structlog.get_logger()
T = TypeVar("T")
Workflow = Coroutine[Any, Any, None]

# A constant: by default DBOS hashes the code, and a deploy would strand what is under way.
APPLICATION_VERSION = "1"
# The name of the one process that a SQLite file may have.
ALONE = "campaign-bot"
# Slack gives three seconds; a platform that stops the bot usually gives ten.
STEP_GRACE_SECONDS = 8.0
# Longer than a process stalls and still comes back.
LEASE_LENGTH = timedelta(seconds=90)
PRUNED_AT_ONCE = 500
# Ten tries with pauses that double from a second on take eight and a half minutes.
STEP_TRIES = 10
FIRST_PAUSE_SECONDS = 1.0


# How a workflow ends that was not carried out.
_ENDED_BADLY = {"CANCELLED", "ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}


class Passing(Exception):
    """A fault in a step that may pass by itself; the step is tried again."""


class StillFailing(Exception):
    """A step met passing faults for as long as is sensible; its task is taken up again later."""


class StepFailed(Exception):
    """A step met a fault of the bot's own, which the log tells."""


class Engine:
    """Carries out one task for each accepted key, exactly one at a time for a key."""

    def __init__(
        self,
        url: str,
        executors: Executors,
        *,
        executor_id: str = ALONE,
        lease: timedelta = LEASE_LENGTH,
    ) -> None:
        """Do nothing yet. `executor_id` and `lease` are for PostgreSQL, where there are several."""
        self._url = url
        self._executor_id = executor_id
        self._lease: Lease = (
            FileLease(url)
            if sqlite_file(url)
            else ExecutorLease(executors, executor_id, lease, self.take_over)
        )
        self._closing = asyncio.Event()
        self._steps = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def start(self, task: Callable[[str], Awaitable[None]]) -> None:
        """Start to carry out `task` for each key, first for those an earlier process left.

        Raises:
            LeaseTaken: another process has the SQLite file, or the executor's name.
        """
        await self._lease.acquire()
        _use_wal(self._url)
        DBOS(config=self._config())
        self._workflow = _register(task)
        DBOS.launch()

    async def accept(self, key: str) -> None:
        """Carry `key` out from now on; the same key again changes nothing."""
        with SetWorkflowID(key):
            await DBOS.start_workflow_async(self._workflow, key)

    async def resume(self, key: str) -> None:
        """Carry out what was accepted and is not done, whether or not that was tried before.

        Beginning anew is safe: each step goes by what the records say was done.
        """
        earlier = await DBOS.get_workflow_status_async(key)
        if earlier and earlier.status in _ENDED_BADLY:
            await DBOS.delete_workflows_async([key])
        await self.accept(key)

    async def take_over(self, executor_id: str) -> None:
        """Carry out what another process left when it died."""
        left = await DBOS.list_workflows_async(
            status="PENDING", executor_id=executor_id, load_input=False, load_output=False
        )
        if left:
            await DBOS.resume_workflows_async([each.workflow_id for each in left])

    async def confirm_lease(self) -> None:
        """Return if this process may still work; one whose work was given to others may not."""
        await self._lease.confirm()

    async def step(
        self,
        name: str,
        act: Callable[[], Coroutine[Any, Any, T]],
        *,
        retry_on: tuple[type[Exception], ...] = (),
    ) -> T:
        """Do `act` inside a task and keep its answer, so that a restart does not repeat it.

        A process that dies in the middle of `act` will call it again: it looks before it repeats.
        Errors in `retry_on`, and the database's, are tried again for some eight minutes.

        Raises:
            StillFailing: they did not pass.
            StepFailed: another error, which is logged.
        """
        await self._pass_gate()
        self._steps += 1
        self._idle.clear()
        try:
            act = partial(_cleanly, name, act, (*retry_on, DatabaseFault))
            return await DBOS.run_step_async(_step_options(name), act)
        except dbos_errors.DBOSMaxStepRetriesExceeded:
            raise StillFailing(name) from None
        finally:
            self._steps -= 1
            if not self._steps:
                self._idle.set()

    async def sleep(self, seconds: float) -> None:
        """Wait inside a task; a restart waits only for the rest."""
        await self._pass_gate()
        await DBOS.sleep_async(seconds)

    async def prune(self, before: datetime) -> None:
        """Drop what was finished well before a moment, some at a time."""
        done = await DBOS.list_workflows_async(
            status="SUCCESS",
            completed_before=before.isoformat(),
            limit=PRUNED_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if done:
            await DBOS.delete_workflows_async([each.workflow_id for each in done])

    async def stop(self) -> None:
        """Let the steps under way end, keep the rest for the next start, and let go."""
        self._closing.set()
        try:
            await asyncio.wait_for(self._idle.wait(), STEP_GRACE_SECONDS)
        except TimeoutError:
            log.warning("engine.steps_cut_off", steps=self._steps)
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
        await self._lease.release()

    async def _pass_gate(self) -> None:
        """No new step begins while closing: what stops between two steps goes on after a start."""
        if self._closing.is_set():
            await asyncio.Event().wait()

    def _config(self) -> DBOSConfig:
        config = DBOSConfig(
            name="campaign-bot",
            system_database_url=_engine_url(self._url),
            application_version=APPLICATION_VERSION,
            executor_id=self._executor_id,
            enable_otlp=False,
            log_level="WARNING",
            sys_db_idle_transaction_timeout_sec=STALLED.total_seconds(),
        )
        if sqlite_file(self._url):
            config["db_engine_kwargs"] = {"module": sqlite_driver()}
        return config


async def _cleanly(
    name: str, act: Callable[[], Coroutine[Any, Any, T]], passing: tuple[type[Exception], ...]
) -> T:
    """What `act` answers. DBOS keeps errors, so others' are not let through: they hold secrets."""
    try:
        return await act()
    except passing as error:
        log.warning("step.failing", step=name, reason=type(error).__name__)
        raise Passing(name) from None
    except Exception:
        log.exception("step.failed", step=name)
        raise StepFailed(name) from None


def _step_options(name: str) -> StepOptions:
    return StepOptions(
        name=name,
        retries_allowed=True,
        max_attempts=STEP_TRIES,
        interval_seconds=FIRST_PAUSE_SECONDS,
        backoff_rate=2.0,
        should_retry=lambda error: isinstance(error, Passing),
    )


def _register(task: Callable[[str], Awaitable[None]]) -> Callable[[str], Workflow]:
    """The one workflow, under a name of its own: DBOS takes plain functions only."""

    # However often the bot died over it: what was accepted is carried out or told.
    @DBOS.workflow(name="carry_out", max_recovery_attempts=None)
    async def carry_out(key: str) -> None:
        await task(key)

    return carry_out


def _engine_url(url: str) -> str:
    """The engine's own SQLite file beside the records', or the same PostgreSQL database."""
    file = sqlite_file(url)
    return f"sqlite:///{engine_file(file)}" if file else url


def _use_wal(url: str) -> None:
    """WAL stays set on the file, so once before DBOS opens it is enough."""
    if file := sqlite_file(url):
        with closing(sqlite_driver().connect(engine_file(file))) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
