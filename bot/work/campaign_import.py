"""Creates the campaigns of a file one after the other: each exactly once, across crashes.

Each campaign, and each schedule, is carried out as a submission of its own would be, but what
became of it is stored among the parts of this one. The others go on when one fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from pydantic import JsonValue

from bot.campaigns.campaign import Snapshot
from bot.campaigns.campaign_import import CampaignRow, ImportCampaigns, Imported
from bot.campaigns.commands import AnyCommand, CreateSms, ScheduleCampaign
from bot.campaigns.notifications import Alarm, AnyNotification, ImportProgress, ImportReport
from bot.campaigns.reasons import Failure
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Schedule
from bot.records import (
    AuditEntry,
    CampaignPart,
    CampaignsImported,
    Outcome,
    Part,
    PartPlace,
    State,
    Submission,
    outcomes,
)
from bot.records.campaign_parts import is_over
from bot.work.change import change_once
from bot.work.create import create_once
from bot.work.job import Job
from bot.work.schedule import SetSchedule

log = structlog.get_logger()


async def import_campaigns(job: Job, command: ImportCampaigns) -> None:
    """Create every campaign, set the schedules, show how far it is, and post one report."""
    # Between two steps a process can stop, and another one can go on.
    while await job.step("import campaigns", partial(_go_on, job, command)):
        pass


async def _go_on(job: Job, command: ImportCampaigns) -> bool:
    """Carry out the next campaign. Return whether there is more to do."""
    left = await job.now()
    if left.state is State.ACCEPTED:
        await job.mark(State.SENDING, tell=(ImportProgress(),))
    elif left.state is not State.SENDING:
        await _show_end(job, left.state)
        return False
    parts = await job.records.campaign_parts.all(job.asked.key)
    for number, row in enumerate(command.rows):
        if not is_over(number, row, parts):
            await _carry_out(job, number, row)
            return True
    await _end(job, outcomes(command, parts))
    return False


async def _carry_out(job: Job, number: int, row: CampaignRow) -> None:
    """Create a campaign, and set its schedule if it has one."""
    creation = CreateSms(campaign=row.campaign)
    made = await create_once(_part_of(job, number, Part.CREATE, creation), creation)
    if row.schedule and not isinstance(made, Failure):
        await _schedule(job, number, made, row.schedule)


async def _schedule(job: Job, number: int, made: Snapshot, plan: Schedule) -> None:
    command = ScheduleCampaign(campaign=CampaignRef.of(made), schedule=plan)
    await change_once(SetSchedule(_part_of(job, number, Part.SCHEDULE, command), plan))


async def _end(job: Job, became: tuple[Imported, ...]) -> None:
    await job.mark(State.DONE, _counted(became), tell=(ImportReport(campaigns=became),))
    await _show_end(job, State.DONE)


async def _show_end(job: Job, state: State) -> None:
    """Let the message that showed the progress say how it went."""
    if state is State.DONE:
        await job.records.outbox.refresh(job.asked.key, ImportProgress())


def _counted(became: Sequence[Imported]) -> CampaignsImported:
    failed = [each.failure for each in became if each.failure]
    return CampaignsImported(
        created=sum(each.campaign is not None for each in became),
        failed=sum(each.certain for each in failed),
        unknown=sum(not each.certain for each in failed),
        scheduled=sum(each.scheduled is True for each in became),
        not_scheduled=sum(each.scheduled is False for each in became),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartJob(Job):
    """A part of a submission, carried out as a submission of its own would be."""

    place: PartPlace

    async def now(self) -> Submission:
        """Return the submission as the part is, including what an interrupted attempt recorded."""
        part = await self.records.campaign_parts.get(self.asked.key, self.place)
        now = {"state": part.state, "outcome": part.outcome, "before": part.before}
        return self.asked.model_copy(update=now)

    async def seconds_since_mark(self) -> float:
        """Return how long ago the part's state was set; infinity if that is not known."""
        return await self.records.campaign_parts.seconds_since_mark(self.asked.key, self.place)

    async def keep_before(self, before: Snapshot) -> None:
        """Store the campaign's snapshot before it is changed."""
        await self.records.campaign_parts.keep_before(self.asked.key, self.place, before)

    def entry(self, event: State, outcome: Outcome | None, before: JsonValue) -> AuditEntry | None:
        """Return the audit's entry of an event of this part."""
        made = Job.entry(self, event, outcome, before)
        own = {"discriminator": f"{self.place.number} {self.place.part}"}
        return made.model_copy(update=own) if made else None

    async def mark(
        self,
        state: State,
        outcome: Outcome | None = None,
        *,
        before: JsonValue = None,
        tell: Sequence[AnyNotification] = (),
    ) -> None:
        """Store the part's state and its audit entry. The report tells of its failure."""
        await self.engine.confirm_lease()
        log.info("part.marked", state=state, part=self.place.part, number=self.place.number)
        now = CampaignPart(state=state, outcome=outcome)
        entry = self.entry(state, outcome, before)
        named = {"name": self.asked.command.label}
        alarms = [each.model_copy(update=named) for each in tell if isinstance(each, Alarm)]
        await self.records.campaign_parts.mark(
            self.asked, self.place, now, entry=entry, tell=alarms
        )


def _part_of(job: Job, number: int, part: Part, command: AnyCommand) -> _PartJob:
    return _PartJob(
        job.asked.model_copy(update={"command": command}),
        job.kores,
        job.catalogs,
        job.environments,
        job.records,
        job.engine,
        job.files,
        place=PartPlace(number=number, part=part),
    )
