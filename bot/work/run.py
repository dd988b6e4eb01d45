"""Starting a campaign's run, and stopping it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.campaigns.campaign import Snapshot
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.values import Kind, Status
from bot.work.change import Change, carry_out
from bot.work.job import Job

# Who asked for a start expects it now; after an outage of this length it is asked again.
START_WITHIN = timedelta(minutes=10)


async def start(job: Job) -> None:
    """Run the campaign from the top of its contact lists and post its card."""
    await carry_out(_Start(job))


async def stop(job: Job) -> None:
    """End the campaign's run and post its card."""
    await carry_out(_Stop(job))


@dataclass(frozen=True, slots=True)
class _Start(Change):
    def refusal(self, target: Snapshot) -> Reason | None:
        """Kore.ai refuses to start what is scheduled or running (contact-center/campaigns)."""
        if self.job.asked.accepted_at + START_WITHIN < datetime.now(UTC):
            return Reason.TOO_LATE
        if target.scheduled:
            return Reason.STARTS_BY_ITSELF
        return Reason.RUNNING if target.status == Status.ACTIVE else _unclear(target)

    async def send(self, target: Snapshot) -> Failure | None:
        """Start it."""
        await self.job.kore.start_campaign(target.id, _kind(target))
        return None

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """A run that was over before leaves the status as it was, so that this tells nothing."""
        if now.status != target.status:
            return True
        return False if target.status == Status.READY else None


@dataclass(frozen=True, slots=True)
class _Stop(Change):
    def refusal(self, target: Snapshot) -> Reason | None:
        """Only what runs, or is held, can be stopped."""
        stoppable = {Status.ACTIVE, Status.PAUSED, Status.SCHEDULED, Status.RESCHEDULED}
        return Reason.NOT_RUNNING if target.status not in stoppable else _unclear(target)

    async def send(self, target: Snapshot) -> Failure | None:
        """Stop it."""
        await self.job.kore.stop_campaign(target.id, _kind(target))
        return None

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Stopped or not."""
        return now.status == Status.STOPPED


def _unclear(target: Snapshot) -> Reason | None:
    """Kore.ai has one address for voice and one for SMS, and its answers may not tell which."""
    return Reason.KIND_UNKNOWN if target.kind is None else None


def _kind(target: Snapshot) -> Kind:
    assert target.kind  # noqa: S101 # refused before if unknown
    return target.kind
