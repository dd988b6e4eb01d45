"""Creates a campaign exactly once, even across restarts."""

from datetime import UTC, datetime
from functools import partial

from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import Create, RetryMode
from bot.campaigns.notifications import ScheduleProposal
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.refs import CampaignRef
from bot.campaigns.runs import rest_of
from bot.campaigns.values import Status
from bot.kore import KoreError, in_background
from bot.records import Done, State
from bot.work.failures import failure_of
from bot.work.job import Job

# Seconds before each look at a campaign in preparation: about ten minutes in total. Kore.ai's
# samples take from a moment to two and a half minutes.
FOLLOW = (1.0, 2.0, 3.0, 5.0, 10.0, *(20.0,) * 29)


async def create(job: Job, command: Create) -> None:
    """Create the campaign, show its card and follow it until it is ready."""
    made = await job.step("made", partial(create_once, job, command))
    if not isinstance(made, Failure):
        await job.show(made)
        if command.cloned:
            await job.step("propose", partial(_propose_schedule, job, command.cloned))
        await _follow(job, made)


async def create_once(job: Job, command: Create) -> Snapshot | Failure:
    """Create the campaign, or resume an interrupted attempt."""
    left = await job.now()
    match left.state:
        case State.ACCEPTED:
            return await _create(job, command)
        case State.SENDING:
            unknown = Failure(reason=Reason.NO_ANSWER, certain=False)
            return await _look_for(job, command, unknown)
        case State.FAILED | State.UNKNOWN if isinstance(left.outcome, Failure):
            return left.outcome
        case _:
            return await job.kept(left)


async def _create(job: Job, command: Create) -> Snapshot | Failure:
    if ended := await _check_name(job, command):
        return ended
    # Before marking SENDING: a process killed while waiting has sent no request.
    await job.kore.reserve()
    await job.mark(State.SENDING)
    try:
        made = await job.kore.create_campaign(command.campaign)
    except KoreError as error:
        failure = failure_of(error)
        if failure.certain:
            return await job.give_up(failure)
        return await _look_for(job, command, failure)
    return await _keep(job, command, made)


async def _check_name(job: Job, command: Create) -> Snapshot | Failure | None:
    """Return None if the name is free and the campaign may be created, else the final result."""
    retry = command.retry
    try:
        name = command.campaign.name
        found = await job.once_read(job.catalog, partial(job.catalog.namesakes, name))
    except KoreError as error:
        # The campaign may exist after an unknown outcome; a failed search does not disprove it.
        certain = retry is None
        return await job.give_up(failure_of(error).model_copy(update={"certain": certain}))
    if found and retry:
        # It is this submission's campaign: its name was free before.
        return await _keep(job, command, found[0])
    if found:
        return await job.give_up(Failure(reason=Reason.NAME_TAKEN))
    if retry and retry.mode is RetryMode.LOOK:
        return await job.give_up(Failure(reason=Reason.NOT_LISTED, certain=False))
    return None


async def _look_for(job: Job, command: Create, failure: Failure) -> Snapshot | Failure:
    """Look for the campaign in Kore.ai after an unknown outcome. Its name was free before, so a
    match is this campaign.
    """
    name, kind = command.campaign.name, command.campaign.kind
    async for _ in job.looks():
        try:
            found = await job.catalog.made_since(name, kind, job.asked.accepted_at)
        except KoreError as error:
            failure = failure_of(error).model_copy(update={"certain": False})
        else:
            if found:
                return await _keep(job, command, found[0])
    return await job.give_up(failure)


async def _keep(job: Job, command: Create, made: Snapshot) -> Snapshot:
    kept = await job.records.campaigns.remember(
        made, created_by=job.asked.author, sent=command.campaign
    )
    await job.mark(State.DONE, Done(campaign=kept.id))
    return kept


async def _propose_schedule(job: Job, cloned: CampaignRef) -> None:
    """Offer the schedule of the campaign that was cloned, if the bot knows it and it is not over.

    Kore.ai's console does not clone a schedule either: contact-center/campaigns.
    """
    known = await job.records.campaigns.known(cloned.id or "")
    if known and known.schedule and rest_of(known.schedule, datetime.now(UTC)):
        await job.tell(ScheduleProposal(schedule=known.schedule, like=cloned.label))


async def _follow(job: Job, seen: Snapshot) -> None:
    for pause in FOLLOW:
        if seen.status != Status.PREPARING:
            return
        await job.engine.sleep(pause)
        with in_background():
            seen = await job.step("seen", partial(job.look, seen))
