"""Sets and removes a campaign's schedule."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar

from pydantic import JsonValue

from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import ScheduleCampaign
from bot.campaigns.notifications import SplitNotice
from bot.campaigns.reasons import Failure, Namesake, Reason
from bot.campaigns.schedule import Schedule
from bot.kore import KoreError
from bot.work.change import Change, carry_out
from bot.work.job import Job


async def schedule(job: Job, command: ScheduleCampaign) -> None:
    """Set the schedule, show the card, and tell the author about the rest of a split schedule.

    That is told at once, not when the first part is over. A message scheduled in Slack carries no
    metadata to find it by in a second attempt, and may be at most 120 days ahead:
    docs.slack.dev/reference/methods/chat.scheduleMessage.
    """
    done = await carry_out(SetSchedule(job, command.schedule))
    if done and command.rest:
        await job.step("rest", partial(job.tell, SplitNotice()))


async def unschedule(job: Job) -> None:
    """Remove the schedule and show the card."""
    await carry_out(SetSchedule(job, None))


@dataclass(frozen=True, slots=True)
class SetSchedule(Change):
    """Replaces the campaign's schedule; `plan` is None to remove it."""

    plan: Schedule | None
    # Kore.ai schedules by name, so choosing a campaign by ID would not help.
    several: ClassVar[Reason] = Reason.NAME_SHARED

    async def check(self, target: Snapshot) -> Failure | None:
        """Require a unique name, because Kore.ai schedules by name."""
        catalog = self.job.catalog
        found = await self.job.once_read(catalog, partial(catalog.namesakes, target.name))
        others = [each for each in found if each.id != target.id]
        if not others:
            return None
        namesakes = tuple(map(Namesake.of, (target, *others)))
        return Failure(reason=Reason.NAME_SHARED, namesakes=namesakes)

    def refusal(self, target: Snapshot) -> Reason | None:
        """Refuse a start in the past, and the removal of a schedule that does not exist."""
        if self.plan and self.plan.utc_start <= datetime.now(UTC):
            return Reason.TOO_LATE
        return Reason.NOT_SCHEDULED if not self.plan and target.scheduled is False else None

    async def before(self, target: Snapshot) -> JsonValue:
        """Return the schedule that the bot set; Kore.ai reports only whether there is one."""
        known = await self.job.records.campaigns.known(target.id)
        return known.schedule.model_dump(mode="json") if known and known.schedule else None

    async def send(self, target: Snapshot) -> Failure | None:
        """Send the schedule by name. If Kore.ai scheduled another campaign, undo that at once.

        A schedule removed from another campaign is lost, as Kore.ai does not report what it was.
        """
        kore = self.job.kore
        if self.plan:
            changed = await kore.schedule_campaign(target.name, self.plan)
            return None if changed == target.id else await self._undo(target, changed)
        changed = await kore.unschedule_campaign(target.name)
        if changed == target.id:
            return None
        await self.job.records.campaigns.remember_schedule(changed, None)
        return Failure(reason=Reason.WRONG_CAMPAIGN_UNSCHEDULED)

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Compare whether a schedule is set; Kore.ai does not report which one."""
        wanted = self.plan is not None
        if now.scheduled is None or now.scheduled is wanted is target.scheduled:
            return None
        return now.scheduled is wanted

    async def keep(self, target: Snapshot) -> None:
        """Record the schedule, because Kore.ai never returns it."""
        await self.job.records.campaigns.remember(target)
        await self.job.records.campaigns.remember_schedule(target.id, self.plan)

    async def _undo(self, target: Snapshot, wrong: str) -> Failure:
        # Outside the call, whose time is limited.
        await self.job.kore.reserve()
        try:
            undone = await self.job.kore.unschedule_campaign(target.name)
        except KoreError:
            return Failure(reason=Reason.WRONG_CAMPAIGN_STANDS)
        is_undone = undone == wrong
        return Failure(reason=Reason.WRONG_CAMPAIGN if is_undone else Reason.WRONG_CAMPAIGN_STANDS)
