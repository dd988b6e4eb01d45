"""Starts and stops a campaign's run."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.statuses import FITS
from bot.campaigns.values import Status
from bot.work.change import Change, carry_out, kind_of
from bot.work.job import Job

# The author expects the start now. After a longer outage the start is refused as too late.
START_WITHIN = timedelta(minutes=10)


async def start(job: Job) -> None:
    """Start the campaign from the top of its contact lists and show its card."""
    await carry_out(_Start(job))


async def stop(job: Job) -> None:
    """Stop the campaign's run and show its card."""
    await carry_out(_Stop(job))


@dataclass(frozen=True, slots=True)
class _Start(Change):
    def refusal(self, target: Snapshot) -> Reason | None:
        """Refuse a late start, or one that Kore.ai would refuse (contact-center/campaigns)."""
        if self.job.asked.accepted_at + START_WITHIN < datetime.now(UTC):
            return Reason.TOO_LATE
        return _misfit(Action.START, target)

    async def check(self, target: Snapshot) -> Failure | None:
        """Refuse a campaign that a schedule will start, as Kore.ai does."""
        known = await self.job.records.campaigns.known(target.id)
        own = known.schedule if known else None
        scheduled = target.starts_by_itself(own, datetime.now(UTC))
        return Failure(reason=Reason.STARTS_BY_ITSELF) if scheduled else None

    async def send(self, target: Snapshot) -> Failure | None:
        """Start the campaign."""
        await self.job.kore.start_campaign(target.id, kind_of(target))
        return None

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Compare the statuses. An unchanged status is inconclusive, as the run may already be
        over, unless it is still READY.
        """
        if now.status != target.status:
            return True
        return False if target.status == Status.READY else None


@dataclass(frozen=True, slots=True)
class _Stop(Change):
    def refusal(self, target: Snapshot) -> Reason | None:
        """Refuse to stop a campaign that does not run."""
        return _misfit(Action.STOP, target)

    async def send(self, target: Snapshot) -> Failure | None:
        """Stop the campaign."""
        await self.job.kore.stop_campaign(target.id, kind_of(target))
        return None

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Return whether the campaign is stopped."""
        return now.status == Status.STOPPED


def _misfit(action: Action, target: Snapshot) -> Reason | None:
    """Refuse a campaign whose status does not fit, or whose kind is unknown: Kore.ai has one
    endpoint for voice and one for SMS, and its responses may omit the kind.
    """
    unclear = Reason.KIND_UNKNOWN if target.kind is None else None
    return FITS[action].refusal(target.status, scheduled=None) or unclear
