"""Several processes resume a task at the same moment: exactly one of them starts it."""

import asyncio
from pathlib import Path

from tests.postgres import new_database
from tests.warm import Process, script

# Each process reads the task's status before either of them goes on; the second one goes on later.
RESUME = """
import asyncio
import os
from pathlib import Path
from bot.durable import Engine
from bot.records import Records, open_database
from dbos import DBOS

NAME = os.environ["NAME"]
URL = os.environ["URL"]
usual = DBOS.get_workflow_status_async

async def status_seen_by_both(id_):
    seen = await usual(id_)
    Path(f"seen by {NAME}").touch()
    while len(list(Path().glob("seen by *"))) < 2:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5 if NAME == "second" else 0)
    return seen

async def fail_once(key, part):
    async def act():
        with Path("runs").open("a") as runs:
            print(NAME, file=runs)
        await asyncio.sleep(2)
    if not Path("failed").exists():
        Path("failed").touch()
        raise ValueError
    await engine.step("act", act)

async def ended(*statuses):
    while (seen := await usual("a")) is None or seen.status not in statuses:
        await asyncio.sleep(0.05)

async def main():
    global engine
    records = Records(open_database(URL))
    engine = Engine(URL, records.executors, executor_id=NAME)
    await engine.start(fail_once)
    if NAME == "first":
        await engine.accept("a")
    await ended("ERROR")
    DBOS.get_workflow_status_async = status_seen_by_both
    await engine.resume("a")
    await ended("SUCCESS")
    await engine.stop()
    await records.close()

asyncio.run(main())
"""


async def test_one_of_two_processes_starts_a_task_that_ended_in_error(
    tmp_path: Path, postgres_server: str
) -> None:
    url = new_database(postgres_server)
    processes = [
        Process(script, RESUME, folder=tmp_path, env={"NAME": name, "URL": url})
        for name in ("first", "second")
    ]
    async with asyncio.timeout(60):
        outputs = [await each.output() for each in processes]
    assert [each.returncode for each in processes] == [0, 0], outputs
    assert len((tmp_path / "runs").read_text().splitlines()) == 1
