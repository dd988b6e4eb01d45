"""The lease of a process among several: faults of the database do not end its renewal."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.durable.lease import ExecutorLease
from bot.records import DatabaseFault, Records, open_database

LENGTH = timedelta(seconds=1)


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
