"""Looking a campaign up: its card in the channel, or a question where several have its name."""

from functools import partial

from blocks.messages import choices
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure
from bot.campaigns.refs import CampaignRef
from bot.records import Post, State
from bot.work.job import Job


async def look_up(job: Job) -> None:
    """Ask Kore.ai for the campaign and post its card, or bring the card that asked up to date."""
    ref = CampaignRef.parse(str(job.payload["campaign"]))
    found = await job.step("find", partial(job.find, ref))
    if isinstance(found, Failure):
        await job.report(ref.label, found)
    elif len(found) > 1:
        await job.step("ask", partial(job.poster.answer, job.asked, choices(ref.name, found)))
    else:
        await _show(job, found[0])
    await job.mark(State.DONE)


async def _show(job: Job, found: Snapshot) -> None:
    snapshot = await job.step("remember", partial(job.records.remember, found))
    if ts := job.payload.get("card_ts"):
        post = Post(campaign_id=snapshot.id, channel=job.asked.channel, ts=str(ts))
        await job.step("adopt", partial(job.records.remember_post, post))
        card = await job.draw(snapshot)
        await job.step("update", partial(job.poster.update_cards, snapshot.id, card))
    else:
        await job.post(snapshot)
