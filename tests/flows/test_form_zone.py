"""A form keeps its zone and the person's choices, in whichever order they reach the bot."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from sandbox.slack import DELIVERY, Delivery, Modal, Person
from tests.filling import fill_in, zone_in
from tests.world import World

TITLE = "New SMS campaign"
HERE, MOVED_TO = "Asia/Kolkata", "Europe/London"
# Long enough for a choice to be made and drawn, also on a busy machine.
DELAYED_SECONDS = 2
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person whose time zone the bot does not know yet."""

    world: World
    person: Person

    async def open_before_zone(self) -> Modal:
        """Open a form before the bot knows this person's time zone."""
        self.world.slack.faults.add("users.info", "ratelimited", seconds=DELAYED_SECONDS)
        await self.person.command("/campaign sms Spring sale")
        return await self.person.wait_modal(TITLE)

    async def in_zone(self, form: Modal, zone: str) -> None:
        await self.world.settled(lambda: zone_in(form) == zone)

    def conflicts(self) -> int:
        """Count the updates that Slack refused because the view had changed."""
        calls = [c for c in self.world.slack.calls if c.method == "views.update"]
        return sum(call.answer.get("error") == "hash_conflict" for call in calls)


@pytest.fixture
async def newcomer(world: World) -> AsyncIterator[Newcomer]:
    workspace = world.slack.workspace
    name = f"newcomer{next(_numbers)}"
    user = workspace.add_user(name.title(), name=name, tz=HERE)
    workspace.channel_named("campaigns").members.add(user.id)
    yield Newcomer(world, world.slack.person(user.real_name))
    await world.idle()


async def choose_undelivered(newcomer: Newcomer, form: Modal, label: str, choice: str) -> Delivery:
    """Make a choice that does not reach the bot, and return its request, to be delivered later."""
    slack, field = newcomer.world.slack, await form.enter(label, choice)
    slack.faults.add(DELIVERY, "dispatch_failed")
    await form.tell(field)
    return slack.deliveries[-1]


async def test_a_choice_before_the_zone_arrives_keeps_both(newcomer: Newcomer) -> None:
    form = await newcomer.open_before_zone()
    await form.fill({"Message": "Hello", "Format": "Experience flow"})
    assert "Message" not in form.labels
    assert zone_in(form) == "UTC"
    await newcomer.in_zone(form, HERE)
    await newcomer.world.idle()
    assert newcomer.conflicts() == 1
    assert "Experience flow" in form.labels
    await form.fill({"Format": "Simple message"})
    assert form.value("Message") == "Hello"
    assert zone_in(form) == HERE


async def test_a_choice_delivered_after_the_zone_keeps_both(
    newcomer: Newcomer,
) -> None:
    form = await newcomer.open_before_zone()
    chosen = await choose_undelivered(newcomer, form, "Format", "Experience flow")
    await newcomer.in_zone(form, HERE)
    assert "Message" in form.labels
    await newcomer.world.slack.redeliver(chosen)
    await newcomer.world.idle()
    assert newcomer.conflicts() == 1
    assert "Experience flow" in form.labels
    assert "Message" not in form.labels
    assert zone_in(form) == HERE


async def test_a_chosen_zone_is_kept_when_slacks_zone_arrives(newcomer: Newcomer) -> None:
    form = await newcomer.open_before_zone()
    await fill_in(form, {"Time zone": MOVED_TO})
    await newcomer.world.idle()
    # Once as the form was opened, and once as its options were unfolded.
    assert newcomer.conflicts() == 2
    assert zone_in(form) == MOVED_TO
    await form.fill({"Format": "Experience flow"})
    assert zone_in(form) == MOVED_TO


async def test_a_chosen_zone_delivered_late_replaces_slacks_zone(
    newcomer: Newcomer,
) -> None:
    form = await newcomer.open_before_zone()
    await form.click("More options")
    chosen = await choose_undelivered(newcomer, form, "Time zone", MOVED_TO)
    await newcomer.in_zone(form, HERE)
    await newcomer.world.slack.redeliver(chosen)
    await newcomer.in_zone(form, MOVED_TO)


async def test_a_chosen_zone_is_kept_when_an_older_choice_arrives(
    newcomer: Newcomer,
) -> None:
    form = await newcomer.open_before_zone()
    chosen = await choose_undelivered(newcomer, form, "Format", "Experience flow")
    await newcomer.in_zone(form, HERE)
    await fill_in(form, {"Time zone": MOVED_TO})
    await newcomer.world.slack.redeliver(chosen)
    await newcomer.world.idle()
    assert "Experience flow" in form.labels
    assert zone_in(form) == MOVED_TO


async def test_a_saved_zone_is_replaced_if_the_person_moved(newcomer: Newcomer) -> None:
    await newcomer.person.command("/campaign sms Spring sale")
    earlier = await newcomer.person.wait_modal(TITLE)
    await newcomer.in_zone(earlier, HERE)
    await earlier.close()
    await newcomer.world.idle()
    user = newcomer.person.user
    newcomer.world.slack.workspace.users[user.id] = replace(user, tz=MOVED_TO)
    form = await newcomer.open_before_zone()
    assert zone_in(form) == HERE
    await form.fill({"Format": "Experience flow"})
    await newcomer.in_zone(form, MOVED_TO)
    assert "Experience flow" in form.labels


async def test_of_two_quick_choices_the_last_is_drawn(newcomer: Newcomer) -> None:
    await newcomer.person.command("/campaign sms Spring sale")
    form = await newcomer.person.wait_modal(TITLE)
    await newcomer.in_zone(form, HERE)
    newcomer.world.slack.faults.add("views.update", "ratelimited", seconds=DELAYED_SECONDS)
    await form.fill({"Format": "Template"})
    await form.fill({"Format": "Experience flow"})
    assert "Message" in form.labels
    await newcomer.world.idle()
    assert newcomer.conflicts() == 1
    assert "Experience flow" in form.labels
    assert "Message" not in form.labels
