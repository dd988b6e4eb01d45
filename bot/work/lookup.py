"""Looks up a campaign and shows its card, or asks the author to choose between namesakes."""

from collections.abc import Sequence
from functools import partial

from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import LookUp, ShowStatus
from bot.campaigns.notifications import Card, Choice
from bot.campaigns.reasons import Failure, Reason
from bot.catalog import Catalog
from bot.records import Done, Post, State
from bot.work.job import Job


async def show_status(job: Job, command: ShowStatus) -> None:
    """Look up the campaign and show its card, or update the card whose button was pressed."""
    found = await job.step("found", partial(job.find, command.ref, rounds(job, command)))
    if isinstance(found, Failure):
        if found.reason is Reason.GONE and job.ref.id:
            # It was deleted elsewhere: its cards say so from now on.
            await job.step("update", partial(job.records.cards.update, job.ref.id))
        return
    if len(found) > 1:
        choice = Choice(found=tuple(found))
        await job.step("ask", partial(job.mark, State.DONE, tell=(choice,)))
    else:
        await job.step("show", partial(_show, job, command, found[0]))


def rounds(job: Job, command: LookUp) -> Sequence[Sequence[Catalog]]:
    """Return the catalogs to search, in order of preference.

    Search the given environment; without one, the channel's environment, then the others. If the
    channel has none, search all at once, so that no match is preferred arbitrarily. Without a given
    environment, search only those that the author may see; `among` is None if all are visible.
    """
    if job.asked.environment:
        return [[job.catalog]]
    own = job.environments.of_channel(job.asked.asked_in)
    may = job.catalogs if command.among is None else command.among
    catalogs = {name: each for name, each in job.catalogs.items() if name in may}
    first = [catalogs[own.name]] if own and own.name in catalogs else []
    others = [each for name, each in catalogs.items() if own is None or name != own.name]
    return [each for each in (first, others) if each]


async def _show(job: Job, command: ShowStatus, found: Snapshot) -> None:
    snapshot = await job.records.campaigns.remember(found)
    done = Done(campaign=snapshot.id)
    if command.card_ts:
        await _adopt(job, snapshot, command.card_ts)
        await job.records.cards.update(snapshot.id)
        await job.mark(State.DONE, done)
    else:
        await job.mark(State.DONE, done, tell=(Card(campaign=snapshot.id),))


async def _adopt(job: Job, snapshot: Snapshot, ts: str) -> None:
    """Make the card whose button was pressed the live card in its channel."""
    living = await job.records.cards.of(snapshot.id)
    if ts not in {post.ts for post in living}:
        post = Post(campaign_id=snapshot.id, channel=job.asked.channel, ts=ts)
        await job.records.cards.keep(post)
