"""Processes that begin where the bot's imports ended.

Most of a start is imports. A server that has done them forks every process from itself: one of its
own, with a memory, files and signals of its own, begun in a third of the time.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_context = get_context("forkserver")
_context.set_forkserver_preload(["bot.__main__", "bot.check", "bot.logs", "bot.serve", __name__])


def campaign_bot(*arguments: str) -> None:
    """Be the command line, as an operator calls it."""
    from bot.__main__ import main  # noqa: PLC0415 # for the forked process alone

    sys.argv = ["campaign-bot", *arguments]
    main()


def hurried_bot(*arguments: str) -> None:
    """Be the command line, and look at once, not after seconds, for what is not known."""
    from bot.work import job  # noqa: PLC0415 # as above

    job.LOOKS = (0.0, 0.1, 0.2)
    campaign_bot(*arguments)


def bot_of_quick_reviews(*arguments: str) -> None:
    """Be the command line, and wait a second at most for what a review wants to know."""
    from bot.work import preflight  # noqa: PLC0415 # as above

    preflight.SECONDS = 1.0
    campaign_bot(*arguments)


def script(text: str) -> None:
    """Be a test's own program."""
    exec(text, {})  # noqa: S102 # what the test wrote


class Process:
    """One that does `be`, with nothing set but `env`."""

    def __init__(
        self, be: Callable[..., None], *arguments: str, folder: Path, env: Mapping[str, str]
    ) -> None:
        self._output, theirs = _context.Pipe(duplex=False)
        asked = (be, arguments, folder, dict(env), theirs)
        self._process: ForkServerProcess = _context.Process(target=_run, args=asked)
        self._process.start()
        theirs.close()
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._note_end)

    @property
    def returncode(self) -> int | None:
        """Its status, negative for the signal that ended it; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if self.returncode is None and self._process.pid:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it on the spot."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> None:
        """Return when it has ended."""
        await self._ended.wait()

    async def output(self) -> str:
        """Wait for its end; everything it wrote."""
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        with self._output, os.fdopen(os.dup(self._output.fileno()), "rb") as pipe:
            await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
            written = await reader.read()
        await self.wait()
        return written.decode()

    def _note_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._ended.set()


def _run(
    be: Callable[..., None],
    arguments: tuple[str, ...],
    folder: Path,
    env: dict[str, str],
    output: Connection,
) -> None:
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    output.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    be(*arguments)
