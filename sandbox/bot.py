"""The bot's process, as the sandbox starts and ends it.

It is told addresses and secrets, and nothing of this package: the bot is the one an operator runs.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx

from sandbox.server import LOOPBACK, listen

START_SECONDS = 30.0
STOP_SECONDS = 15.0
_ROOT = Path(__file__).parents[1]
# Variables of a real installation that must not reach the pretend one.
_VARIABLES = ("SLACK_", "KORE_", "CAMPAIGN_BOT_", "DATABASE_URL", "EXECUTOR_", "HOST", "PORT")


class Bot:
    """A running bot, and where it listens."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    async def wait_healthy(self) -> None:
        """Return once it answers; end with a sentence if it does not."""
        try:
            async with httpx.AsyncClient() as client, asyncio.timeout(START_SECONDS):
                while self.process.returncode is None:
                    with contextlib.suppress(httpx.TransportError):
                        await client.get(f"{self.url}/healthz")
                        return
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise SystemExit("The bot did not begin; its last lines above may say why.") from None
        raise SystemExit("The bot ended before it began; its last lines above say why.")

    async def forward(self, seconds: float) -> None:
        """Set its clock forward, and return when it is."""
        process = self.process
        if process.stdin and process.stdout:
            process.stdin.write(f"{seconds}\n".encode())
            await process.stdout.readline()

    async def ended_or(self, stopped: asyncio.Event) -> None:
        """Return when the bot has ended or the sandbox is to stop."""
        waits = [asyncio.create_task(self.process.wait()), asyncio.create_task(stopped.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def stop(self) -> None:
        """End it as an operator would, and by force if it does not listen."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        except TimeoutError:
            self.process.kill()


@contextlib.asynccontextmanager
async def running_bot(folder: Path, env: Mapping[str, str]) -> AsyncIterator[Bot]:
    """A bot with these settings, in this folder, up while the block runs."""
    with contextlib.closing(listen()) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.launch", "run"),
        cwd=folder,
        env=_bare_environment() | {**env, "PORT": str(port), "PYTHONPATH": str(_ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    bot = Bot(process, f"http://{LOOPBACK}:{port}")
    try:
        await bot.wait_healthy()
        yield bot
    finally:
        await bot.stop()


def _bare_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_VARIABLES)}
