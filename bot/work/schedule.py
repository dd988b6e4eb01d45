"""Scheduling a campaign, and removing its schedule."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar

from pydantic import JsonValue

from blocks.split import Halved, rest_notice
from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import ScheduleCampaign
from bot.campaigns.reasons import Failure, Namesake, Reason
from bot.campaigns.schedule import Schedule
from bot.kore import KoreError
from bot.slack import SlackError
from bot.work.change import Change, carry_out
from bot.work.job import Job


async def schedule(job: Job, command: ScheduleCampaign) -> None:
    """Set the schedule that was asked for, post the card with it, and tell of a rest."""
    done = await carry_out(_Schedule(job, command.schedule))
    if done and command.rest:
        tell = partial(_tell_rest, job, command.schedule, command.rest)
        await job.engine.step("tell of the rest", tell, retry_on=(SlackError,))


async def unschedule(job: Job) -> None:
    """Remove the schedule and post the card without it."""
    await carry_out(_Schedule(job, None))


async def _tell_rest(job: Job, first: Schedule, rest: Schedule) -> None:
    """At once, and not when the first part is over.

    What Slack is asked to post later carries no metadata, by which a second try would know it, and
    is at most 120 days ahead: docs.slack.dev/reference/methods/chat.scheduleMessage.
    """
    halved = Halved(
        name=job.ref.label,
        first=first,
        rest=rest,
        key=job.asked.key,
        environment=job.environments.to_name(job.asked.environment),
    )
    await job.poster.tell_once(job.asked, rest_notice(halved), "rest")


@dataclass(frozen=True, slots=True)
class _Schedule(Change):
    """A schedule in place of the one there is; None for none."""

    plan: Schedule | None
    # Not even its ID would say to Kore.ai which one is meant.
    several: ClassVar[Reason] = Reason.NAME_SHARED

    async def check(self, target: Snapshot) -> Failure | None:
        """Kore.ai schedules by name, so the target must be the only campaign that has its name."""
        found = await self.job.kore.find_campaigns(target.name)
        others = [each for each in found if each.id != target.id]
        if not others:
            return None
        namesakes = tuple(map(Namesake.of, (target, *others)))
        return Failure(reason=Reason.NAME_SHARED, namesakes=namesakes)

    def refusal(self, target: Snapshot) -> Reason | None:
        """A start that has passed, and a schedule that is not there."""
        if self.plan and self.plan.utc_start <= datetime.now(UTC):
            return Reason.TOO_LATE
        return Reason.NOT_SCHEDULED if not self.plan and target.scheduled is False else None

    async def before(self, target: Snapshot) -> JsonValue:
        """What the bot had scheduled; Kore.ai only says whether there is a schedule."""
        known = await self.job.records.known(target.id)
        return known.schedule.model_dump(mode="json") if known and known.schedule else None

    async def send(self, target: Snapshot) -> Failure | None:
        """Kore.ai schedules by name: where it took another campaign, that is undone at once.

        A schedule that was removed from another is lost, as Kore.ai does not say what it was.
        """
        kore = self.job.kore
        if self.plan:
            changed = await kore.schedule_campaign(target.name, self.plan)
            return None if changed == target.id else await self._undo(target, changed)
        changed = await kore.unschedule_campaign(target.name)
        if changed == target.id:
            return None
        await self.job.records.remember_schedule(changed, None)
        return Failure(reason=Reason.WRONG_CAMPAIGN_UNSCHEDULED)

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Kore.ai answers whether a schedule is set, though not which."""
        wanted = self.plan is not None
        if now.scheduled is None or now.scheduled is wanted is target.scheduled:
            return None
        return now.scheduled is wanted

    async def keep(self, target: Snapshot) -> None:
        """Kore.ai never answers a schedule, so the bot's own memory of it is all there is."""
        await self.job.records.remember(target)
        await self.job.records.remember_schedule(target.id, self.plan)

    async def _undo(self, target: Snapshot, wrong: str) -> Failure:
        try:
            undone = await self.job.kore.unschedule_campaign(target.name)
        except KoreError:
            return Failure(reason=Reason.WRONG_CAMPAIGN_STANDS)
        is_undone = undone == wrong
        return Failure(reason=Reason.WRONG_CAMPAIGN if is_undone else Reason.WRONG_CAMPAIGN_STANDS)
