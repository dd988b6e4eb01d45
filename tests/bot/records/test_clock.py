"""Processes compare their times by the database's clock, so clocks of machines may differ."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.campaigns.actions import Action
from bot.records import Records, State, open_database
from tests.asked import command_for, submission
from tests.postgres import new_schema

OFF = timedelta(minutes=10)
LEASE = timedelta(minutes=1)
LIMIT = 4


def clock_off_by(off: timedelta) -> time_machine.travel:
    """Set this machine's clock fast or slow during a block; time goes on."""
    return time_machine.travel(datetime.now(UTC) + off)


@pytest.fixture
async def processes(postgres_database: str) -> AsyncIterator[tuple[Records, Records]]:
    """Two processes on one PostgreSQL database."""
    url = new_schema(postgres_database)
    both = Records(open_database(url)), Records(open_database(url))
    yield both
    for each in both:
        await each.close()


@pytest.mark.parametrize("off", [OFF, -OFF])
async def test_machines_with_different_clocks_keep_one_window_of_calls(
    processes: tuple[Records, Records], off: timedelta
) -> None:
    usual, other = processes
    for _ in range(LIMIT // 2):
        assert await usual.take_call("acc-1", LIMIT) == 0
        with clock_off_by(off):
            assert await other.take_call("acc-1", LIMIT) == 0
    assert 0 < await usual.take_call("acc-1", LIMIT) <= 60
    with clock_off_by(off):
        assert 0 < await other.take_call("acc-1", LIMIT) <= 60


@pytest.mark.parametrize("off", [OFF, -OFF])
async def test_a_machine_with_another_clock_does_not_take_over_from_a_live_process(
    processes: tuple[Records, Records], off: timedelta
) -> None:
    usual, other = processes
    await usual.executors.join("usual", "run", None)
    with clock_off_by(off):
        await other.executors.join("other", "run", None)
        assert await other.executors.claim(LEASE) == []
    assert await usual.executors.claim(LEASE) == []


@pytest.mark.parametrize("off", [OFF, -OFF])
async def test_a_machine_with_another_clock_knows_how_long_ago_a_submission_was_marked(
    processes: tuple[Records, Records], off: timedelta
) -> None:
    usual, other = processes
    asked = submission(command_for(Action.START))
    await usual.accept(asked)
    await usual.mark(asked, State.SENDING)
    with clock_off_by(off):
        assert 0 < await other.seconds_since_mark(asked.key) < 60
