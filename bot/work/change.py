"""Changes an existing campaign: finds it, sends the change once, verifies it and shows the card."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from pydantic import JsonValue

from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Namesake, Reason
from bot.campaigns.values import Kind
from bot.kore import KoreError, NotFound
from bot.records import Done, State
from bot.work.failures import failure_of
from bot.work.job import Job


@dataclass(frozen=True, slots=True)
class Change(ABC):
    """One kind of change to one campaign."""

    job: Job
    several: ClassVar[Reason] = Reason.SEVERAL
    """The failure reason when the author's reference matches several campaigns."""
    done_if_gone: ClassVar[bool | None] = None
    """Whether the change is done if Kore.ai no longer has the campaign; None if that is open."""

    async def check(self, target: Snapshot) -> Failure | None:
        """Return why the change must not be sent, judging by Kore.ai's current data, or None.

        Raises:
            KoreError: Kore.ai could not be read, so the change must not be sent either.
        """
        return None

    def refusal(self, target: Snapshot) -> Reason | None:
        """Return why the change must not be sent now, or None, judging by the target alone."""
        return None

    async def before(self, target: Snapshot) -> JsonValue:
        """Return the value that the change replaces, for the audit."""
        return target.status

    @abstractmethod
    async def send(self, target: Snapshot) -> Failure | None:
        """Send the change. Return a failure if Kore.ai did something else.

        Raises:
            KoreError: the change was not made, or its outcome is unknown.
        """

    @abstractmethod
    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Compare the snapshots before and after. Return None if they are inconclusive."""

    async def keep(self, target: Snapshot) -> None:
        """Record the completed change."""
        await self.job.records.campaigns.remember(target)


def kind_of(target: Snapshot) -> Kind:
    """Return the kind of a campaign; a change's `refusal` has rejected an unknown kind."""
    assert target.kind  # noqa: S101 # see above
    return target.kind


async def carry_out(change: Change) -> bool:
    """Find the campaign, change it and show its card. Return False if it was not changed."""
    job = change.job
    changed = await job.step("change", partial(change_once, change))
    if isinstance(changed, Failure):
        return False
    await job.show(await job.step("look", partial(job.look, changed)))
    return True


async def change_once(change: Change) -> Snapshot | Failure:
    """Change the campaign, or resume an interrupted attempt. Return its earlier snapshot."""
    left = await change.job.now()
    match left.state:
        case State.ACCEPTED:
            return await _find_and_change(change)
        case State.SENDING:
            unknown = Failure(reason=Reason.NO_ANSWER, certain=False)
            if left.before is None:  # stored by an older version: nothing to compare
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
    await change.job.keep_before(target)
    return await _change(change, target)


async def _find_one(change: Change) -> Snapshot | Failure:
    """Return the only campaign that matches the reference, or a failure."""
    found = await change.job.find(change.job.ref)
    if isinstance(found, Failure):
        return found
    if len(found) == 1:
        return found[0]
    namesakes = tuple(map(Namesake.of, found))
    return await change.job.give_up(Failure(reason=change.several, namesakes=namesakes))


async def _change(change: Change, target: Snapshot) -> Snapshot | Failure:
    job = change.job
    # Before the final checks, which a wait would make stale, and before marking SENDING.
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
    """Return why not to send it now, or None. `refusal` comes last, as `check` takes time."""
    try:
        failure = await change.check(target)
    except KoreError as error:
        return failure_of(error)
    if failure:
        return failure
    reason = change.refusal(target)
    return Failure(reason=reason) if reason else None


async def _read_back(change: Change, target: Snapshot, failure: Failure) -> Snapshot | Failure:
    """After an unknown outcome, read the campaign until it shows the change.

    The change certainly was not made only if the last look shows the campaign unchanged.
    """
    if failure.certain:
        return await _recheck_refused(change, target, failure)
    done = None
    async for _ in change.job.looks():
        done = await _look(change, target)
        if done:
            return await _keep(change, target)
    return await change.job.give_up(failure.model_copy(update={"certain": done is False}))


async def _recheck_refused(change: Change, target: Snapshot, refused: Failure) -> Failure:
    """Look at the campaign after a certain refusal. If the change shows anyway, someone else may
    have made it, so mark the outcome as unknown.
    """
    done = await _look(change, target)
    return await change.job.give_up(refused.model_copy(update={"certain": not done}))


async def _look(change: Change, target: Snapshot) -> bool | None:
    """Return whether Kore.ai shows the change; None if that is unknown or inconclusive."""
    try:
        return change.is_done(target, await change.job.kore.get_campaign(target.id))
    except NotFound:
        return change.done_if_gone
    except KoreError:
        return None


async def _keep(change: Change, target: Snapshot) -> Snapshot:
    await change.keep(target)
    await change.job.mark(State.DONE, Done(campaign=target.id))
    return target
