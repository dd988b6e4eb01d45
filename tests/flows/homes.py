"""Steps for the Home tab: open it, press its buttons, and record campaigns for it."""

from collections.abc import Awaitable
from uuid import uuid4

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.records import Done, State
from sandbox.slack import Home, Person, View
from tests.asked import command_for, submission
from tests.world import World

MENU = [
    *("New SMS campaign", "New voice campaign", "Campaigns from a file"),
    *("Schedule", "List", "Contact lists", "Saved forms", "Help"),
]


async def opened_home(person: Person, containing: str = "") -> Home:
    """Open the tab, and return it once it is drawn."""
    await redrawn(person, person.open_home())
    return await person.wait_home(containing=containing)


async def redrawn(person: Person, act: Awaitable[object]) -> None:
    """Act, and wait until the tab is drawn again."""
    before = version(person)
    await act
    await person.wait_change(lambda: version(person), before)


async def show(view: View, name: str) -> None:
    """Press the button beside the first campaign with these words in its row."""
    rows = (block for block in view.blocks if "accessory" in block)
    row = next(block for block in rows if name in block["text"]["text"])
    await view.click("Show", block_id=row["block_id"])


def version(person: Person) -> str | None:
    return person.home.version if person.home else None


async def asked_for(person: Person, world: World, name: str, **fields: object) -> Snapshot:
    """Record a campaign as made for this person, and return it."""
    given = {"id": f"cd-{uuid4().hex}", "name": name, "status": "Ready", **fields}
    seen = Snapshot.model_validate({"environment": "production", **given})
    await world.services.records.campaigns.remember(seen, created_by=person.user.id)
    asked = submission(command_for(Action.CREATE), author=person.user.id)
    records = world.services.records
    await records.accept(asked)
    await records.mark(asked, State.DONE, Done(campaign=seen.id))
    await records.finish(asked)
    return seen


def own(home: View) -> str:
    """Return the part of the tab above the list of all campaigns."""
    return home.text.partition("All campaigns")[0]
