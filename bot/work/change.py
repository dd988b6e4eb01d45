"""Changing a campaign that is there: find it, send the change once, look, and show the card."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from pydantic import JsonValue

from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Namesake, Reason
from bot.kore import KoreError
from bot.records import Done, State
from bot.work.failures import failure_of
from bot.work.job import Job

# Something was done to a campaign that nobody meant: more people than the author must know.
ALARMS = frozenset(
    {
        Reason.WRONG_CAMPAIGN,
        Reason.WRONG_CAMPAIGN_STANDS,
        Reason.WRONG_CAMPAIGN_UNSCHEDULED,
    }
)


@dataclass(frozen=True, slots=True)
class Change(ABC):
    """One kind of change, on its way to one campaign."""

    job: Job
    several: ClassVar[Reason] = Reason.SEVERAL
    """Why it is not sent where the author's words fit several campaigns."""

    async def check(self, target: Snapshot) -> Failure | None:
        """Why it is not to be sent, by what Kore.ai holds now, if there is a reason.

        Raises:
            KoreError: that cannot be learned, so that it is not to be sent either.
        """
        return None

    def refusal(self, target: Snapshot) -> Reason | None:
        """Why it is not to be sent now, if there is a reason."""
        return None

    async def before(self, target: Snapshot) -> JsonValue:
        """What it changes, for the audit."""
        return target.status

    @abstractmethod
    async def send(self, target: Snapshot) -> Failure | None:
        """Send it; a failure if Kore.ai did something else.

        Raises:
            KoreError: it was not done, or that is not known.
        """

    @abstractmethod
    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Whether it was done, from the campaign before and after; None where that tells not."""

    async def keep(self, target: Snapshot) -> None:
        """Remember what was done."""
        await self.job.records.remember(target)


async def carry_out(change: Change) -> bool:
    """Find the campaign, change it, and post its card; False if it was not changed."""
    job = change.job
    changed = await job.step("change", partial(_once, change))
    if isinstance(changed, Failure):
        name = await job.name()
        await job.report(name, changed)
        if changed.reason in ALARMS:
            await job.alarm(name, changed)
        return False
    now = await job.step("look", partial(job.look, changed))
    await job.post(now)
    return True


async def _once(change: Change) -> Snapshot | Failure:
    """Change the campaign, or go on from where an earlier try died; the campaign as it was."""
    left = await change.job.now()
    match left.state:
        case State.ACCEPTED:
            return await _find_and_change(change)
        case State.SENDING:
            unknown = Failure(reason=Reason.NO_ANSWER, certain=False)
            if left.before is None:  # an older version did not keep it, so nothing can be compared
                return await change.job.give_up(unknown)
            return await _read_back(change, left.before, unknown)
        case State.FAILED | State.UNKNOWN if isinstance(left.outcome, Failure):
            return left.outcome
        case _:
            return left.before or await change.job.kept(left)


async def _find_and_change(change: Change) -> Snapshot | Failure:
    target = await _find_one(change)
    if isinstance(target, Failure):
        return target
    await change.job.records.keep_before(change.job.asked.key, target)
    return await _change(change, target)


async def _find_one(change: Change) -> Snapshot | Failure:
    """The one campaign that is meant."""
    found = await change.job.find(change.job.ref)
    if isinstance(found, Failure):
        return found
    if len(found) == 1:
        return found[0]
    namesakes = tuple(map(Namesake.of, found))
    return await change.job.give_up(Failure(reason=change.several, namesakes=namesakes))


async def _change(change: Change, target: Snapshot) -> Snapshot | Failure:
    job = change.job
    # Before the last checks, as what they find is old after a wait, and before the mark.
    await job.kore.reserve()
    if failure := await _obstacle(change, target):
        return await job.give_up(failure)
    await job.mark(State.SENDING, before=await change.before(target))
    try:
        failure = await change.send(target)
    except KoreError as error:
        return await _read_back(change, target, failure_of(error))
    return await (job.give_up(failure) if failure else _keep(change, target))


async def _obstacle(change: Change, target: Snapshot) -> Failure | None:
    """Why it is not to be sent now, if there is a reason; time passes while Kore.ai is asked."""
    try:
        failure = await change.check(target)
    except KoreError as error:
        return failure_of(error)
    if failure:
        return failure
    reason = change.refusal(target)
    return Failure(reason=reason) if reason else None


async def _read_back(change: Change, target: Snapshot, failure: Failure) -> Snapshot | Failure:
    """After an unknown outcome, ask Kore.ai how the campaign stands until it shows what was done.

    Only if it still is as it was at the last look, it certainly was not done.
    """
    if failure.certain:
        return await _doubt(change, target, failure)
    done = None
    async for _ in change.job.looks():
        done = await _look(change, target)
        if done:
            return await _keep(change, target)
    return await change.job.give_up(failure.model_copy(update={"certain": done is False}))


async def _doubt(change: Change, target: Snapshot, refused: Failure) -> Failure:
    """What was refused and looks done may be somebody else's doing, so that it is not known."""
    done = await _look(change, target)
    return await change.job.give_up(refused.model_copy(update={"certain": not done}))


async def _look(change: Change, target: Snapshot) -> bool | None:
    """Whether Kore.ai shows it done; None if it does not answer, or that tells nothing."""
    try:
        return change.is_done(target, await change.job.kore.get_campaign(target.id))
    except KoreError:
        return None


async def _keep(change: Change, target: Snapshot) -> Snapshot:
    await change.keep(target)
    await change.job.mark(State.DONE, Done(campaign=target.id))
    return target
