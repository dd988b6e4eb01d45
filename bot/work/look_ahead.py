"""Looks at the runs that come soon, and warns of what speaks against them by now."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.campaigns.notifications import RunAhead
from bot.campaigns.refs import CampaignRef
from bot.campaigns.run_warnings import RunWarning
from bot.campaigns.upcoming import ComingRun, upcoming
from bot.records import Records

# So long before a run its author is warned: time enough to remove the schedule.
AHEAD = timedelta(hours=1)
# More campaigns than are ever scheduled at once.
CAMPAIGNS_MAX = 10_000


async def look_ahead(records: Records) -> None:
    """Warn the authors of the runs of the next hour, each once, of what has changed since."""
    now = datetime.now(UTC)
    known = [
        (each.snapshot, each.schedule)
        for each in await records.campaigns.scheduled(None, CAMPAIGNS_MAX)
        if each.schedule and each.schedule.utc_start <= now + AHEAD
    ]
    # Runs are computed day by day, which takes a while for hundreds of schedules.
    found = await asyncio.to_thread(upcoming, known, now, CAMPAIGNS_MAX, more=False)
    for each in found.coming:
        if each.run.at <= now + AHEAD:
            await _warn(records, each)


async def _warn(records: Records, coming: ComingRun) -> None:
    campaign = coming.campaign
    asked = await records.coming_runs.scheduled_by(campaign.id)
    then = asked.review if asked else None
    if asked is None or then is None or then.target is None:
        return
    lists = records.catalog.contact_lists
    sizes = await lists.sizes(campaign.contact_lists, campaign.environment or "")
    warning = RunWarning.between(then.target, dict(then.lists), campaign, sizes)
    if warning:
        ahead = RunAhead(
            person=asked.author,
            campaign=CampaignRef.of(campaign),
            run_at=coming.run.at,
            warning=warning,
        )
        await records.coming_runs.warn(ahead)
