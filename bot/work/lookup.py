"""Looking a campaign up: its card in the channel, or a question where several have its name."""

from functools import partial

from blocks.messages import choices
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure
from bot.records import Post, State
from bot.work.job import Job


async def look_up(job: Job) -> None:
    """Ask Kore.ai for the campaign and post its card, or bring the card that asked up to date."""
    found = await job.step("find", partial(job.find, job.ref))
    if isinstance(found, Failure):
        await job.report(job.ref.label, found)
    elif len(found) > 1:
        await job.step("ask", partial(job.poster.answer, job.asked, choices(job.ref.name, found)))
        await job.mark(State.POSTED)
    else:
        await _show(job, found[0])


async def _show(job: Job, found: Snapshot) -> None:
    snapshot = await job.step("remember", partial(job.records.remember, found))
    if ts := job.payload.get("card_ts"):
        await job.step("adopt", partial(_adopt, job, snapshot, str(ts)))
        await job.update(snapshot)
        await job.mark(State.POSTED, {"campaign": snapshot.id})
    else:
        await job.post(snapshot)


async def _adopt(job: Job, snapshot: Snapshot, ts: str) -> None:
    """Make the card whose button was pressed the living one in its channel."""
    living = await job.records.posts(snapshot.id)
    if ts not in {post.ts for post in living}:
        post = Post(campaign_id=snapshot.id, channel=job.asked.channel, ts=ts)
        await job.records.remember_post(post)
