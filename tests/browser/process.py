"""The sandbox as a person starts it: a process of its own."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0


@contextlib.asynccontextmanager
async def running_sandbox(folder: Path) -> AsyncIterator[str]:
    """A new sandbox, up while the block runs; the address of its page. It keeps to `folder`.

    Raises:
        TimeoutError: it does not say its address within a minute.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--port", "0"),
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield await asyncio.wait_for(_address(process), START_SECONDS)
    finally:
        # With the bot, which it started: on a gentler word that would end its work first.
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://[\d.:]+", line)
    assert found, f"the sandbox began with {line!r}"
    return found[0]
