"""Creating campaigns: opening the forms, by command, by button, and again after a failure."""

from datetime import UTC, datetime

from blocks import messages
from blocks.form import Values
from blocks.ids import View
from blocks.kit import Message
from bot.campaigns.roles import Permission
from bot.records import State
from bot.work import Again
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
    if kept is None and (draft := await desk.records.drafts.get(press.value)):
        kept = draft.submission
    if kept is None or kept.author != press.user or not isinstance(kept.form, dict):
        desk.answer(press, messages.form_gone())
        return
    there = press.where(kept.asked_in)
    if refused := desk.refusal(there, Permission(kept.action), kept.environment):
        desk.answer(press, refused)
        return
    values: Values = kept.form["values"]  # type: ignore[assignment] # written by `handlers.forms`
    open_form(desk, there, View(str(kept.form["view"])), values)


async def check_again(desk: Desk, press: Press) -> None:
    """The button on an unknown outcome: look whether the campaign is there by now."""
    root, tried = _attempt(press.value)
    await _go_on(desk, press, Again.LOOK, f"{root}:{tried}:{press.trigger_id}")


async def create_now(desk: Desk, press: Press) -> None:
    """The button beside it: create the campaign unless it is there; a second press is the same."""
    root, tried = _attempt(press.value)
    await _go_on(desk, press, Again.CREATE, f"{root}:{tried + 1}:now")


def _attempt(key: str) -> tuple[str, int]:
    """The first submission's key, and how often its campaign was created anew by a button.

    However many notices of one attempt there are, they lead to the same next one.
    """
    root, _, rest = key.partition(":")
    tried = rest.partition(":")[0]
    return root, int(tried) if tried.isdecimal() else 0


async def _go_on(desk: Desk, press: Press, again: Again, key: str) -> None:
    """Take up what was sent and is not known to be done; it was reviewed and approved then."""
    earlier = await desk.records.submission(press.value)
    if earlier is None or earlier.author != press.user or earlier.state is not State.UNKNOWN:
        desk.answer(press, messages.form_gone())
        return
    there = press.where(earlier.asked_in)
    if refused := desk.refusal(there, Permission.CREATE, earlier.environment):
        desk.answer(press, refused)
        return
    changes = {
        "key": key,
        "payload": earlier.payload | {"again": again},
        "review": None,
        "digest": None,
        "response_url": press.response_url,
        "state": State.ACCEPTED,
        "accepted_at": datetime.now(UTC),
    }
    await desk.work.accept(earlier.model_copy(update=changes))
