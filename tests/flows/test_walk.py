"""The main flows as a person walks them, over HTTP and over Socket Mode."""

from collections.abc import AsyncIterator

import pytest

from sandbox.slack import OutcomeKind
from tests.world import World


@pytest.fixture(params=["http", "sockets"])
async def walk(world: World, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    if request.param == "http":
        yield world
    else:
        async with world.sockets():
            yield world


async def test_sms(walk: World) -> None:
    ana, name = walk.slack.person("Ana Lopez"), walk.name()
    await ana.command(f"/campaign sms {name}")
    form = await ana.wait_modal("New SMS campaign")
    await form.fill(
        {
            "Description": "All customers",
            "Message": "Hello <First Name>",
            "Contact lists": ["Spring leads"],
            "DNC list": "Do not call",
            "Caller ID": "+12025550100",
        }
    )
    assert form.value("Campaign name") == name
    assert (await form.submit()).kind is OutcomeKind.CLOSED
    card = await ana.wait_message(containing=name)
    assert "Ready" in card.words
