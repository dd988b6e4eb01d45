"""Stops every running campaign of an environment, and reports what became of each."""

import asyncio
from functools import partial

from bot.campaigns.campaign import Snapshot
from bot.campaigns.notifications import StopReport
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.stop_all import Stopped
from bot.campaigns.values import Status
from bot.catalog import Running
from bot.kore import KoreError, NotFound
from bot.records import AllStopped, State
from bot.work.failures import failure_of
from bot.work.job import Job

AT_ONCE = 5


async def stop_all(job: Job) -> None:
    """Find the running campaigns, stop them side by side, and post one report."""
    running = await job.step("find", partial(_find, job))
    if not isinstance(running, Failure):
        await job.step("stop", partial(_stop_once, job, running))


async def _find(job: Job) -> Running | Failure:
    try:
        return await job.catalog.running()
    except KoreError as error:
        return await job.give_up(failure_of(error))


async def _stop_once(job: Job, running: Running) -> None:
    """Stop those that still run; stopping one twice does nothing, so a restart begins again."""
    left = await job.now()
    if left.state is State.ACCEPTED:
        await job.mark(State.SENDING, before=[each.id for each in running.campaigns])
    if left.state not in {State.ACCEPTED, State.SENDING}:
        return
    turns = asyncio.Semaphore(AT_ONCE)
    became = await asyncio.gather(*(_stop(job, each, turns) for each in running.campaigns))
    report = StopReport(campaigns=tuple(became), complete=running.complete)
    failed = sum(1 for each in became if each.failure)
    outcome = AllStopped(stopped=len(became) - failed, failed=failed)
    await job.mark(State.DONE, outcome, tell=(report,))


async def _stop(job: Job, campaign: Snapshot, turns: asyncio.Semaphore) -> Stopped:
    async with turns:
        failure = await _send(job, campaign)
    if failure is None:
        stopped = campaign.model_copy(update={"status": Status.STOPPED, "updated_at": None})
        await job.records.campaigns.remember(stopped)
    return Stopped(id=campaign.id, name=campaign.name, failure=failure)


async def _send(job: Job, campaign: Snapshot) -> Failure | None:
    """Stop a campaign; return why it may still run, if it may."""
    if campaign.kind is None:
        return Failure(reason=Reason.KIND_UNKNOWN)
    try:
        await job.kore.stop_campaign(campaign.id, campaign.kind)
    except KoreError as error:
        return await _unless_stopped(job, campaign, failure_of(error))
    return None


async def _unless_stopped(job: Job, campaign: Snapshot, failure: Failure) -> Failure | None:
    """Return the failure, unless the campaign no longer runs."""
    try:
        now = await job.kore.get_campaign(campaign.id)
    except NotFound:
        return None
    except KoreError:
        return failure
    return failure if now.status == Status.ACTIVE else None
