"""A request that Slack delivers twice, at once or later, has the effects of one request."""

import asyncio

import pytest

from handlers import COMMANDS, PRESSES, SUBMITS, review
from handlers.incoming.bodies import Envelope
from handlers.incoming.gate import Gate
from sandbox.slack.journal import Packet
from tests.flows.captured import Repeat, captured, name_of
from tests.flows.effects import all_done, effects_of
from tests.world import World

# One in this many captured requests is also sent over Socket Mode.
EVERY_FOR_SOCKETS = 10
# The modal with an answer to one person, which another process opens again.
ANSWER = ["Campaigns"]
# The review of a start opens without a form: another process reports that it did not open.
STILL_REPORTED = "start"


async def deliver(world: World, packet: Packet) -> object:
    """Deliver a request and return its answer, without showing it on the screen."""
    delivery = await world.slack.state.courier.deliver(packet)
    assert delivery.error is None, packet
    return delivery.answer


async def deliver_four_times(world: World, packet: Packet) -> None:
    """Deliver a request twice at once, once right after, and once when all work is done."""
    answers = [*await asyncio.gather(deliver(world, packet), deliver(world, packet))]
    answers.append(await deliver(world, packet))
    await all_done(world)
    answers.append(await deliver(world, packet))
    assert all(each == answers[0] for each in answers)


async def check_repeats(world: World, packets: list[Packet]) -> None:
    """Check that repeats do what one request does, and that another process adds nothing."""
    repeat, ana = Repeat(world), world.slack.person("Ana Lopez")
    elsewhere = Gate(world.services.slack, world.services.tasks)
    elsewhere.open(world.listeners, world.services)
    for packet in packets:
        once = await effects_of(world, ana, deliver(world, repeat(packet)))
        again = repeat(packet)
        often = await effects_of(world, ana, deliver_four_times(world, again))
        assert often == once, name_of(packet)
        if once.opened not in ([], ANSWER) and STILL_REPORTED not in name_of(packet):
            envelope = Envelope(again.kind, again.payload)
            more = await effects_of(world, ana, elsewhere.answer(envelope))
            assert (more.posted, more.opened, more.changed) == ({}, [], {}), name_of(packet)


@pytest.mark.drill
async def test_a_request_delivered_four_times_has_the_effects_of_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "UNTIL_SHOWN", (0.0, 0.01))
    packets = await captured(world)
    names = [name_of(each) for each in packets]
    assert {text for name, text, _, _ in names if name == "/campaign"} >= COMMANDS.keys()
    assert {action for _, _, action, _ in names} >= PRESSES.keys()
    assert {view for name, _, _, view in names if name == "view_submission"} >= SUBMITS.keys()
    await check_repeats(world, packets)
    async with world.sockets():
        await check_repeats(world, packets[::EVERY_FOR_SOCKETS])
