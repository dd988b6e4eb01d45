"""The bot is killed while it creates the campaigns of a file: each exists once, and is reported."""

from collections import Counter
from pathlib import Path

import pytest

from sandbox.slack import Person
from tests.crash.points import Point, Side
from tests.crash.trap import Trap
from tests.process import Installation, installation
from tests.reviewing import confirm_review, wait_review
from tests.warm import hurried_bot

WITHIN = 60
NAMES = ("Imported one", "Imported two", "Imported three")
SCHEDULE = "every day 10 am from Mar 2, 2027 until Mar 9, 2027"
ROWS = [f'{name},Hello,Spring leads,+1 202-555-0100,"{SCHEDULE}"' for name in NAMES]
FILE = "\n".join(["Name,Message,Contact lists,Caller ID,Schedule", *ROWS]).encode()


def made(installed: Installation) -> Counter[str]:
    """Return how many campaigns have each name."""
    found = installed.kore.state.campaigns.values()
    return Counter(each.name for each in found if each.name in NAMES)


def scheduled(installed: Installation) -> set[str]:
    found = installed.kore.state.campaigns.values()
    return {each.name for each in found if each.name in NAMES and each.schedule}


async def confirm(ana: Person, trap: Trap, point: Point, installed: Installation) -> None:
    """Create the campaigns, and kill the bot at a point."""
    async with installed.running() as bot:
        await ana.command("/campaign import")
        form = await ana.wait_modal("Import campaigns")
        await form.attach("File", ("campaigns.csv", FILE))
        await form.submit()
        await wait_review(ana)
        trap.arm(point, bot.process)
        await confirm_review(ana)
        await trap.springs()


@pytest.mark.drill
@pytest.mark.parametrize(
    "point",
    [
        Point("create", Side.AFTER, 2),
        Point("create", Side.UNSAVED, 2),
        Point("create", Side.AFTER, 3),
        Point("schedule", Side.AFTER, 2),
        Point("schedule", Side.UNSAVED, 2),
        Point("chat.postMessage", Side.AFTER),
    ],
    ids=str,
)
async def test_each_campaign_is_created_and_scheduled_once(tmp_path: Path, point: Point) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        await confirm(ana, trap, point, installed)
        async with installed.running():
            text = "3 of 3 campaigns created, 3 of 3 scheduled."
            told = await ana.wait_message(containing=text, also="from a file", within=WITHIN)
        assert all(name in told.words for name in NAMES)
        assert made(installed) == Counter(NAMES)
        assert scheduled(installed) == set(NAMES)
        assert sum("from a file" in each.words for each in ana.messages()) == 1


@pytest.mark.drill
async def test_a_campaign_that_may_not_exist_is_not_sent_again(tmp_path: Path) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        await confirm(ana, trap, Point("create", Side.BEFORE, 2), installed)
        async with installed.running():
            text = "2 of 3 campaigns created, 2 of 2 scheduled, 1 not known."
            await ana.wait_message(containing=text, also="from a file", within=WITHIN)
        assert made(installed) == Counter([NAMES[0], NAMES[2]])
