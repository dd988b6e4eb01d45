"""What runs, and what runs next, of the campaigns that are scheduled or running."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import takewhile

from bot.campaigns.campaign import Snapshot
from bot.campaigns.runs import Run, runs
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Frozen, Status


class ComingRun(Frozen):
    """The next run of a campaign."""

    campaign: Snapshot
    run: Run


class Upcoming(Frozen):
    """The campaigns that run now, and the earliest next runs, as far as they were asked for.

    `untimed` are the scheduled campaigns whose times only Kore.ai knows. There may be `more`.
    """

    running: tuple[Snapshot, ...] = ()
    coming: tuple[ComingRun, ...] = ()
    untimed: int = 0
    more: bool = False


def upcoming(
    scheduled: Iterable[tuple[Snapshot, Schedule | None]], now: datetime, limit: int, *, more: bool
) -> Upcoming:
    """Return what runs now and next, at most `limit` of each."""
    known = list(scheduled)
    found = (_next(campaign, own, now) for campaign, own in known if own)
    coming = nsmallest(limit, (each for each in found if each), key=lambda each: each.run.at)
    return Upcoming(
        running=tuple(each for each, _ in known if each.status == Status.ACTIVE)[:limit],
        coming=tuple(coming),
        untimed=sum(own is None and each.status != Status.ACTIVE for each, own in known),
        more=more,
    )


def week(scheduled: Iterable[tuple[Snapshot, Schedule | None]], now: datetime) -> list[ComingRun]:
    """Return the runs of the coming seven days that reach somebody, in their order."""
    until = now + timedelta(days=7)
    found = [
        ComingRun(campaign=campaign, run=run)
        for campaign, own in scheduled
        if own
        for run in takewhile(lambda run: run.at < until, runs(own, campaign.hours, after=now))
        if not run.contacts_nobody
    ]
    return sorted(found, key=lambda each: (each.run.at, each.campaign.name))


def _next(campaign: Snapshot, own: Schedule, now: datetime) -> ComingRun | None:
    run = next(runs(own, campaign.hours, after=now), None)
    return ComingRun(campaign=campaign, run=run) if run else None
