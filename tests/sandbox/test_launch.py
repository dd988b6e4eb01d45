"""The bot's process on a clock that lines of its input set forward; it ends with its input."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
# Replaces the bot: starts timers, and says how much time has passed when they end.
PROBE = """
import asyncio, sys, threading, time
from datetime import UTC, datetime

def say(*words):
    print(*words, file=sys.stderr, flush=True)

async def sleep(*words):
    asleep = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    say(*words)
    await asleep

async def main():
    wall, loop = time.time(), asyncio.get_running_loop()
    on_loop = loop.time()
    await sleep("ready", *sys.argv[1:])
    say("slept", round((time.time() - wall) / 3600))
    try:
        async with asyncio.timeout(3600):
            say("waiting")
            await asyncio.Event().wait()
    except TimeoutError:
        say("timed out", round((loop.time() - on_loop) / 3600))
    await asyncio.to_thread(lambda: asyncio.run(sleep("in another loop")))
    say("slept there", round((datetime.now(UTC).timestamp() - wall) / 3600))
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which Python finds the probe instead of the bot."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").touch()
    (tmp_path / "bot" / "__main__.py").write_text(PROBE)
    return tmp_path


class Launched:
    """A process of `sandbox.launch`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def forward(self, hours: float) -> str:
        """Set the process's clock forward and return its answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{hours * 3600:g}\n".encode())
        return (await self.process.stdout.readline()).decode()

    async def said(self) -> str:
        """Return the next line that the probe writes."""
        assert self.process.stderr
        async with asyncio.timeout(PATIENCE):
            return (await self.process.stderr.readline()).decode().strip()

    async def ended(self) -> int:
        """Close the process's input, wait for its end and return its exit status."""
        assert self.process.stdin
        self.process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()


@contextlib.asynccontextmanager
async def launched(folder: Path, *arguments: str) -> AsyncIterator[Launched]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.launch", *arguments),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Launched(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_time_goes_forward_for_clocks_timers_and_every_loop(folder: Path) -> None:
    async with launched(folder, "run") as bot:
        for before, after in (
            ("ready run", "slept 1"),
            ("waiting", "timed out 2"),
            ("in another loop", "slept there 3"),
        ):
            assert await bot.said() == before
            assert await bot.forward(1) == "3600\n"
            assert await bot.said() == after


async def test_small_steps_add_up(folder: Path) -> None:
    async with launched(folder) as bot:
        assert await bot.said() == "ready"
        for _ in range(10):
            assert await bot.forward(0.1) == "360\n"
        assert await bot.said() == "slept 1"


async def test_a_process_ends_if_its_sandbox_is_gone_before_it_has_started(folder: Path) -> None:
    async with launched(folder, "run") as bot:
        assert await bot.ended() == -signal.SIGTERM


async def test_a_process_ends_when_its_sandbox_is_gone(folder: Path) -> None:
    async with launched(folder, "run") as bot:
        assert await bot.said() == "ready run"
        assert await bot.ended() == -signal.SIGTERM
