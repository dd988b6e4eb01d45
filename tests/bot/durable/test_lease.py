"""The lease of a process among several: it is renewed, and only its holder may send."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.durable.lease import ExecutorLease
from bot.records import DatabaseFault, Records, open_database

LENGTH = timedelta(seconds=1)
# So long that nothing renews it during a test.
LONG = timedelta(hours=1)
CALL_SECONDS = 60.0


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    opened = Records(open_database(f"sqlite:///{tmp_path}/bot.sqlite"))
    yield opened
    await opened.close()


async def test_work_is_taken_over_after_faults_of_the_database(records: Records) -> None:
    taken: list[str] = []

    async def take_over(name: str) -> None:
        taken.append(name)
        if len(taken) < 3:
            raise DatabaseFault("the connection was closed")

    await records.executors.join("dead", "life", None)
    lease = ExecutorLease(records.executors, "alive", LENGTH, take_over)
    await lease.acquire()
    async with asyncio.timeout(20):
        while await records.executors.last("dead"):  # noqa: ASYNC110 # the keeper has no event
            await asyncio.sleep(0.05)
    assert taken == ["dead"] * 3
    await lease.confirm()
    await lease.release()


async def test_the_process_ends_if_its_lease_is_not_renewed_because_of_a_bug(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)

    async def take_over(_name: str) -> None:
        raise ZeroDivisionError

    await records.executors.join("dead", "life", None)
    await ExecutorLease(records.executors, "alive", LENGTH, take_over).acquire()
    async with asyncio.timeout(20):
        while not signals:  # noqa: ASYNC110 # a signal has no event
            await asyncio.sleep(0.05)
    assert signals == [signal.SIGTERM]


@pytest.fixture
async def held(records: Records) -> AsyncIterator[ExecutorLease]:
    """A lease that was just acquired."""

    async def take_over(_name: str) -> None:
        """Nobody is dead."""

    lease = ExecutorLease(records.executors, "alive", LONG, take_over)
    await lease.acquire()
    yield lease
    await lease.release()


def nearly_over() -> time_machine.travel:
    """Let a call take longer than the rest of the lease."""
    return time_machine.travel(datetime.now(UTC) + LONG - timedelta(seconds=CALL_SECONDS / 2))


async def lose(records: Records) -> None:
    """Let another run get the name."""
    last = await records.executors.last("alive")
    assert await records.executors.join("alive", "another run", last)


async def test_a_lease_is_renewed_before_a_call_that_may_outlast_it(
    records: Records, held: ExecutorLease
) -> None:
    await held.hold(CALL_SECONDS)
    before = await records.executors.last("alive")
    with nearly_over():
        await held.hold(CALL_SECONDS)
        after = await records.executors.last("alive")
    assert before
    assert after
    assert after.seen_at - before.seen_at > LONG / 2


async def test_a_call_is_not_sent_after_another_process_took_over(
    records: Records, held: ExecutorLease, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)
    await lose(records)
    with nearly_over(), pytest.raises(TimeoutError):
        await asyncio.wait_for(held.hold(CALL_SECONDS), 0.2)
    assert signals == [signal.SIGTERM]


async def test_a_process_that_released_its_lease_sends_nothing(
    held: ExecutorLease, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)
    await held.release()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(held.hold(CALL_SECONDS), 0.2)
    assert signals == [signal.SIGTERM]
