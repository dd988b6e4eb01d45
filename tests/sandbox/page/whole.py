"""Run `campaign-bot sandbox` as a person does, in its own process."""

import asyncio
import contextlib
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.sandbox.page.browser import Browser

ROOT = Path(__file__).parents[3]
START_SECONDS = 90.0
END_SECONDS = 20.0
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Ended:
    """The exit status of the sandbox, and the output of it and its bot."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A started sandbox; `url` is its page's, and its folder is in `temporary`."""

    process: asyncio.subprocess.Process
    temporary: Path
    url: str

    @property
    def folders(self) -> list[str]:
        return [each.name for each in self.temporary.iterdir()]

    @property
    def settings(self) -> list[Path]:
        """The bot's settings file, which is written just before the bot is started."""
        return list(self.temporary.glob("*/campaign-bot.toml"))

    def interrupt(self) -> None:
        """Press Ctrl-C: a terminal sends the signal to all its processes."""
        os.killpg(self.process.pid, signal.SIGINT)

    async def ended(self) -> Ended:
        """Wait until the sandbox and every process that it started have ended."""
        async with asyncio.timeout(END_SECONDS):
            # The bot inherits standard error, which stays open until both have ended.
            out, err = await self.process.communicate()
        return Ended(self.process.returncode or 0, out.decode(), err.decode())


async def start(temporary: Path, *arguments: str) -> asyncio.subprocess.Process:
    """Start `campaign-bot sandbox` in its own process group."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", *arguments),
        cwd=temporary,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )


@contextlib.asynccontextmanager
async def whole_sandbox(temporary: Path, *arguments: str) -> AsyncIterator[Whole]:
    """Run a sandbox whose page already answers, and kill it after the block if it still runs."""
    process = await start(temporary, "--port", "0", *arguments)
    try:
        yield Whole(process, temporary, await _page_url(process))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


async def _page_url(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    assert process.stderr
    async with asyncio.timeout(START_SECONDS):
        line = (await process.stdout.readline()).decode()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, f"{line}{(await process.stderr.read()).decode()}"
    return found[0]


async def wait_shown(browser: Browser, words: str, **more: str) -> None:
    """Wait until the page shows these words, by the same requests as its script.

    Raises:
        TimeoutError: the page does not show them within half a minute.
    """
    async with asyncio.timeout(PATIENCE):
        await browser.look(**more)
        while words not in browser.words:
            known = browser.html.split('data-version="')[1].split('"')[0]
            asked = {**browser.whereabouts, **more, "known": known}
            await browser.http.get("/version", params=asked, timeout=PATIENCE)
            await browser.look(**more)
