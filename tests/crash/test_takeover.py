"""Several bots on one PostgreSQL: another bot finishes the work of a dead one, once."""

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from bot.records.tables import executors
from sandbox.kore import Operation
from tests.crash.points import Point, Side
from tests.crash.trap import Trap
from tests.postgres import new_database
from tests.process import Installation, Running, installation
from tests.test_process import submit_sms
from tests.warm import bot_of_short_leases, bot_stopped_before_sending

# Longer than a living process can be silent on a busy machine.
LEASE_SECONDS = 5
WITHIN = 60


@pytest.fixture
async def installed(tmp_path: Path, postgres_server: str) -> AsyncIterator[Installation]:
    settings = {
        "DATABASE_URL": new_database(postgres_server),
        "EXECUTOR_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    async with installation(tmp_path, bot=bot_of_short_leases) as made:
        yield made.with_settings(**settings)


@contextlib.asynccontextmanager
async def two_bots(installed: Installation) -> AsyncIterator[tuple[Running, Running]]:
    """Run two bots; Slack delivers to the first."""
    async with (
        installed.running(EXECUTOR_ID="bot-2") as second,
        installed.running(EXECUTOR_ID="bot-1") as first,
    ):
        yield first, second


def ask(installed: Installation, bot: Running) -> None:
    installed.slack.deliver_to(f"{bot.url}/slack/events")


async def confirmed_once(installed: Installation, *names: str) -> None:
    """Check that each campaign was created once and has one card."""
    ana = installed.slack.person("Ana Lopez")
    for name in names:
        await ana.wait_message(containing=name, within=WITHIN)
    made = Counter(each.name for each in installed.kore.state.campaigns.values())
    cards = Counter(n for n in names for m in ana.messages() if n in m.words)
    assert made == dict.fromkeys(names, 1)
    assert cards == dict.fromkeys(names, 1)


@pytest.mark.drill
@pytest.mark.parametrize(
    "point",
    [
        ("create", Side.AFTER),
        ("chat.postMessage", Side.AFTER),
    ],
)
async def test_one_bot_dies_for_good_in_a_step(
    installed: Installation, point: tuple[str, Side]
) -> None:
    trap = Trap(installed)
    async with two_bots(installed) as (first, second):
        trap.arm(Point(*point), first.process)
        await submit_sms(installed.slack.person("Ana Lopez"), "Orphan")
        await trap.springs()
        ask(installed, second)
        await confirmed_once(installed, "Orphan")


@pytest.mark.drill
async def test_one_bot_dies_for_good_under_load(installed: Installation) -> None:
    names = [f"Many {number}" for number in range(8)]
    ana = installed.slack.person("Ana Lopez")
    installed.kore.latency_seconds = 0.1
    async with two_bots(installed) as (first, second):
        for number, name in enumerate(names):
            ask(installed, (first, second)[number % 2])
            await submit_sms(ana, name)
        first.process.kill()
        ask(installed, second)
        await confirmed_once(installed, *names)


@pytest.mark.drill
async def test_a_bot_that_comes_back_after_its_lease_expired_does_nothing_and_ends(
    installed: Installation,
) -> None:
    installed.kore.latency_seconds = 0.3
    async with two_bots(installed) as (first, second):
        await submit_sms(installed.slack.person("Ana Lopez"), "Zombie")
        await asyncio.sleep(0.4)
        first.process.send_signal(signal.SIGSTOP)
        ask(installed, second)
        await confirmed_once(installed, "Zombie")
        first.process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(WITHIN):
            output = await first.end()
        assert "lease.lost" in output
        await confirmed_once(installed, "Zombie")
    sent = [each.operation for each in installed.kore.requests]
    assert sent.count(Operation.CREATE) == 1


@pytest.mark.drill
async def test_a_bot_stopped_before_it_sends_does_not_send_after_its_lease_expired(
    installed: Installation,
) -> None:
    ana = installed.slack.person("Ana Lopez")
    stopping = replace(installed, bot=bot_stopped_before_sending)
    async with (
        installed.running(EXECUTOR_ID="bot-2") as second,
        stopping.running(EXECUTOR_ID="bot-1") as first,
    ):
        await submit_sms(ana, "Zombie")
        ask(installed, second)
        await ana.wait_message("@campaign-bot", containing="is not known", within=WITHIN)
        first.process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(WITHIN):
            output = await first.end()
    assert "lease.lost" in output
    assert Operation.CREATE not in {each.operation for each in installed.kore.requests}
    assert len(ana.messages("@campaign-bot")) == 1


async def test_a_second_bot_with_the_same_name_is_refused(installed: Installation) -> None:
    async with installed.running(EXECUTOR_ID="bot-1"):
        refused = await installed.command("run", EXECUTOR_ID="bot-1", PORT="0")
    assert refused.status == 1
    assert "another campaign-bot runs as bot-1" in refused.output


async def test_a_bot_of_another_version_is_refused_while_one_runs(
    installed: Installation,
) -> None:
    url = installed.env["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")
    records = create_engine(url)
    async with installed.running(EXECUTOR_ID="bot-1") as running:
        with records.begin() as db:
            db.execute(update(executors).values(version=None))  # as an older version does
        commands = [("run",), ("audit", "verify")]
        refused = [await installed.command(*each, EXECUTOR_ID="bot-2") for each in commands]
        assert running.process.returncode is None
    records.dispose()
    for each in refused:
        assert each.status == 1
        assert "another version of campaign-bot is running (bot-1): stop it first" in each.output
        assert "Traceback" not in each.output


@pytest.mark.drill
async def test_a_crashed_bot_goes_on_after_a_restart_under_its_name(
    installed: Installation,
) -> None:
    async with installed.running(EXECUTOR_ID="bot-1") as bot:
        installed.kore.latency_seconds = 0.3
        await submit_sms(installed.slack.person("Ana Lopez"), "Again")
        bot.process.kill()
    async with installed.running(EXECUTOR_ID="bot-1"):
        await confirmed_once(installed, "Again")
