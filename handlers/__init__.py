"""What people do in Slack: one module for each flow, and the tables that route to them.

Bolt tries its listeners one by one, so there is one for each kind of request; the tables below do
the rest. The order is always the same: read, decide, store, answer Slack. Nothing before the answer
waits for the network; everything after it is a background task or durable work.
"""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck, AsyncApp

from blocks.ids import COMMAND, Button, View, opens
from blocks.kit import Message
from blocks.state import MalformedRequest
from bot.campaigns.actions import ACTIONS, Action
from bot.campaigns.commands import BY_NAME
from bot.campaigns.roles import Permission
from handlers import (
    actions,
    approval,
    create,
    forms,
    guide,
    home,
    lookups,
    review,
    schedule,
    typeahead,
)
from handlers.payloads import CALLBACK, Closed, Event, Press, Query, SlashCommand, Submit
from handlers.replies import Reply
from handlers.services import Services

ANY = re.compile("")
# The Start button's `action_id` on cards that earlier versions posted.
EARLIER_START = "start"
OnCommand = Callable[[Services, SlashCommand, str], Awaitable[Message | None]]
OnPress = Callable[[Services, Press], Awaitable[None]]


# Each subcommand or button with its permission; None if anybody may, or if the flow checks it.
COMMANDS: dict[str, tuple[OnCommand, Permission | None]] = {
    "": (guide.menu, None),
    "sms": (create.new_sms, Permission.CREATE),
    "voice": (create.new_voice, Permission.CREATE),
    "schedule": (schedule.new_schedule, Permission.SCHEDULE),
    **{action: (actions.by_command(action), ACTIONS[action].permission) for action in BY_NAME},
    "status": (lookups.show_status, Permission.STATUS),
    "list": (lookups.list_known, Permission.LIST),
    "help": (guide.show_help, None),
}
# A global shortcut has the name of a button that needs no value, and uses the same row.
PRESSES: dict[str, tuple[OnPress, Permission | None]] = {
    Button.OPEN_SMS: (create.press_sms, Permission.CREATE),
    Button.OPEN_VOICE: (create.press_voice, Permission.CREATE),
    Button.EDIT_AGAIN: (create.edit_again, None),
    Button.CHECK_AGAIN: (create.check_again, None),
    Button.CREATE_NOW: (create.create_now, None),
    Button.SPLIT: (review.split, None),
    Button.SCHEDULE_REST: (schedule.press_rest, None),
    Button.NEW_SCHEDULE: (schedule.press_new_schedule, Permission.SCHEDULE),
    Button.OPEN_SCHEDULE: (schedule.press_schedule, Permission.SCHEDULE),
    **{
        opens(action): (actions.by_button(action), ACTIONS[action].permission) for action in BY_NAME
    },
    EARLIER_START: (actions.by_button(Action.START), Permission.START),
    Button.REFRESH: (lookups.refresh, Permission.STATUS),
    Button.SHOW_STATUS: (lookups.show_chosen, Permission.STATUS),
    Button.LIST: (lookups.press_list, Permission.LIST),
    Button.LIST_PREVIOUS: (lookups.turn_page, Permission.LIST),
    Button.LIST_NEXT: (lookups.turn_page, Permission.LIST),
    Button.APPROVE: (approval.approve, None),
    Button.DECLINE: (approval.ask_why, None),
    Button.WITHDRAW: (approval.withdraw, None),
    Button.CANCEL_HOLD: (approval.cancel, None),
    Button.HELP: (guide.press_help, None),
}
SUBMITS: dict[str, Callable[[Services, Submit], Awaitable[Reply]]] = {
    View.SMS: forms.submit,
    View.VOICE: forms.submit,
    View.SCHEDULE: forms.submit,
    View.REVIEW: review.confirm,
    **{action: actions.in_environment(action) for action in BY_NAME},
    View.DECLINE: approval.decline,
}
EVENTS: dict[str, Callable[[Services, Event], Awaitable[None]]] = {
    "app_home_opened": home.opened,
}


def register(app: AsyncApp, services: Services) -> None:
    """Register the listeners on `app`; they use `services`.

    `sent` is the request as typed by `handlers.incoming`, which also handles listeners' exceptions.
    """

    async def on_command(ack: AsyncAck, sent: SlashCommand) -> None:
        answer = await _command(services, sent)
        await (ack(**answer.payload()) if answer else ack())

    async def on_press(ack: AsyncAck, sent: Press) -> None:
        try:
            if refused := await _press(services, sent):
                services.answer(sent, refused)
        finally:
            if sent.on_home:
                home.draw(services, sent.user)
        await ack()

    async def on_event(sent: Event) -> None:
        await _event(services, sent)

    async def on_view(ack: AsyncAck, sent: Submit) -> None:
        await ack(**await _submit(services, sent))

    async def on_closed(ack: AsyncAck, sent: Closed) -> None:
        await forms.closed(services, sent)
        await ack()

    async def on_options(ack: AsyncAck, sent: Query) -> None:
        await ack(options=await typeahead.suggest(services, sent))

    app.command(COMMAND)(on_command)
    app.action(ANY)(on_press)
    app.shortcut(ANY)(on_press)
    app.event(ANY)(on_event)
    app.view(ANY)(on_view)
    app.view_closed(ANY)(on_closed)
    app.options(ANY)(on_options)


async def _command(services: Services, command: SlashCommand) -> Message | None:
    if command.subcommand not in COMMANDS:
        return guide.not_understood(command)
    handler, needed = COMMANDS[command.subcommand]
    return services.refusal(command, needed) or await handler(services, command, command.rest)


async def _press(services: Services, press: Press) -> Message | None:
    """Handle a press and return a refusal, if any. An action that is not in the table is a choice
    that redraws its form.
    """
    if press.action not in PRESSES:
        forms.redraw(services, press)
        return None
    handler, needed = PRESSES[press.action]
    if refused := services.refusal(press, needed):
        return refused
    await handler(services, press)
    return None


async def _submit(services: Services, sent: Submit) -> Reply:
    if sent.view.callback_id not in SUBMITS:
        raise MalformedRequest(CALLBACK)
    return await SUBMITS[sent.view.callback_id](services, sent)


async def _event(services: Services, event: Event) -> None:
    if event.type not in EVENTS:
        raise MalformedRequest("event.type")
    await EVENTS[event.type](services, event)
