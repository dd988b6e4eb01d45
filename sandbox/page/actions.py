"""What a person can do on the page, carried out with the pretend Slack's `Person`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from sandbox.page.forms import Refusals, fill, troubles
from sandbox.page.questions import Question, clicked_ids, question
from sandbox.page.screen import Screen
from sandbox.slack import FormError, Modal, OutcomeKind

INVITE = "/invite"
"""Slack's own command; the bot asks people to use it."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What the page shows after an action.

    `refused` are the answers that the modal did not accept, `question` is a confirmation to ask for
    before the action, `place` are changes to the person's `Place`.
    """

    refused: Refusals = field(default_factory=dict)
    question: Question | None = None
    place: dict[str, str] = field(default_factory=dict)


Act = Callable[[Screen, FormData], Awaitable[ActionResult]]
NOTHING = ActionResult()


async def write(screen: Screen, posted: FormData) -> ActionResult:
    """Send a command or a message in the conversation.

    Raises:
        LookupError: The person cannot be invited, or people cannot write there.
    """
    text = str(posted.get("text", "")).strip()
    place, before = screen.place.conversation, screen.version()
    if text.split()[:1] == [INVITE]:
        _invite(screen, text.removeprefix(INVITE).strip())
    elif text.startswith("/"):
        await screen.person.command(text, place)
        await screen.changed(screen.version, before)
    elif text:
        screen.person.say(text, place)
    return NOTHING


async def reply(screen: Screen, posted: FormData) -> ActionResult:
    """Send a message in the open thread.

    Raises:
        LookupError: The thread's first message no longer exists.
    """
    text = str(posted.get("text", "")).strip()
    root = screen.message(screen.place.thread)
    if text.startswith("/"):
        screen.person.command_in_thread(text)
    elif text:
        screen.person.reply(root, text)
    return NOTHING


async def click(screen: Screen, posted: FormData) -> ActionResult:
    """Click a button in a message."""
    message = screen.message(str(posted.get("ts")))
    if asked := question(message.blocks, posted, "/click"):
        return ActionResult(question=asked)
    before = screen.version()
    await screen.person.click(
        message, str(posted.get("words")), **clicked_ids(message.blocks, posted)
    )
    await screen.changed(screen.version, before)
    return NOTHING


async def open_home(screen: Screen, _posted: FormData) -> ActionResult:
    """Open the bot's Home tab; Slack notifies the bot."""
    before = screen.version()
    await screen.person.open_home()
    await screen.changed(screen.version, before)
    return ActionResult(place={"conversation": screen.bot, "tab": "home", "thread": ""})


async def click_at_home(screen: Screen, posted: FormData) -> ActionResult:
    """Click a button on the bot's Home tab.

    Raises:
        LookupError: The bot has not published a Home tab.
    """
    home = screen.person.home
    if home is None:
        raise LookupError("the bot shows no Home")
    if asked := question(home.blocks, posted, "/home/click"):
        return ActionResult(question=asked)
    before = screen.version()
    await home.click(str(posted.get("words")), **clicked_ids(home.blocks, posted))
    await screen.changed(screen.version, before)
    return NOTHING


async def shortcut(screen: Screen, posted: FormData) -> ActionResult:
    """Choose a shortcut: a message shortcut if the form names a message, else a global one."""
    callback_id, ts = str(posted.get("shortcut")), posted.get("ts")
    before = screen.version()
    if ts:
        await screen.person.message_shortcut(screen.message(str(ts)), callback_id)
    else:
        await screen.person.shortcut(callback_id)
    await screen.changed(screen.version, before)
    return NOTHING


async def submit(screen: Screen, posted: FormData) -> ActionResult:
    """Fill in the modal and submit it, unless Slack's own client would refuse it."""
    modal = _modal(screen, posted)
    refused = await fill(modal, posted)
    refused = troubles(modal) | refused
    if refused:
        return ActionResult(refused)
    before = screen.written()
    match (await modal.submit()).kind:
        case OutcomeKind.CLOSED:
            await screen.changed(screen.written, before)
        case OutcomeKind.PUSHED:
            await screen.changed(screen.version, screen.version())
    return NOTHING


async def update(screen: Screen, posted: FormData) -> ActionResult:
    """Fill in the modal; the bot is notified of fields that dispatch their changes."""
    return ActionResult(await fill(_modal(screen, posted), posted))


async def click_in_modal(screen: Screen, posted: FormData) -> ActionResult:
    """Fill in the modal and click a button in its blocks."""
    modal = _modal(screen, posted)
    refused = await fill(modal, posted)
    if asked := question(modal.blocks, posted, "/modal/click"):
        return ActionResult(refused, asked)
    before = screen.version()
    await modal.click(str(posted.get("words")), **clicked_ids(modal.blocks, posted))
    await screen.changed(screen.version, before)
    return ActionResult(refused)


async def close(screen: Screen, posted: FormData) -> ActionResult:
    """Close the modal, or all open modals if `all` is posted; typed text is lost."""
    before = screen.version()
    await _modal(screen, posted).close(all_views="all" in posted)
    await screen.changed(screen.version, before)
    return NOTHING


async def answer_no(_screen: Screen, _posted: FormData) -> ActionResult:
    """Answer a confirmation with no: nothing is done."""
    return NOTHING


def _invite(screen: Screen, name: str) -> None:
    if not name:
        raise LookupError(f"Say whom to invite, such as {INVITE} {screen.bot}")
    screen.person.invite(name, screen.place.conversation)


def _modal(screen: Screen, posted: FormData) -> Modal:
    """Return the modal that was posted.

    Raises:
        FormError: It is no longer the modal on top.
    """
    modal = screen.modal
    if modal is None or modal.id != posted.get("view"):
        raise FormError("that form is not open any more")
    return modal
