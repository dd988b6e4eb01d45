"""Forged requests, as a modified Slack client could send them, and what they change."""

from collections.abc import Awaitable
from dataclasses import dataclass

from sqlalchemy import Table, func, select

from bot.records import Records, tables
from sandbox.kore import RequestRecord
from sandbox.slack import Delivery, Message, Modal, Person, payloads
from sandbox.slack.acks import settle_click
from sandbox.slack.message import clickable
from sandbox.slack.shapes import JsonObject
from sandbox.slack.view import View
from sandbox.slack.workspace import Workspace
from tests.world import World

# Tables in which a person's requests can leave rows.
_TABLES = (tables.submissions, tables.drafts, tables.names)


@dataclass(frozen=True, slots=True)
class Traces:
    """What Kore.ai received, what the bot saved, and what everybody else sees."""

    requests: list[RequestRecord]
    saved: list[int]
    seen: list[tuple[str, str]]


async def press(person: Person, message: Message, action: str, value: str | None = None) -> None:
    """Press a message's button or menu option, even one this person cannot see.

    Its value is another one if given.

    Raises:
        LookupError: the message has no such button.
    """
    found = (each for _, each in clickable(message.blocks) if _action(each) == action)
    pressed = next(found, None)
    if pressed is None:
        raise LookupError(f"no {action} among {message.buttons}")
    changed = pressed if value is None else {**pressed, "value": value}
    packet = payloads.message_action(
        person.state, person.user, message.channel, message.post, changed
    )
    settle_click(person.state, person.user, await person.state.courier.deliver(packet))


def _action(clicked: JsonObject) -> str:
    """Return the action of a button; a menu's option has it in its value."""
    value = clicked.get("selected_option", {}).get("value", "")
    return value.partition(" ")[0] or str(clicked["action_id"])


async def press_forged(person: Person, message: Message, action: str, value: str) -> None:
    """Press a button that the message does not have."""
    pressed = {"type": "button", "block_id": "forged", "action_id": action, "value": value}
    packet = payloads.message_action(
        person.state, person.user, message.channel, message.post, pressed
    )
    settle_click(person.state, person.user, await person.state.courier.deliver(packet))


async def press_in(person: Person, view: View, action: str, value: str = "") -> None:
    """Press a button in a view, whether or not the view has it."""
    pressed = {"type": "button", "block_id": "forged", "action_id": action, "value": value}
    packet = payloads.view_action(person.state, person.user, view.view, pressed)
    settle_click(person.state, person.user, await person.state.courier.deliver(packet))


async def submit(person: Person, modal: Modal) -> Delivery:
    """Submit a modal in this person's name, even another's; the screen does not change."""
    packet = payloads.view_submission(person.state, person.user, modal.view)
    return await person.state.courier.deliver(packet)


def title_of(delivery: Delivery) -> str:
    """Return the title of the modal in the answer, or an empty text."""
    answer = delivery.answer if isinstance(delivery.answer, dict) else {}
    return str(answer.get("view", {}).get("title", {}).get("text", ""))


def private_texts(person: Person, message: Message) -> list[str]:
    """Return the texts for this person only in the message's channel, oldest first."""
    posts = [post for post in message.channel.posts if post.only_for == person.user.id]
    return [Message(message.workspace, message.channel, post).words for post in posts]


async def check_no_effect(world: World, person: Person, attempt: Awaitable[object]) -> None:
    """Make an attempt, and check that it changes only what this person alone sees."""
    await world.idle()
    before = await _traces(world, person)
    await attempt
    await world.idle()
    assert await _traces(world, person) == before


async def _traces(world: World, person: Person) -> Traces:
    saved = [_count(world.services.records, each) for each in _TABLES]
    return Traces(list(world.kore.requests), saved, _seen(world.slack.workspace, person))


def _count(records: Records, table: Table) -> int:
    with records.engine.connect() as db:
        return db.execute(select(func.count()).select_from(table)).scalar_one()


def _seen(workspace: Workspace, person: Person) -> list[tuple[str, str]]:
    """Return every message that somebody else sees, with its current text."""
    channels = workspace.channels.values()
    return [
        (post.ts, f"{post.text} {post.blocks}")
        for channel in channels
        for post in channel.posts
        if post.only_for != person.user.id
    ]
