"""The bot is killed around a change of a contact list, which is sent once and told once."""

from pathlib import Path

import pytest

from sandbox.kore import Operation
from tests.crash.points import Point, Side
from tests.crash.trap import Trap
from tests.process import installation
from tests.reviewing import confirm_review, wait_review
from tests.warm import hurried_bot

WITHIN = 60
NAME = "Autumn leads"


@pytest.mark.drill
@pytest.mark.parametrize(
    "point",
    [
        Point("create_list", Side.AFTER),
        Point("create_list", Side.UNSAVED),
        Point("all_lists", Side.AFTER),
    ],
    ids=str,
)
async def test_a_list_is_created_once_and_told_once(tmp_path: Path, point: Point) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        async with installed.running() as bot:
            await ana.command(f"/campaign new-list {NAME}")
            form = await ana.wait_modal("New contact list")
            await form.fill({"Description": "From the fair"})
            await form.submit()
            await wait_review(ana)
            trap.arm(point, bot.process)
            await confirm_review(ana)
            await trap.springs()
        async with installed.running():
            told = f"The contact list “{NAME}” was created."
            await ana.wait_message(containing=told, within=WITHIN)
        names = [each.name for each in installed.kore.state.contact_lists.values()]
        assert names.count(NAME) == 1
        sent = [each.operation for each in installed.kore.requests]
        assert sent.count(Operation.CREATE_LIST) == 1
        assert sum(told in each.words for each in ana.messages()) == 1
