"""The bot is killed around a start or stop, which is sent only once and reported correctly."""

from pathlib import Path

import pytest

from sandbox.kore import Operation
from sandbox.kore.state import Status
from tests.crash.points import Point, Side
from tests.crash.trap import Trap
from tests.process import Installation, installation
from tests.reviewing import confirm_review, wait_review
from tests.test_process import submit_sms
from tests.warm import hurried_bot

WITHIN = 60


def sent(installed: Installation, operation: Operation) -> int:
    return sum(each.operation is operation for each in installed.kore.requests)


@pytest.mark.parametrize(
    "point",
    [
        Point("start", Side.AFTER),
        pytest.param(Point("get", Side.BEFORE), marks=pytest.mark.drill),
        pytest.param(Point("start", Side.UNSAVED), marks=pytest.mark.drill),
        pytest.param(Point("get", Side.AFTER, 2), marks=pytest.mark.drill),
        pytest.param(Point("chat.postMessage", Side.AFTER), marks=pytest.mark.drill),
    ],
    ids=str,
)
async def test_a_start_is_done_once_and_confirmed_once(tmp_path: Path, point: Point) -> None:
    async with installation(tmp_path) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        async with installed.running() as bot:
            await submit_sms(ana, "Run once")
            card = await ana.wait_message(containing="Created by")
            await ana.click(card, "Start")
            await wait_review(ana)
            trap.arm(point, bot.process)
            await confirm_review(ana)
            await trap.springs()
        async with installed.running():
            await ana.wait_reply(card, containing="Started by", within=WITHIN)
        assert sent(installed, Operation.START) == 1
        assert len(card.replies) == 1


@pytest.mark.drill
async def test_the_author_learns_that_a_start_never_arrived_and_it_is_not_repeated(
    tmp_path: Path,
) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        async with installed.running() as bot:
            await submit_sms(ana, "Run never")
            await ana.click(await ana.wait_message(containing="Created by"), "Start")
            trap.arm(Point("start", Side.BEFORE), bot.process)
            await confirm_review(ana)
            await trap.springs()
        async with installed.running():
            told = await ana.wait_message("@campaign-bot", containing="Run never", within=WITHIN)
        assert "was not started" in told.words
        assert "Nobody was contacted" in told.words
        assert sent(installed, Operation.START) == 1


@pytest.mark.drill
async def test_a_stop_is_done_once_and_confirmed_once(tmp_path: Path) -> None:
    async with installation(tmp_path) as installed:
        trap, ana = Trap(installed), installed.slack.person("Ana Lopez")
        async with installed.running() as bot:
            await submit_sms(ana, "Stop once")
            card = await ana.wait_message(containing="Created by")
            (campaign,) = installed.kore.state.campaigns.values()
            campaign.status = Status.ACTIVE
            await ana.click(card, "Refresh")
            await ana.wait_change(lambda: "Stop" in card.buttons, before=False)
            await ana.click(card, "Stop")
            await wait_review(ana)
            trap.arm(Point("stop", Side.AFTER), bot.process)
            await confirm_review(ana)
            await trap.springs()
        async with installed.running():
            await ana.wait_message(containing="Stopped by", within=WITHIN)
        assert sent(installed, Operation.STOP) == 1
