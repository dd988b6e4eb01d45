"""The engine carries work out once, and finishes it after a restart.

A process can have only one DBOS, and in the tests' process the world uses it. So each test runs a
script in another process.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.warm import Process, script

TOLD = "told: "
HEAD = """
import asyncio
from datetime import UTC, datetime, timedelta
from bot.durable import Engine
from bot.durable import LeaseTaken
from dbos import DBOS

done = []

def tell(*what):
    print("told:", *what)

async def two_steps(key, part):
    async def act():
        done.append(key)
        return key
    await engine.step("one", act)
    await engine.sleep(0.2)
    await engine.step("two", act)

engine = Engine("sqlite:///bot.sqlite", None)

async def status(wanted):
    while (await DBOS.get_workflow_status_async("a")).status != wanted:
        await asyncio.sleep(0.02)

async def main():
    await engine.start(two_steps)
"""


async def run(folder: Path, body: str) -> list[str]:
    """Run a script with an engine, and return what it printed with `tell`."""
    text = HEAD + "".join(f"    {line}\n" for line in body.splitlines()) + "asyncio.run(main())\n"
    process = Process(script, text, folder=folder, env={})
    output = await process.output()
    assert process.returncode == 0, output
    told = (line.partition(TOLD)[2] for line in output.splitlines() if line.startswith(TOLD))
    return list(told)


@pytest.fixture(scope="module")
async def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an engine that stopped between two steps of its work."""
    folder = tmp_path_factory.mktemp("stopped")
    body = """
await engine.accept("a")
await asyncio.sleep(0.1)
await engine.stop()
tell(done)
"""
    assert await run(folder, body) == ["['a']"]
    return folder


@pytest.fixture
def half_done(stopped: Path, tmp_path: Path) -> Path:
    """A copy of the folder `stopped`."""
    return shutil.copytree(stopped, tmp_path, dirs_exist_ok=True)


async def test_work_accepted_several_times_is_carried_out_once(tmp_path: Path) -> None:
    body = """
for _ in range(3):
    await engine.accept("a")
await status("SUCCESS")
await engine.stop()
tell(done)
"""
    assert await run(tmp_path, body) == ["['a', 'a']"]


async def test_work_that_stopped_after_the_first_step_continues_with_the_second(
    half_done: Path,
) -> None:
    then = await run(half_done, "await status('SUCCESS')\nawait engine.stop()\ntell(done)")
    assert then == ["['a']"]


async def test_work_continues_after_any_number_of_recoveries(half_done: Path) -> None:
    with closing(sqlite3.connect(half_done / "bot.engine.sqlite")) as engine, engine:
        engine.execute("UPDATE workflow_status SET recovery_attempts = 1000")
    then = await run(half_done, "await status('SUCCESS')\nawait engine.stop()\ntell(done)")
    assert then == ["['a']"]


async def test_a_second_engine_on_the_same_file_is_refused(tmp_path: Path) -> None:
    body = """
try:
    await Engine("sqlite:///bot.sqlite", None).start(two_steps)
except LeaseTaken as error:
    tell(error)
await engine.stop()
"""
    (refused,) = await run(tmp_path, body)
    assert refused.startswith("another campaign-bot works on bot.sqlite: stop it first")


@pytest.mark.parametrize(("days", "left"), [(1, 1), (-1, 0)])
async def test_prune_removes_only_work_that_ended_before_the_given_time(
    tmp_path: Path, days: int, left: int
) -> None:
    body = f"""
await engine.accept("a")
await status("SUCCESS")
await engine.prune(datetime.now(UTC) - timedelta(days={days}))
tell(len(await DBOS.list_workflows_async()))
await engine.stop()
"""
    assert await run(tmp_path, body) == [str(left)]


async def test_the_file_is_in_wal_mode(tmp_path: Path) -> None:
    body = """
import sqlite3
tell(sqlite3.connect("bot.engine.sqlite").execute("PRAGMA journal_mode").fetchone()[0])
await engine.stop()
"""
    assert await run(tmp_path, body) == ["wal"]


async def test_work_starts_again_if_its_steps_have_changed(half_done: Path) -> None:
    body = """
await engine.stop()

async def one_other_step(key, part):
    async def act():
        done.append(f"{key} anew")
    await changed.step("another", act)

changed = Engine("sqlite:///bot.sqlite", None)
await changed.start(one_other_step)
await status("ERROR")
tell(done)
await changed.resume("a")
await status("SUCCESS")
await changed.stop()
tell(done)
"""
    then = await run(half_done, body)
    assert then == ["[]", "['a anew']"]


async def test_the_text_of_an_unexpected_error_is_not_stored(tmp_path: Path) -> None:
    body = """
from pathlib import Path
from bot.durable import StepFailed

async def secret():
    raise ValueError("xoxb-a-token")

async def failing(key, part):
    try:
        await other.step("fail", secret)
    except StepFailed as error:
        done.append(str(error))

await engine.stop()
other = Engine("sqlite:///bot.sqlite", None)
await other.start(failing)
await other.accept("a")
await status("SUCCESS")
await other.stop()
tell(done, b"xoxb" in Path("bot.engine.sqlite").read_bytes())
"""
    assert await run(tmp_path, body) == ["['fail'] False"]
