"""What people do costs the same few calls of Kore.ai in a small account and in a large one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from sandbox.kore import Operation
from sandbox.kore.invented import add_invented
from sandbox.slack import Person
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE
from tests.process import Installation, installation
from tests.reviewing import confirm_review, wait_review

SIZES = (10, pytest.param(400, marks=pytest.mark.drill))


@pytest.fixture(params=SIZES)
async def installed(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Installation]:
    """A running bot that has copied its account of this size."""
    async with installation(tmp_path) as made:
        made.kore.rate_limit, made.kore.rows_max = None, 50
        add_invented(made.kore.state, request.param, Random(1))
        async with made.running():
            await copied(made.slack.person("Ana Lopez"))
            yield made


async def copied(ana: Person) -> None:
    """Wait until a list has every campaign."""
    async with asyncio.timeout(20):
        while True:
            await ana.command("/campaign list")
            if "All campaigns in Kore.ai, as of" in ana.messages()[-1].words:
                return
            await asyncio.sleep(0.1)


async def test_a_creation_costs_at_most_six_calls_and_two_round_trips(
    installed: Installation,
) -> None:
    ana, asked = installed.slack.person("Ana Lopez"), installed.kore.requests
    # The background reads its last lists first.
    await asyncio.sleep(1.0)
    asked.clear()
    await ana.command("/campaign sms Costs little")
    form = await ana.wait_modal("New SMS campaign")
    await fill_in(form, SIMPLE)
    await form.submit()
    await wait_review(ana)
    reviewed = len(asked)
    await confirm_review(ana)
    await ana.wait_message(containing="Costs little\nCreated by")
    assert len(asked) <= 6
    # Both lists are asked for side by side.
    sent = [each.operation for each in list(asked)[reviewed:]]
    assert sent == [Operation.SEARCH, Operation.SEARCH, Operation.CREATE]


async def test_a_name_is_found_without_a_list(installed: Installation) -> None:
    ana, asked = installed.slack.person("Ana Lopez"), installed.kore.requests
    meant = next(iter(installed.kore.state.campaigns.values()))
    await asyncio.sleep(1.0)
    asked.clear()
    await ana.command(f"/campaign status {meant.name.upper()}")
    await ana.wait_message(containing=meant.id, also="Checked in Kore.ai")
    assert [each.operation for each in asked] == [Operation.GET]
