"""The durable engine: carries out each accepted key across restarts.

The only module that uses DBOS. Its precautions come from tests: SQLite needs WAL mode before DBOS
opens the file; two processes with the same executor ID run each other's work; a different
application version strands running workflows (docs.dbos.dev/production/workflow-recovery).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions, WorkflowStatus
from dbos import error as dbos_errors

from bot.durable.engine_database import engine_url, use_wal
from bot.durable.engine_log import engine_log
from bot.durable.lease import ExecutorLease, FileLease, Lease
from bot.outages import Outage
from bot.records import DatabaseFault, Executors, Overtaken, database_faults
from bot.records.database import LEASE_LENGTH, STALLED, sqlite_driver, sqlite_file

log = structlog.get_logger()
T = TypeVar("T")
Workflow = Coroutine[Any, Any, None]

# A constant: by default DBOS hashes the code, and a deployment would strand running workflows.
APPLICATION_VERSION = "1"
# The executor ID of the only process on a SQLite file.
ALONE = "campaign-bot"
# Slack allows three seconds; a platform that stops the bot usually allows ten.
STEP_GRACE_SECONDS = 8.0
PRUNED_AT_ONCE = 500
# Ten attempts with delays that double from one second take eight and a half minutes.
STEP_TRIES = 10
FIRST_PAUSE_SECONDS = 1.0
# Final states of workflows that were not carried out.
_ENDED_BADLY = {"CANCELLED", "ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"}


class Passing(Exception):
    """A possibly temporary fault in a step; the step is retried."""


class StillFailing(Exception):
    """A step failed on every retry. Its task is resumed later."""


# Called with the key that was accepted, and the part of its work, if any.
Task = Callable[[str, str], Awaitable[None]]


class StepFailed(Exception):
    """A step failed because of a fault of the bot, which is logged."""


class Engine:
    """Carries out one task per accepted key, never twice at the same time."""

    def __init__(
        self,
        url: str,
        executors: Executors,
        *,
        executor_id: str = ALONE,
        lease: timedelta = LEASE_LENGTH,
        outage: Outage | None = None,
    ) -> None:
        """Start nothing yet. `executor_id` and `lease` are used with PostgreSQL only."""
        self._url = url
        self._outage = outage or Outage("database")
        self._log = contextlib.ExitStack()
        self._executor_id = executor_id
        self._lease: Lease = (
            FileLease(url)
            if sqlite_file(url)
            else ExecutorLease(executors, executor_id, lease, self.take_over)
        )
        self._closing = asyncio.Event()
        self._steps = 0
        self._running: set[str] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def start(self, task: Task) -> None:
        """Start to run `task` for what is accepted, first for what an earlier process left.

        Raises:
            LeaseTaken: another process has the SQLite file or the executor's name.
            DatabaseFault: the database failed. Stop the engine then, as after any other start.
        """
        await self._lease.acquire()
        known = (DatabaseFault, Passing, StillFailing)
        self._log.enter_context(engine_log(self._outage, self._closing, *known))
        with database_faults(self._outage):
            use_wal(self._url)
            DBOS(config=self._config())
            self._workflow = self._register(task)
            DBOS.launch()

    async def accept(self, key: str, part: str = "") -> None:
        """Start the task for `key`, or for a part of its work, unless that was accepted before.

        Raises:
            DatabaseFault: the database failed; the task may have been started.
        """
        with database_faults(self._outage), SetWorkflowID(_workflow_id(key, part)):
            await DBOS.start_workflow_async(self._workflow, key, part)

    async def resume(
        self, key: str, part: str = "", *, abandoned: Callable[[], Awaitable[bool]] | None = None
    ) -> None:
        """Start a task again if it ended in error, or has ended well and is `abandoned` then.

        Starting again is safe, because each step checks the records for what was already done. If
        several processes resume a task at once, one of them starts it.

        Raises:
            DatabaseFault: the database failed; the task may have been started.
        """
        id_ = _workflow_id(key, part)
        with database_faults(self._outage):
            earlier = await DBOS.get_workflow_status_async(id_)
        if earlier is None:
            await self.accept(key, part)
        elif earlier.status == "PENDING" and self._has_lost(earlier):
            with database_faults(self._outage):
                await DBOS.resume_workflows_async([id_])
        elif earlier.status in _ENDED_BADLY or (
            earlier.status == "SUCCESS" and abandoned and await abandoned()
        ):
            # In one transaction, only if the status is still the same: otherwise it raises.
            with contextlib.suppress(dbos_errors.DBOSException), database_faults(self._outage):
                await DBOS.rewind_workflow_async(id_)

    async def take_over(self, executor_id: str) -> None:
        """Resume the workflows of a process that died.

        Raises:
            DatabaseFault: the database failed; some workflows may have been resumed.
        """
        with database_faults(self._outage):
            left = await DBOS.list_workflows_async(
                status="PENDING", executor_id=executor_id, load_input=False, load_output=False
            )
            if left:
                await DBOS.resume_workflows_async([each.workflow_id for each in left])

    async def confirm_lease(self) -> None:
        """Return if this process still holds its lease; otherwise the process ends."""
        await self._lease.confirm()

    async def hold_lease(self, seconds: float) -> None:
        """Return once no other process can take over for `seconds`; otherwise the process ends.

        Raises:
            DatabaseFault: the lease could not be renewed.
        """
        await self._lease.hold(seconds)

    async def step(
        self,
        name: str,
        act: Callable[[], Coroutine[Any, Any, T]],
    ) -> T:
        """Run `act` as a step of a task and store its result, so that a restart does not repeat it.

        If the process dies during `act`, `act` runs again, so it must check before it repeats an
        effect. Faults of the database are retried for about eight minutes.

        Raises:
            StillFailing: every retry failed.
            StepFailed: another error occurred, which is logged.
            Overtaken: another process carries out the submission.
        """
        await self._pass_gate()
        self._steps += 1
        self._idle.clear()
        try:
            return await DBOS.run_step_async(_step_options(name), partial(_hide_errors, name, act))
        except dbos_errors.DBOSMaxStepRetriesExceeded:
            raise StillFailing(name) from None
        finally:
            self._steps -= 1
            if not self._steps:
                self._idle.set()

    async def sleep(self, seconds: float) -> None:
        """Sleep durably inside a task; after a restart only the remaining time is waited."""
        await self._pass_gate()
        await DBOS.sleep_async(seconds)

    async def prune(self, before: datetime) -> None:
        """Delete a batch of workflows that ended before the given time.

        Raises:
            DatabaseFault: the database failed.
        """
        with database_faults(self._outage):
            done = await DBOS.list_workflows_async(
                status=["SUCCESS", *_ENDED_BADLY],
                completed_before=before.isoformat(),
                limit=PRUNED_AT_ONCE,
                load_input=False,
                load_output=False,
            )
            if done:
                await DBOS.delete_workflows_async([each.workflow_id for each in done])

    async def stop(self) -> None:
        """Let running steps finish, leave the rest for the next start, and release the lease."""
        self._closing.set()
        try:
            await asyncio.wait_for(self._idle.wait(), STEP_GRACE_SECONDS)
        except TimeoutError:
            log.warning("engine.steps_cut_off", steps=self._steps)
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True)
        # DBOS leaves its own executor to the event loop, and has shut it down.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        self._log.close()
        await self._lease.release()

    def _register(self, task: Task) -> Callable[[str, str], Workflow]:
        """Register the only workflow under a fixed name; DBOS accepts only plain functions."""

        # No limit on recovery: every accepted submission is carried out or its failure reported.
        @DBOS.workflow(name="carry_out", max_recovery_attempts=None)
        async def carry_out(key: str, part: str = "") -> None:
            id_ = _workflow_id(key, part)
            self._running.add(id_)
            try:
                await task(key, part)
            finally:
                self._running.discard(id_)

        return carry_out

    def _has_lost(self, workflow: WorkflowStatus) -> bool:
        """Return whether a workflow of this process is not running, though DBOS says so.

        Its end could not be stored, because the disk was full or the database read-only.
        """
        mine = workflow.executor_id == self._executor_id
        return mine and workflow.workflow_id not in self._running

    async def _pass_gate(self) -> None:
        """Block new steps during shutdown; a task that stops here continues after a restart."""
        if self._closing.is_set():
            await asyncio.Event().wait()

    def _config(self) -> DBOSConfig:
        config = DBOSConfig(
            name="campaign-bot",
            system_database_url=engine_url(self._url),
            application_version=APPLICATION_VERSION,
            executor_id=self._executor_id,
            enable_otlp=False,
            log_level="WARNING",
            sys_db_idle_transaction_timeout_sec=STALLED.total_seconds(),
        )
        if sqlite_file(self._url):
            config["db_engine_kwargs"] = {"module": sqlite_driver()}
        return config


async def _hide_errors(name: str, act: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `act` and hide its errors from DBOS, which would store them with any secrets in them."""
    try:
        return await act()
    except DatabaseFault:  # its outage is logged
        raise Passing(name) from None
    except Overtaken:
        raise
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


def _workflow_id(key: str, part: str) -> str:
    return f"{key} {part}".rstrip()
