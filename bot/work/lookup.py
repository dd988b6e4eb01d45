"""Looking a campaign up: its card in the channel, or a question where several have its name."""

from collections.abc import Sequence
from functools import partial

from blocks.messages import choices
from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import ShowStatus
from bot.campaigns.reasons import Failure
from bot.kore import KoreClient
from bot.records import Done, Post, State
from bot.work.job import Job


async def show_status(job: Job, command: ShowStatus) -> None:
    """Ask Kore.ai for the campaign and post its card, or bring the card that asked up to date."""
    found = await job.step("found", partial(job.find, job.ref, rounds(job, command)))
    if isinstance(found, Failure):
        await job.report(job.ref.label, found)
    elif len(found) > 1:
        question = choices(job.ref.label, found, job.environments)
        await job.step("ask", partial(job.answer, question, "choice"))
        await job.mark(State.POSTED)
    else:
        await _show(job, command, found[0])


def rounds(job: Job, command: ShowStatus) -> Sequence[Sequence[KoreClient]]:
    """Where to look: in the environment that was said; else in the channel's, then in the others.

    Without one of the channel's own all of them come at once, so that no name is guessed at. Of all
    these only where the author may look: where nothing is said of that, it is everywhere.
    """
    if job.asked.environment:
        return [[job.kore]]
    own = job.environments.of_channel(job.asked.asked_in)
    may = job.kores if command.among is None else command.among
    kores = {name: kore for name, kore in job.kores.items() if name in may}
    first = [kores[own.name]] if own and own.name in kores else []
    others = [kore for name, kore in kores.items() if own is None or name != own.name]
    return [kores for kores in (first, others) if kores]


async def _show(job: Job, command: ShowStatus, found: Snapshot) -> None:
    snapshot = await job.step("kept", partial(job.records.remember, found))
    if command.card_ts:
        await job.step("adopt", partial(_adopt, job, snapshot, command.card_ts))
        await job.update(snapshot)
        await job.mark(State.POSTED, Done(campaign=snapshot.id))
    else:
        await job.post(snapshot)


async def _adopt(job: Job, snapshot: Snapshot, ts: str) -> None:
    """Make the card whose button was pressed the living one in its channel."""
    living = await job.records.posts(snapshot.id)
    if ts not in {post.ts for post in living}:
        post = Post(campaign_id=snapshot.id, channel=job.asked.channel, ts=ts)
        await job.records.remember_post(post)
