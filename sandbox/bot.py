"""Starts and stops the bot's process for the sandbox.

The bot gets only addresses and secrets, so it runs exactly as an operator runs it.
"""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
from rich.console import Console

from sandbox.server import LOOPBACK, listen

# After so many seconds without an answer, and again each time, say what the bot is doing.
TELL_SECONDS = 5.0
STOP_SECONDS = 15.0
LOADING = "loads its libraries, which takes longer the first time"
CONNECTING = "opens its database and connects to Slack"
# Not among the output, of which the first line has the address.
_progress = Console(stderr=True, highlight=False, soft_wrap=True)
_ROOT = Path(__file__).parents[1]
# A real installation's variables, which must not reach the sandbox's bot.
_VARIABLES = (
    *("SLACK_", "KORE_", "CAMPAIGN_BOT_", "DATABASE_URL", "DEFAULT_REGION", "EXECUTOR_", "HOST"),
    "PORT",
)


class Bot:
    """A running bot and its address."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    async def wait_ready(self) -> None:
        """Wait until the bot can work, as long as it lives; exit with a message if it has ended.

        The first start on a slow machine may take minutes.
        """
        began = told = time.monotonic()
        doing = LOADING
        async with httpx.AsyncClient() as client:
            while self.process.returncode is None:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{self.url}/readyz")).is_success:
                        return
                    doing = CONNECTING
                if time.monotonic() - told >= TELL_SECONDS:
                    told = time.monotonic()
                    _progress.print(
                        f"The bot {doing} ({told - began:.0f} s so far). Ctrl-C stops it."
                    )
                await asyncio.sleep(0.05)
        raise SystemExit("The bot ended before it began; its last lines above say why.")

    async def forward(self, seconds: float) -> None:
        """Set the bot's clock forward, and wait until that is done."""
        process = self.process
        if process.stdin and process.stdout:
            process.stdin.write(f"{seconds}\n".encode())
            await process.stdout.readline()

    async def stop(self) -> None:
        """Terminate the bot as an operator would; kill it if that takes too long."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        except TimeoutError:
            self.process.kill()


@contextlib.asynccontextmanager
async def running_bot(folder: Path, env: Mapping[str, str]) -> AsyncIterator[Bot]:
    """Run a bot with these settings, in this folder, while the block runs."""
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
        await bot.wait_ready()
        yield bot
    finally:
        await bot.stop()


def _bare_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(_VARIABLES)}
