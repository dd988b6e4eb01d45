"""The sandbox as a person starts it: both pretend services, the page, and the bot beside them.

The bot is a process of its own, as in real life: it is told addresses and secrets, and nothing of
this package.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from rich.console import Console

from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.kore.seed import fill
from sandbox.page import Hint, build_page
from sandbox.server import LOOPBACK, listen, serving
from sandbox.slack import PretendSlack, project_manifest

START_SECONDS = 30.0
STOP_SECONDS = 15.0
_ROOT = Path(__file__).parents[1]
# Variables of a real installation that must not reach the pretend one.
_BOT_VARIABLES = ("SLACK_", "KORE_", "CAMPAIGN_BOT_", "DATABASE_URL", "HOST", "PORT", "LOG_")


async def run_sandbox(port: int) -> None:
    """Run everything until interrupted; the page is served on `port`, 0 for any free one.

    Raises:
        SystemExit: with a sentence, if the port is in use or the bot does not start.
    """
    try:
        page_socket = listen(port)
    except OSError as error:
        raise SystemExit(f"Port {port} cannot be used: {error.strerror}. Choose another.") from None
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    env = _credentials()
    slack, kore = _pretend(env)
    async with (
        slack.running() as slack_url,
        serving(kore.app, listen()) as kore_url,
        _bot(env | _wiring(slack_url, kore_url)) as bot,
        serving(build_page(slack, _hints(kore)), page_socket) as page_url,
    ):
        slack.deliver_to(f"{bot.url}/slack/events")
        _say_what_next(page_url)
        await bot.ended_or(stopped)


class Bot:
    """The bot's process, and where it listens."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self._process = process
        self.url = url

    async def wait_healthy(self) -> None:
        """Return once it answers; end with a sentence if it does not."""
        async with httpx.AsyncClient() as client, asyncio.timeout(START_SECONDS):
            while self._process.returncode is None:
                with contextlib.suppress(httpx.TransportError):
                    await client.get(f"{self.url}/healthz")
                    return
                await asyncio.sleep(0.05)
        raise SystemExit("The bot ended before it began; its last lines above say why.")

    async def ended_or(self, stopped: asyncio.Event) -> None:
        """Return when the bot has ended or the sandbox is to stop."""
        waits = [asyncio.create_task(self._process.wait()), asyncio.create_task(stopped.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def stop(self) -> None:
        """End it as an operator would, and by force if it does not listen."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()


@contextlib.asynccontextmanager
async def _bot(env: dict[str, str]) -> AsyncIterator[Bot]:
    with tempfile.TemporaryDirectory(prefix="campaign-bot-") as folder:
        free = listen()
        bot_port = free.getsockname()[1]
        free.close()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=_clean_environment() | env | {"PORT": str(bot_port), "PYTHONPATH": str(_ROOT)},
        )
        bot = Bot(process, f"http://{LOOPBACK}:{bot_port}")
        try:
            await bot.wait_healthy()
            yield bot
        finally:
            await bot.stop()


def _credentials() -> dict[str, str]:
    """Secrets made up for this run."""
    return {
        "SLACK_BOT_TOKEN": f"xoxb-{secrets.token_hex(16)}",
        "SLACK_SIGNING_SECRET": secrets.token_hex(16),
        "KORE_STREAM_ID": "st-sandbox",
        "KORE_ACCOUNT_ID": "sandbox-account",
        "KORE_CLIENT_ID": "cs-sandbox",
        "KORE_CLIENT_SECRET": secrets.token_hex(32),
    }


def _pretend(env: dict[str, str]) -> tuple[PretendSlack, PretendKore]:
    clock = Clock()
    slack = PretendSlack(
        clock=clock,
        bot_token=env["SLACK_BOT_TOKEN"],
        signing_secret=env["SLACK_SIGNING_SECRET"],
        app_token=f"xapp-{secrets.token_hex(16)}",
        manifest=project_manifest(),
    )
    kore = PretendKore(
        clock=clock,
        stream_id=env["KORE_STREAM_ID"],
        account_id=env["KORE_ACCOUNT_ID"],
        client_id=env["KORE_CLIENT_ID"],
        client_secret=env["KORE_CLIENT_SECRET"],
    )
    fill(kore.state)
    return slack, kore


def _wiring(slack_url: str, kore_url: str) -> dict[str, str]:
    return {"SLACK_API_URL": f"{slack_url}/api/", "KORE_HOST": kore_url, "LOG_LEVEL": "WARNING"}


def _clean_environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith(_BOT_VARIABLES)
    }


def _hints(kore: PretendKore) -> list[Hint]:
    """The names that the pretend account knows."""
    state = kore.state
    return [
        Hint("Contact lists", tuple(each.name for each in state.contact_lists.values())),
        Hint("DNC lists", tuple(state.dnc_lists)),
        Hint("Queues", tuple(state.queues)),
        Hint("Experience flows", tuple(state.experience_flows)),
        Hint("Templates", tuple(state.sms_templates)),
        Hint("Caller IDs", tuple(state.caller_ids)),
    ]


def _say_what_next(page_url: str) -> None:
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"The sandbox runs. Open [bold]{page_url}[/bold] in a browser and type /campaign.")
    out.print("Slack and Kore.ai are pretended: nobody is called, nothing leaves this machine.")
    out.print("Press Ctrl-C to stop; everything made here is then forgotten.")
