"""Looks up a campaign and shows its card, or asks the author to choose between namesakes."""

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
    """Look up the campaign and post its card, or update the card whose button was pressed."""
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
    """Return the Kore.ai clients to search, in order of preference.

    Search the given environment; without one, the channel's environment, then the others. If the
    channel has none, search all at once, so that no match is preferred arbitrarily. Without a given
    environment, search only those that the author may see; `among` is None if all are visible.
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
    snapshot = await job.step("kept", partial(job.records.campaigns.remember, found))
    if command.card_ts:
        await job.step("adopt", partial(_adopt, job, snapshot, command.card_ts))
        await job.update(snapshot)
        await job.mark(State.POSTED, Done(campaign=snapshot.id))
    else:
        await job.post(snapshot)


async def _adopt(job: Job, snapshot: Snapshot, ts: str) -> None:
    """Make the card whose button was pressed the live card in its channel."""
    living = await job.records.campaigns.posts(snapshot.id)
    if ts not in {post.ts for post in living}:
        post = Post(campaign_id=snapshot.id, channel=job.asked.channel, ts=ts)
        await job.records.campaigns.remember_post(post)
