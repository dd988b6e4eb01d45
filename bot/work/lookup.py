"""Looks up a campaign and shows its card, or asks the author to choose between namesakes."""

from collections.abc import Sequence
from functools import partial

from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import ShowStatus
from bot.campaigns.notifications import Card, Choice
from bot.campaigns.reasons import Failure
from bot.kore import KoreClient
from bot.records import Done, Post, State
from bot.work.job import Job


async def show_status(job: Job, command: ShowStatus) -> None:
    """Look up the campaign and show its card, or update the card whose button was pressed."""
    found = await job.step("found", partial(job.find, job.ref, rounds(job, command)))
    if isinstance(found, Failure):
        return
    if len(found) > 1:
        choice = Choice(found=tuple(found))
        await job.step("ask", partial(job.mark, State.DONE, tell=(choice,)))
    else:
        await job.step("show", partial(_show, job, command, found[0]))


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
    snapshot = await job.records.campaigns.remember(found)
    done = Done(campaign=snapshot.id)
    if command.card_ts:
        await _adopt(job, snapshot, command.card_ts)
        await job.records.outbox.update_cards(snapshot.id)
        await job.mark(State.DONE, done)
    else:
        await job.mark(State.DONE, done, tell=(Card(campaign=snapshot.id),))


async def _adopt(job: Job, snapshot: Snapshot, ts: str) -> None:
    """Make the card whose button was pressed the live card in its channel."""
    living = await job.records.campaigns.posts(snapshot.id)
    if ts not in {post.ts for post in living}:
        post = Post(campaign_id=snapshot.id, channel=job.asked.channel, ts=ts)
        await job.records.campaigns.remember_post(post)
