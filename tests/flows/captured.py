"""One real request of every kind, as the pretend Slack sends it in normal use."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from blocks.ids import Button
from handlers import COMMANDS, PRESSES
from handlers.actions import ON_CAMPAIGN
from sandbox.kore import Kind
from sandbox.kore.seed import add_campaigns
from sandbox.slack import Message, ShortcutType, project_manifest
from sandbox.slack.ids import new_id
from sandbox.slack.journal import Packet
from tests.flows.annex import annex, environment_question
from tests.flows.conftest import SIMPLE, Author, in_days
from tests.flows.forging import press, press_in
from tests.flows.homes import opened_home
from tests.flows.listing import DELETE, NEW, RENAME, opened_form
from tests.reviewing import confirm_review
from tests.world import World

# Values with which these buttons work; the others get a campaign that does not exist.
VALUES: dict[str, str] = {
    Button.LIST_PREVIOUS: "0 spring",
    Button.LIST_NEXT: "1",
    Button.LIST: "0",
    Button.CONTACT_LISTS_PREVIOUS: "0 spring",
    Button.CONTACT_LISTS_NEXT: "1",
    Button.CONTACT_LISTS: "0",
    Button.SAVED_FORMS_PREVIOUS: "0 spring",
    Button.SAVED_FORMS_NEXT: "1",
    Button.SAVED_FORMS: "0",
}


@dataclass(frozen=True, slots=True)
class Repeat:
    """Repeats requests as if a person did the same again: Slack gives each new IDs."""

    world: World

    def __call__(self, packet: Packet) -> Packet:
        """Return the same request with a new trigger, view ID, event ID and response URL."""
        text = json.dumps(packet.payload)
        if old := packet.payload.get("view", {}).get("id"):
            text = text.replace(old, new_id("V"))
        payload = json.loads(text)
        state, ana = self.world.slack.state, self.world.slack.person("Ana Lopez").user
        if "trigger_id" in payload:
            payload["trigger_id"] = state.triggers.issue(ana.id)
        if "event_id" in payload:
            payload["event_id"] = new_id("Ev")
        if "response_url" in payload:
            where = self.world.slack.workspace.channel_named("campaigns")
            payload["response_url"] = state.base_url + state.response_urls.issue(ana.id, where)
        return replace(packet, payload=payload)


async def captured(world: World) -> list[Packet]:
    """Walk through the bot, and return one request for each command, button and view."""
    ana = Author(world)
    card = await _made(ana)
    await _commands(ana)
    await _presses(ana)
    await _modals(ana, card)
    for each in project_manifest().shortcuts_in(ShortcutType.GLOBAL):
        await ana.person.shortcut(each.callback_id)
    for each in project_manifest().shortcuts_in(ShortcutType.MESSAGE):
        await ana.person.message_shortcut(card, each.callback_id)
    home = await opened_home(ana.person)
    await press_in(ana.person, home, Button.HELP)
    await world.idle()
    world.slack.state.views.clear(ana.person.user.id)
    return _one_of_each(delivery.packet for delivery in world.slack.deliveries)


async def _made(ana: Author) -> Message:
    name = ana.world.name()
    form = await ana.form(f"/campaign sms {name}", "New SMS campaign")
    await form.fill({"Format": "Experience flow"})
    await form.fill({"Format": "Simple message"})
    await ana.review(form, SIMPLE)
    await confirm_review(ana.person)
    return await ana.card(name, "Created by")


async def _commands(ana: Author) -> None:
    for word in (*COMMANDS, "dance"):
        await ana.person.command(f"/campaign {word} {ana.world.name()}")


async def _presses(ana: Author) -> None:
    for action in PRESSES:
        value = VALUES.get(action, "cd-1 No")
        await press(ana.person, await _with_button(ana, action), action, value)


async def _with_button(ana: Author, action: str) -> Message:
    """Return a message from the bot with this button."""
    await ana.person.command("/campaign")
    words = {"type": "plain_text", "text": action}
    button = {"type": "button", "action_id": action, "text": words}
    shown = ana.person.messages()[-1]
    shown.post.blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    return shown


async def _modals(ana: Author, card: Message) -> None:
    ana.world.slack.state.views.clear(ana.person.user.id)
    await ana.person.click(card, "Schedule")
    form = await ana.person.wait_modal("Schedule a campaign")
    await form.fill({"Start date": in_days(2), "End date": in_days(9)})
    await form.submit()
    await form.close(all_views=True)
    form = await ana.form("/campaign voice", "New voice campaign")
    await form.submit(unchecked=True)
    await form.close()
    await _submitted(ana)
    with annex(ana.world):
        for word in ON_CAMPAIGN:
            question = await environment_question(ana.person, word)
            await question.submit()
            await question.close(all_views=True)
    await press(ana.person, await _with_button(ana, Button.DECLINE), Button.DECLINE, "V1 d")
    question = await ana.person.wait_modal("Decline")
    await question.submit(unchecked=True)
    await question.close()


async def _submitted(ana: Author) -> None:
    """Submit each of the other forms as it opens."""
    state = ana.world.kore.state
    names = {kind: ana.world.name(kind) for kind in Kind}
    for kind, name in names.items():
        (campaign,) = add_campaigns(state, kind, [name])
        campaign.updated_at = state.now
    for command, title in (
        (f"edit {names[Kind.SMS]}", "Edit SMS campaign"),
        (f"edit {names[Kind.VOICE]}", "Edit voice campaign"),
        ("new-list", NEW),
        ("rename-list Spring leads", RENAME),
        ("delete-list Spring leads", DELETE),
        ("add-contacts Spring leads", "Add contacts"),
        ("import", "Import campaigns"),
    ):
        form = await opened_form(ana, f"/campaign {command}", title)
        await form.submit(unchecked=True)
        await form.close(all_views=True)


def _one_of_each(packets: Iterable[Packet]) -> list[Packet]:
    found = {name_of(each): each for each in packets}
    return list(found.values())


def name_of(packet: Packet) -> tuple[object, ...]:
    """Return what distinguishes this kind of request from the others."""
    payload = packet.payload
    action = payload.get("actions", [{}])[0].get("action_id", payload.get("callback_id"))
    text = str(payload.get("text", "")).partition(" ")[0]
    return packet.name, text, action, payload.get("view", {}).get("callback_id")
