"""What people do in Slack: one module for each flow, and the tables that route to them.

Bolt tries its listeners one by one, so there is one for each kind of request; the tables below do
the rest. The order is always the same: read, decide, store, answer Slack. Nothing before the answer
waits for the network; everything after it is a background task or durable work.
"""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck, AsyncApp

from blocks.ids import COMMAND, Button, Shortcut, View, opens
from blocks.kit import Message
from blocks.state import MalformedRequest
from bot.campaigns.actions import Action
from bot.campaigns.roles import Permission
from handlers import (
    actions,
    approval,
    calendar,
    contact_lists,
    create,
    digests,
    emergency,
    forms,
    guide,
    home,
    list_forms,
    lookups,
    results,
    review,
    saved_forms,
    schedule,
    typeahead,
    watching,
)
from handlers.actions import ON_CAMPAIGN, OnCommand, OnPress, OnSubmit
from handlers.payloads import CALLBACK, Closed, Event, Press, Query, SlashCommand, Submit
from handlers.replies import Reply
from handlers.services import Services

ANY = re.compile("")
# The Start button's `action_id` on cards that earlier versions posted.
EARLIER_START = "start"


# Each subcommand or button with its permission; None if anybody may, or if the flow checks it.
COMMANDS: dict[str, tuple[OnCommand, Permission | None]] = {
    "": (guide.menu, None),
    "sms": (create.new_sms, Permission.CREATE),
    "voice": (create.new_voice, Permission.CREATE),
    "schedule": (schedule.new_schedule, Permission.SCHEDULE),
    **{word: (actions.by_command(word), each.permission) for word, each in ON_CAMPAIGN.items()},
    Action.STOP: (emergency.stop, Permission.STOP),
    "stop-all": (emergency.stop_all, Permission.STOP_ALL),
    "status": (lookups.show_status, Permission.STATUS),
    "results": (results.by_command, Permission.RESULTS),
    "new-list": (list_forms.new_list, Permission.MANAGE_LISTS),
    "rename-list": (list_forms.by_command(Action.RENAME_LIST), Permission.MANAGE_LISTS),
    "delete-list": (list_forms.by_command(Action.DELETE_LIST), Permission.MANAGE_LISTS),
    "add-contacts": (list_forms.by_command(Action.ADD_CONTACTS), Permission.MANAGE_LISTS),
    "import": (create.import_campaigns, Permission.CREATE),
    "list": (lookups.list_known, Permission.LIST),
    "lists": (contact_lists.list_all, Permission.LIST),
    "saved": (saved_forms.by_command, Permission.CREATE),
    "watch": (watching.watch, Permission.STATUS),
    "unwatch": (watching.unwatch, Permission.STATUS),
    "digest": (digests.by_command, Permission.LIST),
    "calendar": (calendar.by_command, Permission.LIST),
    "help": (guide.show_help, None),
}
# A shortcut has the name of a button that needs no value and uses the same row, or its own name.
PRESSES: dict[str, tuple[OnPress, Permission | None]] = {
    Button.OPEN_SMS: (create.press_sms, Permission.CREATE),
    Button.OPEN_VOICE: (create.press_voice, Permission.CREATE),
    Button.OPEN_IMPORT: (create.press_import, Permission.CREATE),
    Shortcut.NEW_CAMPAIGN: (create.press_new, Permission.CREATE),
    Shortcut.FROM_MESSAGE: (create.from_message, Permission.CREATE),
    Button.OPTIONS: (forms.press_options, None),
    Button.EDIT_AGAIN: (create.edit_again, None),
    Button.CHECK_AGAIN: (create.check_again, None),
    Button.CREATE_NOW: (create.create_now, None),
    Button.SPLIT: (review.split, None),
    Button.SCHEDULE_REST: (schedule.press_rest, None),
    Button.SCHEDULE_ALIKE: (schedule.press_alike, None),
    Button.NEW_SCHEDULE: (schedule.press_new_schedule, Permission.SCHEDULE),
    Button.OPEN_SCHEDULE: (schedule.press_schedule, Permission.SCHEDULE),
    **{each.button: (actions.by_button(w), each.permission) for w, each in ON_CAMPAIGN.items()},
    EARLIER_START: (actions.by_button(Action.START), Permission.START),
    Button.REFRESH: (lookups.refresh, Permission.STATUS),
    Button.DETAILS: (lookups.show_details, Permission.STATUS),
    Button.SHOW_STATUS: (lookups.show_chosen, Permission.STATUS),
    Button.OPEN_RESULTS: (results.by_button, Permission.RESULTS),
    Button.RESULTS_FILE: (results.as_file, Permission.RESULTS_FILE),
    Button.LIST: (lookups.press_list, Permission.LIST),
    Button.LIST_PREVIOUS: (lookups.turn_page, Permission.LIST),
    Button.LIST_NEXT: (lookups.turn_page, Permission.LIST),
    Button.CONTACT_LISTS: (contact_lists.press_list, Permission.LIST),
    Button.CONTACT_LISTS_PREVIOUS: (contact_lists.turn_page, Permission.LIST),
    Button.CONTACT_LISTS_NEXT: (contact_lists.turn_page, Permission.LIST),
    Button.SHOW_CONTACT_LIST: (contact_lists.show, Permission.LIST),
    Button.SAVED_FORMS: (saved_forms.press_list, Permission.CREATE),
    Button.SAVED_FORMS_PREVIOUS: (saved_forms.turn_page, Permission.CREATE),
    Button.SAVED_FORMS_NEXT: (saved_forms.turn_page, Permission.CREATE),
    Button.USE_SAVED_FORM: (saved_forms.use, Permission.CREATE),
    Button.DELETE_SAVED_FORM: (saved_forms.delete, Permission.CREATE),
    opens(Action.CREATE_LIST): (list_forms.press_new_list, Permission.MANAGE_LISTS),
    opens(Action.RENAME_LIST): (list_forms.by_button(Action.RENAME_LIST), None),
    opens(Action.DELETE_LIST): (list_forms.by_button(Action.DELETE_LIST), None),
    Button.STOP_ALL: (emergency.press_stop_all, Permission.STOP_ALL),
    opens(Action.ADD_CONTACTS): (list_forms.by_button(Action.ADD_CONTACTS), None),
    Button.APPROVE: (approval.approve, None),
    Button.DECLINE: (approval.ask_why, None),
    Button.WITHDRAW: (approval.withdraw, None),
    Button.CANCEL_HOLD: (approval.cancel, None),
    Button.WATCH: (watching.press_watch, None),
    Button.UNWATCH: (watching.press_unwatch, Permission.STATUS),
    Button.SET_BACK: (actions.press_set_back, None),
    Button.KEEP_HOUR: (schedule.press_keep_hour, None),
    Button.CALENDAR: (calendar.press_calendar, Permission.LIST),
    Button.HELP: (guide.press_help, None),
}
SUBMITS: dict[str, OnSubmit] = {
    View.SMS: forms.submit,
    View.VOICE: forms.submit,
    View.EDIT_SMS: forms.submit,
    View.EDIT_VOICE: forms.submit,
    View.SCHEDULE: forms.submit,
    View.CREATE_LIST: forms.submit,
    View.RENAME_LIST: forms.submit,
    View.DELETE_LIST: forms.submit,
    View.ADD_CONTACTS: forms.submit,
    View.IMPORT: forms.submit,
    View.REVIEW: review.confirm,
    **{word: actions.in_environment(word) for word in ON_CAMPAIGN},
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
