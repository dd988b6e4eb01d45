"""Creating a campaign: exactly one, whatever happens on the way."""

from functools import partial

from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import Create, RetryMode
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.values import Status
from bot.kore import KoreError, in_background
from bot.records import Done, State
from bot.work.failures import failure_of
from bot.work.job import Job

# Seconds before each look at one that is being prepared: about ten minutes in all. Kore.ai's
# samples take from a moment to two and a half minutes.
FOLLOW = (1.0, 2.0, 3.0, 5.0, 10.0, *(20.0,) * 29)


async def create(job: Job, command: Create) -> None:
    """Create the campaign that was asked for, post its card, and follow it until it is ready."""
    made = await job.step("made", partial(_create_once, job, command))
    if isinstance(made, Failure):
        await job.report(command.campaign.name, made)
        return
    await job.post(made)
    await _follow(job, made)


async def _create_once(job: Job, command: Create) -> Snapshot | Failure:
    """Create it, or go on from where an earlier try of this died."""
    left = await job.now()
    match left.state:
        case State.ACCEPTED:
            return await _create(job, command)
        case State.SENDING:
            unknown = Failure(reason=Reason.NO_ANSWER, certain=False)
            return await _look_for(job, command.campaign.name, unknown)
        case State.FAILED | State.UNKNOWN if isinstance(left.outcome, Failure):
            return left.outcome
        case _:
            return await job.kept(left)


async def _create(job: Job, command: Create) -> Snapshot | Failure:
    if ended := await _check_name(job, command):
        return ended
    # Before the mark: a wait that a kill ends must not look like a request that was sent.
    await job.kore.reserve()
    await job.mark(State.SENDING)
    try:
        made = await job.kore.create_campaign(command.campaign)
    except KoreError as error:
        failure = failure_of(error)
        if failure.certain:
            return await job.give_up(failure)
        return await _look_for(job, command.campaign.name, failure)
    return await _keep(job, made)


async def _check_name(job: Job, command: Create) -> Snapshot | Failure | None:
    """None if the name is free and the campaign may be created, else what came of it."""
    retry = command.retry
    try:
        found = await job.kore.find_campaigns(command.campaign.name)
    except KoreError as error:
        # After an unknown outcome the campaign may be there, and nothing denies it.
        certain = retry is None
        return await job.give_up(failure_of(error).model_copy(update={"certain": certain}))
    if found and retry:
        # It is the one asked for: its name was free before.
        return await _keep(job, found[0])
    if found:
        return await job.give_up(Failure(reason=Reason.NAME_TAKEN))
    if retry and retry.mode is RetryMode.LOOK:
        return await job.give_up(Failure(reason=Reason.NOT_LISTED, certain=False))
    return None


async def _look_for(job: Job, name: str, failure: Failure) -> Snapshot | Failure:
    """The campaign, if Kore.ai has it after all. Its name was free before, so it is this one."""
    async for _ in job.looks():
        try:
            found = await job.kore.find_campaigns(name)
        except KoreError as error:
            failure = failure_of(error).model_copy(update={"certain": False})
        else:
            if found:
                return await _keep(job, found[0])
    return await job.give_up(failure)


async def _keep(job: Job, made: Snapshot) -> Snapshot:
    kept = await job.records.remember(made, created_by=job.asked.author)
    await job.mark(State.DONE, Done(campaign=kept.id))
    return kept


async def _follow(job: Job, seen: Snapshot) -> None:
    for pause in FOLLOW:
        if seen.status != Status.PREPARING:
            return
        await job.engine.sleep(pause)
        with in_background():
            now = await job.step("seen", partial(job.look, seen))
        if now.status != seen.status:
            await job.update(now)
        seen = now
