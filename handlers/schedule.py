"""Scheduling: opening the schedule form."""

from blocks import messages
from blocks.form import ENVIRONMENT
from blocks.forms.schedule import values_of
from blocks.ids import View
from blocks.kit import Message
from blocks.split import not_yours
from bot.campaigns.commands import ScheduleCampaign
from bot.campaigns.roles import Permission
from handlers.desk import Desk
from handlers.forms import open_form
from handlers.payloads import Command, Press


async def new_schedule(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign schedule [name or ID]`."""
    return await _open_schedule(desk, command, rest)


async def press_schedule(desk: Desk, press: Press) -> None:
    """The button on a card, which names the campaign."""
    if notice := await _open_schedule(desk, press, press.value):
        desk.answer(press, notice)


async def press_new_schedule(desk: Desk, press: Press) -> None:
    """The button in the menu, which names none."""
    if notice := await _open_schedule(desk, press, ""):
        desk.answer(press, notice)


async def press_rest(desk: Desk, press: Press) -> None:
    """The button on the notice after a split, for whoever asked for the first part."""
    asked = await desk.records.submission(press.value)
    command = asked.command if asked else None
    if not (asked and isinstance(command, ScheduleCampaign) and command.rest):
        desk.answer(press, messages.form_gone())
        return
    there = press.where(asked.asked_in)
    if asked.author != press.user:
        desk.answer(press, not_yours(asked.author))
    elif refused := desk.refusal(there, Permission.SCHEDULE, asked.environment):
        desk.answer(press, refused)
    else:
        place = {"channel": asked.channel, ENVIRONMENT: asked.environment}
        named = {"campaign": str(command.ref)}
        open_form(desk, there, View.SCHEDULE, values_of(command.rest) | named | place)


async def _open_schedule(desk: Desk, asked: Command | Press, typed: str) -> Message | None:
    """Open the form, with the schedule there is if it is known; or say why it is not opened."""
    ref, schedule = await desk.meant(asked, typed)
    if refused := desk.refusal(asked, Permission.SCHEDULE, ref.environment):
        return refused
    given = values_of(schedule) if schedule else {}
    named = {"campaign": str(ref) or None, ENVIRONMENT: ref.environment}
    open_form(desk, asked, View.SCHEDULE, given | named)
    return None
