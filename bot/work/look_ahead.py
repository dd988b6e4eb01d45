"""Looks at the runs of schedules, and tells whoever set them what they would not expect.

That is what speaks against a run that comes soon, a run at another hour because clocks change, and
one that did not happen.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.campaigns.campaign import Snapshot
from bot.campaigns.clock_changes import moves_next, with_requested_time
from bot.campaigns.missed_runs import missed_run
from bot.campaigns.notifications import HourMoves, MissedRun, OfRun, RunAhead
from bot.campaigns.refs import CampaignRef
from bot.campaigns.run_warnings import RunWarning
from bot.campaigns.runs import Run, last_run, runs
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Kind
from bot.catalog.states import Part
from bot.records import Known, Records, Submission

# So long before a run its author is warned: time enough to remove the schedule.
AHEAD = timedelta(hours=1)
# After a longer time it is no news that a run was missed.
NEWS = timedelta(hours=12)
# So long after a run was due, what runs is read at once: a short run could be over before the next
# reading.
JUST_NOW = timedelta(minutes=2)
# More campaigns than are ever scheduled at once.
CAMPAIGNS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class _Noteworthy:
    """The runs of a campaign of which its author may have to be told; or one has just begun."""

    known: Known
    soon: Run | None
    moved: Run | None
    missed: Run | None
    has_begun: bool


async def look_ahead(records: Records) -> None:
    """Tell the authors of schedules, once each, what they have to know of their runs."""
    known = await records.campaigns.scheduled(None, CAMPAIGNS_MAX)
    # Runs are computed day by day, which takes a while for hundreds of schedules.
    found = await asyncio.to_thread(_noteworthy, known, datetime.now(UTC))
    for environment in {each.known.snapshot.environment for each in found if each.has_begun}:
        await records.catalog.hasten(environment or "", [Part.MOVING.of(kind) for kind in Kind])
    for each in found:
        asked = await records.coming_runs.scheduled_by(each.known.snapshot.id)
        for told in await _to_tell(records, each, asked) if asked else ():
            await records.coming_runs.tell(told)


def _noteworthy(known: Sequence[Known], now: datetime) -> list[_Noteworthy]:
    found = [_runs_of(each, each.schedule, now) for each in known if each.schedule]
    return [e for e in found if e.soon or e.moved or e.missed or e.has_begun]


def _runs_of(known: Known, schedule: Schedule, now: datetime) -> _Noteworthy:
    coming = next(runs(schedule, known.snapshot.hours, after=now), None)
    can_be_kept = coming and coming.moved and with_requested_time(schedule, now)
    last = last_run(schedule, now)
    missed = missed_run(known.snapshot, schedule, known.seen_at, known.turned_at)
    return _Noteworthy(
        known,
        soon=coming if coming and coming.at <= now + AHEAD else None,
        moved=moves_next(schedule, now) if can_be_kept else None,
        missed=missed if missed and missed.at > now - NEWS else None,
        has_begun=last is not None and last.at > now - JUST_NOW,
    )


async def _to_tell(records: Records, found: _Noteworthy, asked: Submission) -> list[OfRun]:
    warned = await _warning(records, found.known.snapshot, found.soon, asked)
    return [each for each in (warned, _moving(found, asked), _missing(found, asked)) if each]


async def _warning(
    records: Records, campaign: Snapshot, run: Run | None, asked: Submission
) -> RunAhead | None:
    """Return what speaks against a run by now."""
    then = asked.review
    if run is None or then is None or then.target is None:
        return None
    lists = records.catalog.contact_lists
    sizes = await lists.sizes(campaign.contact_lists, campaign.environment or "")
    warning = RunWarning.between(then.target, dict(then.lists), campaign, sizes)
    if warning is None:
        return None
    ref = CampaignRef.of(campaign)
    return RunAhead(person=asked.author, campaign=ref, run_at=run.at, warning=warning)


def _moving(found: _Noteworthy, asked: Submission) -> HourMoves | None:
    run, schedule = found.moved, found.known.schedule
    if run is None or schedule is None:
        return None
    return HourMoves(
        person=asked.author,
        campaign=CampaignRef.of(found.known.snapshot),
        run_at=run.at,
        local=run.local,
        moved=run.moved,
        zone=schedule.zone,
    )


def _missing(found: _Noteworthy, asked: Submission) -> MissedRun | None:
    """Return the run that was missed, unless the schedule was set after it."""
    run, known = found.missed, found.known
    if run is None or asked.accepted_at >= run.at:
        return None
    return MissedRun(
        person=asked.author,
        campaign=CampaignRef.of(known.snapshot),
        run_at=run.at,
        status=known.snapshot.status,
        seen_at=known.seen_at,
    )
