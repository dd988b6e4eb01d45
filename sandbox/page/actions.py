"""What a person can do on the page, done with the pretend Slack's person-side library."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from sandbox.page.forms import Refusals, fill, troubles
from sandbox.page.questions import Question, question
from sandbox.page.screen import Screen
from sandbox.slack import FormError, Modal, OutcomeKind

INVITE = "/invite"
"""The one command of Slack's own that the bot asks people to use."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is shown after an act.

    `refused` are the answers that the modal did not take, `question` is what is asked before the
    act is carried out, `place` is where the person then is, as changes of where they were.
    """

    refused: Refusals = field(default_factory=dict)
    question: Question | None = None
    place: dict[str, str] = field(default_factory=dict)


Act = Callable[[Screen, FormData], Awaitable[Aftermath]]
NOTHING = Aftermath()


async def write(screen: Screen, posted: FormData) -> Aftermath:
    """Give a command, or say something in the conversation.

    Raises:
        LookupError: nobody can be invited by that name, or nothing can be written there.
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


async def reply(screen: Screen, posted: FormData) -> Aftermath:
    """Say something in the thread that is open.

    Raises:
        LookupError: what it answers is not there any more.
    """
    text = str(posted.get("text", "")).strip()
    root = screen.message(screen.place.thread)
    if text.startswith("/"):
        screen.person.command_in_thread(text)
    elif text:
        screen.person.reply(root, text)
    return NOTHING


async def click(screen: Screen, posted: FormData) -> Aftermath:
    """Click a button in a message."""
    message = screen.message(str(posted.get("ts")))
    if asked := question(message.blocks, posted, "/click"):
        return Aftermath(question=asked)
    before = screen.version()
    await screen.person.click(message, str(posted.get("words")), **_ids(posted))
    await screen.changed(screen.version, before)
    return NOTHING


async def open_home(screen: Screen, _posted: FormData) -> Aftermath:
    """Go to the bot's Home, of which Slack tells the bot."""
    before = screen.version()
    await screen.person.open_home()
    await screen.changed(screen.version, before)
    return Aftermath(place={"conversation": screen.bot, "tab": "home", "thread": ""})


async def click_at_home(screen: Screen, posted: FormData) -> Aftermath:
    """Click a button on the bot's Home.

    Raises:
        LookupError: the bot shows none.
    """
    home = screen.person.home
    if home is None:
        raise LookupError("the bot shows no Home")
    if asked := question(home.blocks, posted, "/home/click"):
        return Aftermath(question=asked)
    before = screen.version()
    await home.click(str(posted.get("words")), **_ids(posted))
    await screen.changed(screen.version, before)
    return NOTHING


async def shortcut(screen: Screen, posted: FormData) -> Aftermath:
    """Choose a shortcut: one of a message if the form names one, else a global one."""
    callback_id, ts = str(posted.get("shortcut")), posted.get("ts")
    before = screen.version()
    if ts:
        await screen.person.message_shortcut(screen.message(str(ts)), callback_id)
    else:
        await screen.person.shortcut(callback_id)
    await screen.changed(screen.version, before)
    return NOTHING


async def submit(screen: Screen, posted: FormData) -> Aftermath:
    """Fill the modal and send it; what the window itself would refuse is not sent."""
    modal = _modal(screen, posted)
    refused = await fill(modal, posted)
    refused = troubles(modal) | refused
    if refused:
        return Aftermath(refused)
    before = screen.written()
    match (await modal.submit()).kind:
        case OutcomeKind.CLOSED:
            await screen.changed(screen.written, before)
        case OutcomeKind.PUSHED:
            await screen.changed(screen.version, screen.version())
    return NOTHING


async def update(screen: Screen, posted: FormData) -> Aftermath:
    """Fill the modal, which tells the bot of the changes it wants to know at once."""
    return Aftermath(await fill(_modal(screen, posted), posted))


async def click_in_modal(screen: Screen, posted: FormData) -> Aftermath:
    """Fill the modal and click a button among its blocks."""
    modal = _modal(screen, posted)
    refused = await fill(modal, posted)
    if asked := question(modal.blocks, posted, "/modal/click"):
        return Aftermath(refused, asked)
    before = screen.version()
    await modal.click(str(posted.get("words")), **_ids(posted))
    await screen.changed(screen.version, before)
    return Aftermath(refused)


async def close(screen: Screen, posted: FormData) -> Aftermath:
    """Close the modal, or with `all` every one that is open; what was typed is gone."""
    before = screen.version()
    await _modal(screen, posted).close(all_views="all" in posted)
    await screen.changed(screen.version, before)
    return NOTHING


async def think_again(_screen: Screen, _posted: FormData) -> Aftermath:
    """Answer a question with no: nothing is done."""
    return NOTHING


def _invite(screen: Screen, name: str) -> None:
    if not name:
        raise LookupError(f"Say whom to invite, such as {INVITE} {screen.bot}")
    screen.person.invite(name, screen.place.conversation)


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
