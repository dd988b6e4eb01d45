"""Steps with contact lists: add them to Kore.ai, look at them, and change them as Ana."""

from sandbox.kore import Kind
from sandbox.kore.seed import add_campaigns, contact_list
from sandbox.kore.state import ContactList
from sandbox.slack import Message, Modal
from tests.flows.conftest import Author
from tests.world import World

NEW, RENAME, DELETE = "New contact list", "Rename a contact list", "Delete a contact list"


def add_list(world: World, name: str, contacts: int = 0) -> ContactList:
    """Add a contact list to Kore.ai, which the bot has not read yet."""
    made = contact_list(name, world.kore.state.now)
    made.contacts = [{"phoneNumber": f"120255501{n:02}"} for n in range(contacts)]
    world.kore.state.contact_lists[made.id] = made
    return made


async def shown(ana: Author, name: str) -> Modal:
    """Open a contact list, and wait until the bot has looked in Kore.ai."""
    await ana.world.read_account()
    await ana.person.command(f"/campaign lists {name}")
    await ana.person.click(ana.person.messages()[-1], "Show")
    view = await ana.person.wait_modal("Contact list")
    await ana.person.wait_change(lambda: "Looking" in view.text, True)
    return view


def words(text: str) -> str:
    """Return a text without formatting and line breaks."""
    return " ".join(text.replace("*", "").split())


def named(world: World, name: str) -> list[ContactList]:
    return [each for each in world.kore.state.contact_lists.values() if each.name == name]


def use(world: World, contact_list: ContactList, campaign: str) -> None:
    (made,) = add_campaigns(world.kore.state, Kind.SMS, [campaign])
    made.body["contactLists"] = [contact_list.name]
    made.updated_at = world.kore.state.now


async def opened_form(ana: Author, command: str, title: str) -> Modal:
    await ana.world.read_account()
    ana.put_away()
    await ana.person.command(command)
    return await ana.person.wait_modal(title)


async def told(ana: Author, *parts: str) -> Message:
    return await ana.person.wait_message(containing=parts[0], also=parts[-1])


async def confirm(ana: Author, what: str, name: str) -> None:
    if what == "create":
        form = await opened_form(ana, f"/campaign new-list {name}", NEW)
        await ana.send(form, {"Description": "Lost"})
        return
    if not named(ana.world, name):
        add_list(ana.world, name, contacts=1)
    if what == "rename":
        form = await opened_form(ana, f"/campaign rename-list {name}", RENAME)
        await ana.send(form, {"New name": f"{name} 2"})
    else:
        form = await opened_form(ana, f"/campaign delete-list {name}", DELETE)
        await ana.send(form, {"Type its name": name})
