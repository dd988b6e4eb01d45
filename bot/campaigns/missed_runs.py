"""Finds runs that were due and of which Kore.ai shows no sign."""

from datetime import datetime, timedelta

from bot.campaigns.campaign import Snapshot
from bot.campaigns.runs import Run, last_run
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Status

# Kore.ai does not promise that a run begins to the minute.
GRACE = timedelta(minutes=15)
_WAITING = (Status.SCHEDULED, Status.RESCHEDULED)


def missed_run(
    campaign: Snapshot, schedule: Schedule, seen_at: datetime, turned_at: datetime | None
) -> Run | None:
    """Return the last run that was due when a campaign was seen, if there is no sign of it.

    A sign is a change of the campaign since: in Kore.ai's own time of it, or of the status that the
    bot has seen, at `turned_at`. A run that calling hours hold back is not expected.
    """
    if campaign.status not in _WAITING or campaign.updated_at is None:
        return None
    run = last_run(schedule, seen_at - GRACE, campaign.hours)
    if run is None or run.gap or run.contacts_nobody:
        return None
    return None if max(campaign.updated_at, turned_at or run.at - GRACE) >= run.at else run
