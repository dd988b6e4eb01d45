"""A decision that Slack delivers twice is made once, and the repeat gets no error message."""

from collections.abc import Awaitable, Callable, Iterator

import pytest

from sandbox.slack import Message, Person
from tests.flows.conftest import Author
from tests.flows.effects import all_done
from tests.flows.office import APPROVALS, Office, opened
from tests.flows.test_review_twice import pressed_again
from tests.world import World


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        yield made


async def approve(office: Office, name: str) -> Person:
    await office.ravi.click(await office.asked(name), "Approve")
    return office.ravi


async def decline(office: Office, name: str) -> Person:
    await office.decline(office.ravi, await office.asked(name), "Not now")
    return office.ravi


async def withdraw(office: Office, name: str) -> Person:
    await office.ana.click(await office.asked(name), "Withdraw")
    return office.ana


async def cancel(office: Office, name: str) -> Person:
    office.put_in_force(hold_minutes=5)
    await approve(office, name)
    hold = await Author(office.world).card(name, "unless it is canceled")
    await office.ravi.click(hold, "Cancel")
    return office.ravi


DECISIONS: dict[str, tuple[Callable[[Office, str], Awaitable[Person]], str, int]] = {
    "approve": (approve, "Approved by", 1),
    "decline": (decline, "Declined by", 0),
    "withdraw": (withdraw, "Withdrawn by", 0),
    "cancel": (cancel, "then canceled by", 0),
}


def private_messages(person: Person) -> list[Message]:
    """Return the messages that only this person sees."""
    seen = [*person.messages(), *person.messages(APPROVALS)]
    return [each for each in seen if each.is_ephemeral]


@pytest.mark.parametrize("decision", DECISIONS)
async def test_a_repeated_decision_is_made_once_and_gets_no_message(
    office: Office, decision: str
) -> None:
    decide, state, made = DECISIONS[decision]
    name, slack = office.world.name(), office.world.slack
    person = await decide(office, name)
    decided = slack.deliveries[-1]
    await slack.redeliver(decided, copies=2)
    await all_done(office.world)
    for again in (decided, pressed_again(office.world, decided)):
        await slack.redeliver(again)
        await all_done(office.world)
    assert private_messages(person) == []
    assert office.made(name) == made
    cards = [each for each in office.ravi.messages(APPROVALS) if name in each.words]
    assert len(cards) == 1
    assert state in cards[0].words
