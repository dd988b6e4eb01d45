"""Edits a campaign: replaces its settings, and sees to it that its schedule survives."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pydantic import JsonValue

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.campaigns.commands import EditCampaign
from bot.campaigns.edits import Settings, differing, is_as_seen, shows
from bot.campaigns.notifications import ScheduleLost, alarms
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.runs import rest_of
from bot.campaigns.schedule import Schedule
from bot.campaigns.statuses import FITS
from bot.campaigns.values import same_name
from bot.kore import KoreError
from bot.work.change import Change, change_once
from bot.work.failures import failure_of
from bot.work.job import Job
from bot.work.present import known_settings
from bot.work.schedule import SetSchedule

# The settings that a snapshot has too, by the same names.
_SHOWN = (*("name", "description", "contact_lists", "dnc_list", "caller_id", "priority", "hours"),)


async def edit(job: Job, command: EditCampaign) -> None:
    """Replace the campaign's settings, and set its schedule again if Kore.ai dropped it."""
    target = await job.step("change", partial(change_once, _Edit(job, command)))
    if isinstance(target, Failure):
        return
    now = await job.step("look", partial(job.look, target))
    if target.scheduled and now.scheduled is False:
        await job.step("reschedule", partial(_reschedule, job, now))
        now = await job.step("look again", partial(job.look, now))
    await job.show(now)


@dataclass(frozen=True, slots=True)
class _Edit(Change):
    command: EditCampaign

    async def check(self, target: Snapshot) -> Failure | None:
        """Refuse to overwrite what somebody else changed since the review, or to take a name."""
        now = await self.job.kore.get_campaign(target.id)
        if not is_as_seen(self.command.seen, await self._settings(now)):
            return Failure(reason=Reason.CHANGED_ELSEWHERE)
        if same_name(now.name, self.command.edited.name):
            return None
        found = await self.job.once_read(
            self.job.catalog, partial(self.job.catalog.namesakes, self.command.edited.name)
        )
        others = [each for each in found if each.id != target.id]
        return Failure(reason=Reason.NAME_TAKEN) if others else None

    def refusal(self, target: Snapshot) -> Reason | None:
        """Refuse a campaign that runs, or that is of another kind than its new settings."""
        unclear = Reason.KIND_UNKNOWN if target.kind is not self.command.edited.kind else None
        return FITS[Action.EDIT].refusal(target.status, scheduled=target.scheduled) or unclear

    async def before(self, target: Snapshot) -> JsonValue:
        """Return the settings that are replaced by others."""
        now = await self._settings(target)
        return {name: now.get(name) for name in differing(self.command.edited, now)}

    async def send(self, target: Snapshot) -> Failure | None:
        """Send all settings, because Kore.ai drops what is left out."""
        await self.job.kore.update_campaign(
            target.id, self.command.edited, scheduled=bool(target.scheduled)
        )
        return None

    def is_done(self, target: Snapshot, now: Snapshot) -> bool | None:
        """Compare what Kore.ai shows; it is inconclusive if only what it does not show differs."""
        if not shows(now, self.command.edited):
            return False
        return None if shows(target, self.command.edited) else True

    async def keep(self, target: Snapshot) -> None:
        """Record the settings: Kore.ai does not show all, and the others are no news any more."""
        edited = self.command.edited
        shown = target.model_copy(update={name: getattr(edited, name) for name in _SHOWN})
        await self.job.records.campaigns.remember(shown, sent=edited)

    async def _settings(self, found: Snapshot) -> Settings:
        return await known_settings(self.job.records, found)


async def _reschedule(job: Job, edited: Snapshot) -> None:
    """Set the schedule that the campaign had, from its next run on, or tell that it is lost."""
    known = await job.records.campaigns.known(edited.id)
    rest = rest_of(known.schedule, datetime.now(UTC)) if known and known.schedule else None
    failure = await _set(job, edited, rest) if rest else None
    if rest is None or failure:
        await job.records.campaigns.remember_schedule(edited.id, None)
        lost = ScheduleLost(campaign=edited.id, failure=failure)
        await job.tell(lost, *(alarms(failure) if failure else ()))


async def _set(job: Job, edited: Snapshot, schedule: Schedule) -> Failure | None:
    change = SetSchedule(job, schedule)
    try:
        return await change.check(edited) or await change.send(edited)
    except KoreError as error:
        return failure_of(error)
