"""The engine in a process of its own: what it finishes, keeps, refuses and drops.

DBOS is one to a process, and the tests' own process has the world's; so each test runs a script.
"""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEAD = """
import asyncio
from datetime import UTC, datetime, timedelta
from bot.work.engine import Engine
from bot.work.tenure import EngineBusy
from dbos import DBOS

done = []

async def two_steps(key):
    async def act():
        done.append(key)
        return key
    await engine.step("one", act)
    await engine.sleep(0.2)
    await engine.step("two", act)

engine = Engine("sqlite:///bot.sqlite", two_steps, None)

async def status(wanted):
    while (await DBOS.get_workflow_status_async("a")).status != wanted:
        await asyncio.sleep(0.02)

async def main():
    await engine.start()
"""


def run(folder: Path, body: str) -> str:
    """Run a script with an engine; what it printed."""
    script = HEAD + "".join(f"    {line}\n" for line in body.splitlines()) + "asyncio.run(main())\n"
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an engine that was stopped between two steps."""
    folder = tmp_path_factory.mktemp("stopped")
    body = """
await engine.accept("a")
await asyncio.sleep(0.1)
await engine.stop()
print(done)
"""
    assert run(folder, body) == "['a']"
    return folder


@pytest.fixture
def half_done(stopped: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(stopped, tmp_path, dirs_exist_ok=True)


def test_a_key_is_carried_out_once_however_often_it_is_accepted(tmp_path: Path) -> None:
    body = """
for _ in range(3):
    await engine.accept("a")
await status("SUCCESS")
await engine.stop()
print(done)
"""
    assert run(tmp_path, body) == "['a', 'a']"


def test_what_was_stopped_between_two_steps_goes_on_with_the_second(half_done: Path) -> None:
    then = run(half_done, "await status('SUCCESS')\nawait engine.stop()\nprint(done)")
    assert then == "['a']"


def test_work_goes_on_however_often_it_was_taken_up_again(half_done: Path) -> None:
    with closing(sqlite3.connect(half_done / "bot.engine.sqlite")) as engine, engine:
        engine.execute("UPDATE workflow_status SET recovery_attempts = 1000")
    then = run(half_done, "await status('SUCCESS')\nawait engine.stop()\nprint(done)")
    assert then == "['a']"


def test_a_second_engine_on_the_file_is_refused(tmp_path: Path) -> None:
    body = """
try:
    await Engine("sqlite:///bot.sqlite", two_steps, None).start()
except EngineBusy as error:
    print(error)
await engine.stop()
"""
    assert run(tmp_path, body).startswith("another campaign-bot works on bot.sqlite: stop it first")


@pytest.mark.parametrize(("days", "left"), [(1, 1), (-1, 0)])
def test_only_what_was_done_before_is_dropped(tmp_path: Path, days: int, left: int) -> None:
    body = f"""
await engine.accept("a")
await status("SUCCESS")
await engine.prune(datetime.now(UTC) - timedelta(days={days}))
print(len(await DBOS.list_workflows_async()))
await engine.stop()
"""
    assert run(tmp_path, body) == str(left)


def test_the_file_is_in_wal_mode(tmp_path: Path) -> None:
    body = """
import sqlite3
print(sqlite3.connect("bot.engine.sqlite").execute("PRAGMA journal_mode").fetchone()[0])
await engine.stop()
"""
    assert run(tmp_path, body) == "wal"


def test_work_begun_by_steps_that_have_changed_since_is_begun_anew(half_done: Path) -> None:
    body = """
await engine.stop()

async def one_other_step(key):
    async def act():
        done.append(f"{key} anew")
    await engine.step("another", act)

engine._task = one_other_step
engine._closing.clear()
await engine.start()
await status("ERROR")
print(done)
await engine.take_up("a")
await status("SUCCESS")
await engine.stop()
print(done)
"""
    then = run(half_done, body)
    assert then.splitlines() == ["[]", "['a anew']"]


def test_a_step_that_fails_by_a_fault_of_ours_keeps_nothing_of_the_error(tmp_path: Path) -> None:
    body = """
from pathlib import Path
from bot.work.engine import StepFailed

async def secret():
    raise ValueError("xoxb-a-token")

async def failing(key):
    try:
        await engine.step("fail", secret)
    except StepFailed as error:
        done.append(str(error))

engine._workflow = None
engine._task = failing
from bot.work import engine as module
await engine.stop()
engine._closing.clear()
await engine.start()
await engine.accept("a")
await status("SUCCESS")
await engine.stop()
print(done, b"xoxb" in Path("bot.engine.sqlite").read_bytes())
"""
    assert run(tmp_path, body).splitlines()[-1] == "['fail'] False"
