"""Runs the sandbox for a person: both pretend services, the page and the bot."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from rich.console import Console
from starlette.types import ASGIApp

from sandbox import story
from sandbox.bot import Bot, running_bot
from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.kore.invented import add_invented
from sandbox.kore.seed import fill
from sandbox.page import Backstage, build_page
from sandbox.server import listen, serving
from sandbox.slack import PretendSlack
from sandbox.slack.manifest import project_manifest
from sandbox.story import Secrets, Story


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A bot and both pretend services, all on one clock."""

    clock: Clock
    slack: PretendSlack
    kore: PretendKore
    bot: Bot
    story: Story

    async def forward(self, by: timedelta) -> None:
        """Set all clocks forward, the bot's first, because it knows only its own clock."""
        await self.bot.forward(by.total_seconds())
        self.clock.forward(by)

    def page(self) -> ASGIApp:
        """Return the page on which a person tries the bot."""
        backstage = Backstage(self.clock, self.slack, self.kore, self.forward)
        return build_page(backstage, story.guide(self.story, self.slack.workspace, self.kore))


async def run_sandbox(port: int, campaigns: int = 0) -> None:
    """Run the sandbox until it is interrupted; serve the page on `port`, or any free one for 0.

    Kore.ai begins with that many invented campaigns.

    Raises:
        SystemExit: With a message: the port is in use, or the bot does not start.
    """
    try:
        page_socket = listen(port)
    except OSError as error:
        raise SystemExit(f"Port {port} cannot be used: {error.strerror}. Choose another.") from None
    running = asyncio.create_task(_run(page_socket, campaigns))
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _run(page_socket: socket.socket, campaigns: int) -> None:
    """Run the sandbox until the bot ends."""
    async with (
        running_sandbox(campaigns) as sandbox,
        serving(sandbox.page(), page_socket) as page_url,
    ):
        _say_what_next(page_url)
        if _has_desktop():
            webbrowser.open(page_url)
        await sandbox.bot.process.wait()


@contextlib.asynccontextmanager
async def running_sandbox(campaigns: int = 0) -> AsyncIterator[Sandbox]:
    """Run everything except the page while the block runs; nothing is kept afterwards.

    Kore.ai begins with that many invented campaigns.
    """
    given = Secrets.made_up()
    clock = Clock()
    slack, kore = _slack(clock, given), _kore(clock, given)
    add_invented(kore.state, campaigns, Random(campaigns))  # noqa: S311 # the same in each run
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-bot-")))
        slack_url = await stack.enter_async_context(slack.running())
        kore_url = await stack.enter_async_context(serving(kore.app, listen()))
        told = story.tell(slack.workspace)
        story.write_settings(folder, told, kore_url)
        settings = story.environment(given, slack_url)
        bot = await stack.enter_async_context(running_bot(folder, settings))
        slack.deliver_to(f"{bot.url}/slack/events")
        yield Sandbox(clock, slack, kore, bot, told)


def _slack(clock: Clock, given: Secrets) -> PretendSlack:
    return PretendSlack(
        clock=clock,
        bot_token=given.bot_token,
        signing_secret=given.signing_secret,
        app_token=given.app_token,
        manifest=project_manifest(),
    )


def _kore(clock: Clock, given: Secrets) -> PretendKore:
    kore = PretendKore(
        clock=clock,
        stream_id=story.STREAM_ID,
        account_id=story.ACCOUNT_ID,
        client_id=story.CLIENT_ID,
        client_secret=given.client_secret,
    )
    fill(kore.state)
    return kore


def _has_desktop() -> bool:
    """Return whether a desktop can show a browser; one in the terminal would be in the way."""
    displays = {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return sys.stdout.isatty() and (sys.platform in {"darwin", "win32"} or bool(displays))


def _say_what_next(page_url: str) -> None:
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"The sandbox runs: open [bold]{page_url}[/bold] in a browser and type /campaign.")
    out.print("Slack and Kore.ai are pretended: nobody is called, nothing leaves this machine.")
    out.print("Press Ctrl-C to stop; everything made here is then forgotten.")
