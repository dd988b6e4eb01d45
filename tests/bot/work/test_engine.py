"""The engine in a process of its own: what it finishes, keeps, refuses and drops.

DBOS is one to a process, and the tests' own process has the world's; so each test runs a script.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEAD = """
import asyncio
from datetime import UTC, datetime, timedelta
from bot.work.engine import Engine, EngineBusy
from dbos import DBOS

done = []

async def two_steps(key):
    async def act():
        done.append(key)
        return key
    await engine.step("one", act)
    await engine.sleep(0.2)
    await engine.step("two", act)

engine = Engine("sqlite:///bot.sqlite", two_steps)

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


def test_a_key_is_carried_out_once_however_often_it_is_accepted(tmp_path: Path) -> None:
    body = """
for _ in range(3):
    await engine.accept("a")
await asyncio.sleep(0.8)
await engine.stop()
print(done)
"""
    assert run(tmp_path, body) == "['a', 'a']"


def test_what_was_stopped_between_two_steps_goes_on_with_the_second(tmp_path: Path) -> None:
    first = run(
        tmp_path,
        "await engine.accept('a')\nawait asyncio.sleep(0.1)\nawait engine.stop()\nprint(done)",
    )
    then = run(tmp_path, "await asyncio.sleep(3)\nawait engine.stop()\nprint(done)")
    assert (first, then) == ("['a']", "['a']")


def test_a_second_engine_on_the_file_is_refused(tmp_path: Path) -> None:
    body = """
try:
    await Engine("sqlite:///bot.sqlite", two_steps).start()
except EngineBusy as error:
    print(error)
await engine.stop()
"""
    assert run(tmp_path, body).startswith("another campaign-bot works on bot.sqlite: stop it first")


@pytest.mark.parametrize(("days", "left"), [(1, 1), (-1, 0)])
def test_only_what_was_done_before_is_dropped(tmp_path: Path, days: int, left: int) -> None:
    body = f"""
await engine.accept("a")
await asyncio.sleep(0.8)
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
