"""Scheduling a campaign, and removing its schedule."""

from collections.abc import Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pydantic import JsonValue

from blocks.messages import scheduled_news, unscheduled_news
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.schedule import Schedule
from bot.kore import KoreError
from bot.records import State
from bot.work.failures import failure_of
from bot.work.job import Job


async def schedule(job: Job) -> None:
    """Set the schedule that was asked for and post the card with it."""
    plan = Schedule.model_validate(job.payload["schedule"])
    await _change(job, plan, scheduled_news(job.asked.author))


async def unschedule(job: Job) -> None:
    """Remove the schedule and post the card without it."""
    await _change(job, None, unscheduled_news(job.asked.author))


async def _change(job: Job, plan: Schedule | None, news: str) -> None:
    target = await job.step("find", partial(job.find_one, job.ref))
    if isinstance(target, Failure):
        await job.report(job.ref.label, target)
        return
    failure = await job.step("change", partial(_change_once, job, target, plan))
    if failure:
        await job.report(target.name, failure)
        return
    now = await job.step("look", partial(job.look, target))
    await job.post(now, news)


async def _change_once(job: Job, target: Snapshot, plan: Schedule | None) -> Failure | None:
    """Change it, or go on from where an earlier try of this died."""
    left = await job.now()
    match left.state:
        case State.ACCEPTED:
            return await _change_schedule(job, target, plan)
        case State.SENDING:
            unknown = Failure(reason=Reason.NO_ANSWER, certain=False)
            return await _read_back(job, target, plan, unknown)
        case State.FAILED | State.UNKNOWN:
            return Failure.model_validate(left.outcome)
        case State.DONE | State.POSTING | State.POSTED:
            return None


async def _change_schedule(job: Job, target: Snapshot, plan: Schedule | None) -> Failure | None:
    # Before the look at the clock, which the wait moves on, and before the mark.
    await job.kore.reserve()
    if plan and plan.utc_start <= datetime.now(UTC):
        return await job.give_up(Failure(reason=Reason.TOO_LATE))
    if plan is None and target.scheduled is False:
        return await job.give_up(Failure(reason=Reason.NOT_SCHEDULED))
    await job.mark(State.SENDING, before=await _scheduled_before(job, target))
    try:
        changed = await _send(job, target, plan)
    except KoreError as error:
        return await _read_back(job, target, plan, failure_of(error))
    if changed != target.id:
        return await _undo(job, target)
    await _keep(job, target, plan)
    return None


async def _scheduled_before(job: Job, target: Snapshot) -> JsonValue:
    """What the bot had scheduled, for the audit; Kore.ai only says whether there is a schedule."""
    known = await job.records.known(target.id)
    return known.schedule.model_dump(mode="json") if known and known.schedule else None


def _send(job: Job, target: Snapshot, plan: Schedule | None) -> Coroutine[Any, Any, str]:
    if plan:
        return job.kore.schedule_campaign(target.name, plan)
    return job.kore.unschedule_campaign(target.name)


async def _read_back(
    job: Job, target: Snapshot, plan: Schedule | None, failure: Failure
) -> Failure | None:
    """After an unknown outcome: Kore.ai answers whether a schedule is set, though not which."""
    if failure.certain:
        return await job.give_up(failure)
    try:
        now = await job.kore.get_campaign(target.id)
    except KoreError:
        return await job.give_up(failure)
    wanted = plan is not None
    if now.scheduled is wanted and target.scheduled is not wanted:
        await _keep(job, target, plan)
        return None
    changed_nothing = now.scheduled is not None and now.scheduled is not wanted
    return await job.give_up(failure.model_copy(update={"certain": changed_nothing}))


async def _undo(job: Job, target: Snapshot) -> Failure:
    """Kore.ai schedules by name, and it took another campaign: remove that schedule at once."""
    try:
        await job.kore.unschedule_campaign(target.name)
    except KoreError:
        return await job.give_up(Failure(reason=Reason.WRONG_CAMPAIGN_STANDS))
    return await job.give_up(Failure(reason=Reason.WRONG_CAMPAIGN))


async def _keep(job: Job, target: Snapshot, plan: Schedule | None) -> None:
    await job.records.remember(target)
    await job.records.remember_schedule(target.id, plan)
    await job.mark(State.DONE, {"campaign": target.id})
