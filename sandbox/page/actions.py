"""What a person can do on the page, done with the pretend Slack's person-side library.

Each action gives the answers that the modal did not take.
"""

from starlette.datastructures import FormData

from sandbox.page.forms import Refusals, fill, troubles
from sandbox.page.screen import Screen
from sandbox.slack import FormError, Modal, OutcomeKind

INVITE = "/invite "
"""The one command of Slack's own that the bot asks people to use."""


async def write(screen: Screen, posted: FormData) -> Refusals:
    """Give a command, or say something in the conversation."""
    text = str(posted.get("text", "")).strip()
    before = screen.version()
    if text.startswith(INVITE):
        screen.person.invite(text.removeprefix(INVITE).strip(), screen.conversation)
    elif text.startswith("/"):
        await screen.person.command(text, screen.conversation)
        await screen.changed(screen.version, before)
    elif text:
        screen.person.say(text, screen.conversation)
    return {}


async def click(screen: Screen, posted: FormData) -> Refusals:
    """Click a button in a message."""
    message = screen.message(str(posted.get("ts")))
    before = screen.version()
    await screen.person.click(message, str(posted.get("words")), **_ids(posted))
    await screen.changed(screen.version, before)
    return {}


async def submit(screen: Screen, posted: FormData) -> Refusals:
    """Fill the modal and send it; what the window itself would refuse is not sent."""
    modal = _modal(screen, posted)
    refused = await fill(modal, posted)
    refused = troubles(modal) | refused
    if refused:
        return refused
    before = screen.written()
    match (await modal.submit()).kind:
        case OutcomeKind.CLOSED:
            await screen.changed(screen.written, before)
        case OutcomeKind.PUSHED:
            await screen.changed(screen.version, screen.version())
    return {}


async def update(screen: Screen, posted: FormData) -> Refusals:
    """Fill the modal, which tells the bot of the changes it wants to know at once."""
    return await fill(_modal(screen, posted), posted)


async def click_in_modal(screen: Screen, posted: FormData) -> Refusals:
    """Fill the modal and click a button among its blocks."""
    modal = _modal(screen, posted)
    refused = await fill(modal, posted)
    before = screen.version()
    await modal.click(str(posted.get("words")), **_ids(posted))
    await screen.changed(screen.version, before)
    return refused


async def close(screen: Screen, posted: FormData) -> Refusals:
    """Close the modal; what was typed is gone."""
    await _modal(screen, posted).close()
    return {}


def _ids(posted: FormData) -> dict[str, str]:
    """What tells a button from others with the same words."""
    return {name: str(posted[name]) for name in ("block_id", "action_id") if name in posted}


def _modal(screen: Screen, posted: FormData) -> Modal:
    """The modal that was posted.

    Raises:
        FormError: it is not on top any more.
    """
    modal = screen.modal
    if modal is None or modal.id != posted.get("view"):
        raise FormError("that form is not open any more")
    return modal
