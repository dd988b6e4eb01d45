"""What a person does in Slack: one module per flow, and the tables that lead to each.

Bolt asks its listeners one by one, so there is one for each kind of request; the tables below do
the rest. The order is the same everywhere: read, decide, keep durably, answer Slack. Nothing before
the answer waits on the network, and what comes after it runs as an errand or as durable work.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from blocks import messages
from blocks.ids import Action, View
from blocks.kit import Message
from bot.records import DatabaseFault
from handlers import create, forms, guide, lookups, review, runs, schedule, typeahead
from handlers.desk import Desk
from handlers.payloads import Command, Press, Query, Submit
from handlers.replies import Reply, on_top

log = structlog.get_logger()

ANY = re.compile("")


COMMANDS: dict[str, Callable[[Desk, Command, str], Awaitable[Message | None]]] = {
    "": guide.menu,
    "sms": create.new_sms,
    "voice": create.new_voice,
    "schedule": schedule.new_schedule,
    "unschedule": schedule.ask_unschedule,
    "start": runs.ask_start,
    "stop": runs.ask_stop,
    "status": lookups.show_status,
    "list": lookups.list_known,
    "help": guide.show_help,
}
PRESSES: dict[str, Callable[[Desk, Press], Awaitable[None]]] = {
    Action.OPEN_SMS: create.press_sms,
    Action.OPEN_VOICE: create.press_voice,
    Action.EDIT_AGAIN: create.edit_again,
    Action.CHECK_AGAIN: create.check_again,
    Action.CREATE_NOW: create.create_now,
    Action.NEW_SCHEDULE: schedule.press_new_schedule,
    Action.OPEN_SCHEDULE: schedule.press_schedule,
    Action.OPEN_UNSCHEDULE: schedule.press_unschedule,
    Action.START: runs.press_start,
    Action.OPEN_STOP: runs.press_stop,
    Action.REFRESH: lookups.refresh,
    Action.SHOW_STATUS: lookups.show_chosen,
    Action.LIST: lookups.press_list,
    Action.LIST_PREVIOUS: lookups.turn_page,
    Action.LIST_NEXT: lookups.turn_page,
    Action.HELP: guide.press_help,
}
SUBMITS: dict[str, Callable[[Desk, Submit], Awaitable[Reply]]] = {
    View.SMS: forms.submit,
    View.VOICE: forms.submit,
    View.SCHEDULE: forms.submit,
    View.REVIEW: review.confirm,
    View.UNSCHEDULE: schedule.unschedule,
    View.STOP: runs.stop,
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Let `app` answer what people do, with the services on `desk`."""

    async def on_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        try:
            answer = await _command(desk, Command.model_validate(body))
        except DatabaseFault as fault:
            _log_refused(fault)
            answer = messages.records_closed()
        await (ack(**answer.payload()) if answer else ack())

    async def on_action(ack: AsyncAck, body: dict[str, Any]) -> None:
        press = Press.model_validate(body)
        try:
            await _press(desk, press)
        except DatabaseFault as fault:
            _log_refused(fault)
            desk.answer(press.response_url, messages.records_closed())
        await ack()

    async def on_view(ack: AsyncAck, body: dict[str, Any]) -> None:
        submit = Submit.model_validate(body)
        try:
            reply = await SUBMITS[submit.view.callback_id](desk, submit)
        except DatabaseFault as fault:
            _log_refused(fault)
            reply = on_top(messages.records_closed_view())
        await ack(**reply)

    async def on_options(ack: AsyncAck, body: dict[str, Any]) -> None:
        query = Query.model_validate(body)
        try:
            options = await typeahead.suggest(desk, query)
        except DatabaseFault as fault:
            _log_refused(fault)
            options = []
        await ack(options=options)

    app.command(messages.COMMAND)(on_command)
    app.action(ANY)(on_action)
    app.view(ANY)(on_view)
    app.options(ANY)(on_options)


async def _command(desk: Desk, command: Command) -> Message | None:
    word, _, rest = command.text.strip().partition(" ")
    if handler := COMMANDS.get(word.lower()):
        return await handler(desk, command, rest.strip())
    return guide.not_understood(command, word)


def _log_refused(fault: DatabaseFault) -> None:
    log.error("request.refused", fault=str(fault))


async def _press(desk: Desk, press: Press) -> None:
    """What is no button in the table is a choice that redraws its form."""
    if handler := PRESSES.get(press.action):
        await handler(desk, press)
    else:
        forms.redraw(desk, press)
