"""Start bot processes quickly, with all imports already done.

Imports are most of the start-up time. A fork server does them once and forks each process from
itself. The new process has its own memory, files and signals, and starts in a third of the time.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import time_machine

_context = get_context("forkserver")
_context.set_forkserver_preload(["bot.__main__", "bot.check", "bot.logs", "bot.serve", __name__])


def campaign_bot(*arguments: str) -> None:
    """Run the command line as an operator does."""
    from bot.__main__ import main  # noqa: PLC0415 # only in the forked process

    sys.argv = ["campaign-bot", *arguments]
    main()


def hurried_bot(*arguments: str) -> None:
    """Run the command line with almost no wait before it looks for an unknown outcome."""
    from bot.work import job  # noqa: PLC0415 # as above

    job.LOOKS = (0.0, 0.1, 0.2)
    job.LATEST_SECONDS = 0.0
    campaign_bot(*arguments)


def quiet_bot(*arguments: str) -> None:
    """Run the command line so that it also asks Kore.ai nothing by itself."""
    from bot.catalog import Reader  # noqa: PLC0415 # as above

    def start(_: Reader) -> None:
        """Read nothing."""

    Reader.start = start  # type: ignore[method-assign, assignment] # in this process
    hurried_bot(*arguments)


def bot_of_short_leases(*arguments: str) -> None:
    """Run the command line with calls to Kore.ai so short that a lease may take a few seconds."""
    from bot import settings  # noqa: PLC0415 # as above
    from bot.kore import calls, transport  # noqa: PLC0415 # as above

    settings.SHORTEST_LEASE_SECONDS = 1
    transport.LONGEST_CALL_SECONDS = 2.0
    calls.LONGEST_CALL_SECONDS = 2.0  # type: ignore[attr-defined] # imported there
    hurried_bot(*arguments)


def bot_stopped_before_sending(*arguments: str) -> None:
    """Run the command line until it has marked a submission as being sent; then SIGSTOP it."""
    from bot.records import Records, State  # noqa: PLC0415 # as above

    usual = Records.mark

    async def mark(*marked: object, **details: object) -> None:
        await usual(*marked, **details)  # type: ignore[arg-type] # as it was called
        if State.SENDING in marked:
            os.kill(os.getpid(), signal.SIGSTOP)

    Records.mark = mark  # type: ignore[method-assign] # in this process
    bot_of_short_leases(*arguments)


def bot_of_quick_reviews(*arguments: str) -> None:
    """Run the command line with a limit of one second for the checks of a review."""
    from bot.work import questions  # noqa: PLC0415 # as above

    questions.SECONDS = 1.0
    campaign_bot(*arguments)


def bot_of_quick_readings(*arguments: str) -> None:
    """Run the command line so that it reads Kore.ai's lists almost all the time."""
    from bot.catalog import reader  # noqa: PLC0415 # as above

    for each in reader.PAUSES:
        reader.PAUSES[each] = timedelta(seconds=0.5)
    reader.AGAIN = reader.AFTER_FAILURE = timedelta(seconds=0.2)
    campaign_bot(*arguments)


def bot_off_time(*arguments: str) -> None:
    """Run the command line with a clock that is wrong by the seconds in OFF_BY.

    If a lease is set, it is a short one.
    """
    run = bot_of_short_leases if "EXECUTOR_LEASE_SECONDS" in os.environ else campaign_bot
    now = time.time() + float(os.environ.pop("OFF_BY", "0"))
    with time_machine.travel(now):
        run(*arguments)


def script(text: str) -> None:
    """Run a program that a test provides."""
    exec(text, {})  # noqa: S102 # the text is the test's own


class Process:
    """A process that calls `be`, with only the variables in `env` set."""

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
        """The exit status: negative if a signal ended the process, None while it runs."""
        return self._process.exitcode

    @property
    def pid(self) -> int:
        """The process's ID."""
        return self._process.pid or 0

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal if the process still runs."""
        if self.returncode is None and self.pid:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> None:
        """Wait until the process has ended."""
        await self._ended.wait()

    async def output(self) -> str:
        """Wait until the process ends and return everything it wrote."""
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
