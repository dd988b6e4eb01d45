"""Steps that several flows begin with."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from sandbox.kore.state import ContactList, Status
from sandbox.slack import Message, Modal, OutcomeKind, Person
from tests.filling import fill_in, zone_in
from tests.flows.logged import Log
from tests.reviewing import confirm_review, wait_review
from tests.world import PATIENCE, World

Answers = dict[str, str | list[str]]

AUDIENCE: Answers = {
    "Description": "Everybody on the spring list",
    "Contact lists": ["Spring leads", "VIP customers"],
    "Caller ID": "+1 202-555-0100",
}
SIMPLE: Answers = AUDIENCE | {"Message": "Hello <First Name> & welcome", "DNC list": "Do not call"}


def in_days(days: int) -> str:
    """Return the date this many days ahead, as a date picker gives it."""
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


class Author:
    """Ana, who makes campaigns, with the steps she often takes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.person: Person = world.slack.person("Ana Lopez")

    async def form(self, command: str, title: str, channel: str = "campaigns") -> Modal:
        """Type a command and wait for its form, in Ana's own time zone."""
        self.put_away()
        await self.person.command(command, channel)
        form = await self.person.wait_modal(title)
        await self.world.settled(lambda: zone_in(form) == "America/New_York")
        return form

    def put_away(self) -> None:
        """Close what an earlier test left open: it could be taken for what a command opens."""
        self.world.slack.state.views.clear(self.person.user.id)

    async def send(self, form: Modal, answers: Answers) -> None:
        """Fill in a form, read its review, confirm it, and check that both close."""
        await self.review(form, answers)
        await confirm_review(self.person)
        assert not form.is_open

    async def review(self, form: Modal, answers: Answers) -> Modal:
        """Fill in a form, submit it, and return its review once Kore.ai was asked."""
        await fill_in(form, answers)
        outcome = await form.submit()
        assert outcome.kind is OutcomeKind.PUSHED, form.errors
        return await wait_review(self.person)

    async def sms(self, name: str, answers: Answers = SIMPLE) -> Message:
        """Make an SMS campaign and return its card."""
        await self.send(await self.form(f"/campaign sms {name}", "New SMS campaign"), answers)
        return await self.card(name, "Created by")

    async def voice(self, name: str, answers: Answers) -> Message:
        """Make a voice campaign and return its card."""
        await self.send(await self.form(f"/campaign voice {name}", "New voice campaign"), answers)
        return await self.card(name, "Created by")

    async def offered(self, closed: Modal, *, all_views: bool = False) -> Message:
        """Close a form, and return the message that offers it back."""
        earlier = {each.ts for each in self.person.messages()}

        def new() -> list[Message]:
            seen = [each for each in self.person.messages() if each.ts not in earlier]
            return [each for each in seen if "For a day you can go on" in each.words]

        await closed.close(all_views=all_views)
        await self.world.settled(lambda: bool(new()))
        return new()[-1]

    async def card(self, name: str, news: str, channel: str = "campaigns") -> Message:
        """Wait for a message with a campaign's name and `news`, and return the latest."""
        return await self.person.wait_message(channel, containing=name, also=news, within=PATIENCE)

    async def details(self, card: Message) -> str:
        """Open a card's details, and return their text."""
        await self.person.click(card, "Details")
        shown = await self.person.wait_modal("Campaigns")
        await shown.close()
        return shown.text

    def campaign_id(self, name: str) -> str:
        """Return the ID of the only campaign with this name in Kore.ai."""
        (found,) = [c for c in self.world.kore.state.campaigns.values() if c.name == name]
        return found.id


def end_all_runs(author: Author) -> None:
    """End every run, because Kore.ai runs one campaign at a time on a contact list."""
    for campaign in author.world.kore.state.campaigns.values():
        campaign.status = Status.COMPLETED


@pytest.fixture(params=["http", "sockets"])
async def author(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Author]:
    """Ana, who reaches the bot over HTTP in one run and over Socket Mode in the other."""
    if request.param == "http":
        yield Author(world)
    else:
        async with world.sockets():
            yield Author(world)


@pytest.fixture
def log(_log: StringIO) -> Log:
    """The log from now on."""
    return Log(_log)


@pytest.fixture
def lists(world: World) -> Iterator[dict[str, ContactList]]:
    """The account's contact lists by ID; those that a test adds are removed after it."""
    state, usual = world.kore.state, dict(world.kore.state.contact_lists)
    yield state.contact_lists
    state.contact_lists.clear()
    state.contact_lists.update(usual)
    world.slack.state.views.clear(world.slack.person("Ana Lopez").user.id)


@pytest.fixture
def ana(world: World) -> Author:
    """Ana, who reaches the bot over HTTP."""
    return Author(world)
