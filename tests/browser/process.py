"""Run the sandbox as a person does, in its own process."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 90.0


@contextlib.asynccontextmanager
async def running_sandbox(folder: Path) -> AsyncIterator[str]:
    """Run a new sandbox during the block and give its page's address; its files go to `folder`.

    Raises:
        TimeoutError: the sandbox does not print its address within a minute.
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
        # Kill the bot too, which the sandbox started; after SIGTERM it would first finish its work.
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://[\d.:]+", line)
    assert found, f"the sandbox began with {line!r}"
    return found[0]
