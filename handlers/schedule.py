"""Scheduling: opening the schedule form, and removing a schedule after a question."""

from blocks import messages
from blocks.form import ENVIRONMENT
from blocks.forms.schedule import values_of
from blocks.ids import View
from blocks.kit import Message
from blocks.questions import unschedule_question
from blocks.split import not_yours
from bot.campaigns.actions import Action
from bot.campaigns.roles import Permission
from handlers import questions
from handlers.desk import Desk
from handlers.forms import open_form
from handlers.payloads import Command, Press, Submit
from handlers.replies import Reply


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
    rest = asked.rest if asked else None
    if asked is None or rest is None:
        desk.answer(press, messages.form_gone())
    elif asked.author != press.user:
        desk.answer(press, not_yours(asked.author))
    elif refused := desk.refusal(
        press.where(asked.asked_in), Permission.SCHEDULE, asked.environment
    ):
        desk.answer(press, refused)
    else:
        place = {"channel": asked.channel, ENVIRONMENT: asked.environment}
        named = {"campaign": str(asked.payload["campaign"])}
        there = press.where(asked.asked_in)
        open_form(desk, there, View.SCHEDULE, values_of(rest) | named | place)


async def ask_unschedule(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign unschedule <name or ID>`: ask first."""
    if not rest:
        return messages.names_no_campaign("unschedule")
    return await _ask(desk, command, rest)


async def press_unschedule(desk: Desk, press: Press) -> None:
    """The button on a card: ask first."""
    if notice := await _ask(desk, press, press.value):
        desk.answer(press, notice)


async def unschedule(desk: Desk, sent: Submit) -> Reply:
    """The question was answered with yes."""
    return await questions.accept(desk, sent, Action.UNSCHEDULE)


async def _ask(desk: Desk, asked: Command | Press, typed: str) -> Message | None:
    """Put the question before whoever asks, or say why there is none."""
    ref, schedule = await desk.meant(asked, typed)
    if refused := desk.refusal(asked, Permission.UNSCHEDULE, ref.environment):
        return refused
    context = questions.context_of(desk, asked)
    questions.ask(desk, asked, unschedule_question(ref, schedule, context))
    return None


async def _open_schedule(desk: Desk, asked: Command | Press, typed: str) -> Message | None:
    """Open the form, with the schedule there is if it is known; or say why it is not opened."""
    ref, schedule = await desk.meant(asked, typed)
    if refused := desk.refusal(asked, Permission.SCHEDULE, ref.environment):
        return refused
    given = values_of(schedule) if schedule else {}
    named = {"campaign": str(ref) or None, ENVIRONMENT: ref.environment}
    open_form(desk, asked, View.SCHEDULE, given | named)
    return None
