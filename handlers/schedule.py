"""Scheduling: opening the schedule form."""

from datetime import UTC, datetime
from functools import partial

from blocks import messages
from blocks.coming_runs import hour_is_kept
from blocks.form import ENVIRONMENT
from blocks.forms.schedule import values_of
from blocks.ids import View
from blocks.kit import Message
from blocks.one_line import FromLine, from_schedule
from blocks.split import not_yours
from bot.campaigns.clock_changes import with_requested_time
from bot.campaigns.commands import Create, ScheduleCampaign
from bot.campaigns.one_line import ScheduleLine
from bot.campaigns.refs import CampaignRef
from bot.campaigns.roles import Permission
from bot.records import Done
from handlers.actions import origin
from handlers.forms import Reading, open_form
from handlers.one_line import schedule_line
from handlers.payloads import Press, SlashCommand
from handlers.review import open_for
from handlers.services import Services


async def new_schedule(services: Services, command: SlashCommand, rest: str) -> Message | None:
    """Handle `/campaign schedule [name or ID]`, or a line that also says when."""
    line, now = await schedule_line(services, command, rest), datetime.now(UTC)
    read = partial(_read, line, now)
    return await _open_schedule(services, command, line.campaign, read)


def _read(line: ScheduleLine, now: datetime, zone: str) -> FromLine:
    return from_schedule(line.values(now, zone))


async def press_schedule(services: Services, press: Press) -> None:
    """Handle the button on a card, which names the campaign."""
    if notice := await _open_schedule(services, press, press.value):
        services.answer(press, notice)


async def press_new_schedule(services: Services, press: Press) -> None:
    """Handle the button in the menu, which names no campaign."""
    if notice := await _open_schedule(services, press, ""):
        services.answer(press, notice)


async def press_rest(services: Services, press: Press) -> None:
    """Handle the button on the notice after a split, for the author of the first part."""
    submission = await services.records.submission(press.value)
    command = submission.command if submission else None
    if not (submission and isinstance(command, ScheduleCampaign) and command.rest):
        services.answer(press, messages.form_gone())
        return
    original = press.where(submission.asked_in)
    if submission.author != press.user:
        services.answer(press, not_yours(submission.author))
    elif refused := services.refusal(original, Permission.SCHEDULE, submission.environment):
        services.answer(press, refused)
    else:
        place = {"channel": submission.channel, ENVIRONMENT: submission.environment}
        named = {"campaign": str(command.ref)}
        open_form(services, original, View.SCHEDULE, values_of(command.rest) | named | place)


async def press_keep_hour(services: Services, press: Press) -> None:
    """Handle the button that keeps a schedule's local time after a clock change."""
    ref = CampaignRef.parse(press.value)
    known = await services.records.campaigns.known(ref.id or "")
    asked = await services.records.coming_runs.scheduled_by(ref.id or "")
    if known is None or known.schedule is None or asked is None:
        services.answer(press, messages.form_gone())
        return
    original, environment = press.where(asked.asked_in), known.snapshot.environment
    if refused := services.refusal(original, Permission.SCHEDULE, environment):
        services.answer(press, refused)
    elif kept := with_requested_time(known.schedule, datetime.now(UTC)):
        place = {"environment": environment, "channel": asked.channel}
        command = ScheduleCampaign(campaign=CampaignRef.of(known.snapshot), schedule=kept)
        open_for(services, press, origin(original, "").model_copy(update=place), command)
    else:
        services.answer(press, hour_is_kept(ref.short))


async def press_alike(services: Services, press: Press) -> None:
    """Handle the button under a new campaign that was cloned from one with a schedule."""
    submission = await services.records.submission(press.value)
    outcome, command = (submission.outcome, submission.command) if submission else (None, None)
    if not (submission and isinstance(outcome, Done) and isinstance(command, Create)):
        services.answer(press, messages.form_gone())
        return
    original = press.where(submission.asked_in)
    if refused := services.refusal(original, Permission.SCHEDULE, submission.environment):
        services.answer(press, refused)
        return
    like = await services.records.campaigns.known((command.cloned and command.cloned.id) or "")
    made = CampaignRef(
        id=outcome.campaign, name=command.ref.name, environment=submission.environment
    )
    given = values_of(like.schedule) if like and like.schedule else {}
    place = {"channel": submission.channel, ENVIRONMENT: submission.environment}
    open_form(services, original, View.SCHEDULE, given | {"campaign": str(made)} | place)


async def _open_schedule(
    services: Services,
    request: SlashCommand | Press,
    typed: str,
    line: Reading = lambda _zone: FromLine(),
) -> Message | None:
    """Open the form with the schedule, if it is known; or return why it is not opened."""
    ref, schedule = await services.meant(request, typed)
    if refused := services.refusal(request, Permission.SCHEDULE, ref.environment):
        return refused
    given = values_of(schedule) if schedule else {}
    named = {"campaign": str(ref) or None, ENVIRONMENT: ref.environment}
    open_form(services, request, View.SCHEDULE, given | named, line)
    return None
