"""Creating campaigns: opening the forms, by command, by button, and again after a failure."""

from blocks import messages
from blocks.form import Values
from blocks.ids import View
from blocks.kit import Message
from handlers.desk import Desk
from handlers.forms import open_form
from handlers.payloads import Command, Press


async def new_sms(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign sms [name]`."""
    open_form(desk, command, View.SMS, {"name": rest or None})
    return None


async def new_voice(desk: Desk, command: Command, rest: str) -> Message | None:
    """`/campaign voice [name]`."""
    open_form(desk, command, View.VOICE, {"name": rest or None})
    return None


async def press_sms(desk: Desk, press: Press) -> None:
    """The button for a new SMS campaign."""
    open_form(desk, press, View.SMS)


async def press_voice(desk: Desk, press: Press) -> None:
    """The button for a new voice campaign."""
    open_form(desk, press, View.VOICE)


async def edit_again(desk: Desk, press: Press) -> None:
    """The button on a failure: give the filled form back, to the one who filled it."""
    kept = await desk.records.submission(press.value)
    if kept is None or kept.author != press.user or not isinstance(kept.form, dict):
        desk.answer(press.response_url, messages.form_gone())
        return
    values: Values = kept.form["values"]  # type: ignore[assignment] # written by `handlers.forms`
    open_form(desk, press, View(str(kept.form["view"])), values)
