"""The list of processes: one run under each name, and only one process claims a silent one."""

import asyncio
from datetime import timedelta

from bot.records import Records

AT_ONCE = timedelta(0)
SHORT = timedelta(seconds=0.4)
LONG = timedelta(hours=1)


async def test_only_one_of_many_processes_gets_a_new_name(records: Records) -> None:
    joined = await asyncio.gather(*(records.executors.join("a", f"l{n}", None) for n in range(6)))
    assert sum(joined) == 1


async def test_a_run_sends_heartbeats_until_another_run_gets_its_name(records: Records) -> None:
    assert await records.executors.join("a", "first", None)
    assert await records.executors.beat("a", "first")
    assert await records.executors.join("a", "second", await records.executors.last("a"))
    assert not await records.executors.beat("a", "first")
    assert await records.executors.beat("a", "second")


async def test_a_process_that_saw_an_older_heartbeat_does_not_get_the_name(
    records: Records,
) -> None:
    await records.executors.join("a", "first", None)
    seen = await records.executors.last("a")
    await records.executors.leave("a", "first")
    assert not await records.executors.join("a", "second", seen)
    left = await records.executors.last("a")
    assert left
    assert left.run is None
    assert await records.executors.join("a", "second", left)


async def test_a_silent_process_is_claimed_once_and_its_heartbeats_fail(records: Records) -> None:
    await records.executors.join("dead", "life", None)
    await asyncio.sleep(0.5)
    claims = await asyncio.gather(*(records.executors.claim(SHORT) for _ in "abc"))
    assert sorted(claims) == [[], [], ["dead"]]
    assert not await records.executors.beat("dead", "life")
    await records.executors.forget("dead")
    assert await records.executors.last("dead") is None


async def test_a_process_with_heartbeats_is_neither_claimed_nor_forgotten(records: Records) -> None:
    await records.executors.join("a", "life", None)
    assert await records.executors.claim(LONG) == []
    await records.executors.forget("a")
    assert await records.executors.beat("a", "life")


async def test_a_process_that_left_is_claimed_after_a_while(records: Records) -> None:
    await records.executors.join("a", "life", None)
    await records.executors.leave("a", "life")
    assert await records.executors.claim(LONG) == []
    assert await records.executors.claim(AT_ONCE) == ["a"]
