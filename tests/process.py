"""Run the bot as an operator does, in its own process, with pretend services."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import httpx

from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.server import LOOPBACK, listen, serving
from sandbox.slack import PretendSlack
from tests.secrets import leaks
from tests.warm import Process, campaign_bot
from tests.world import SECRETS, pretend_kore, pretend_slack

START_SECONDS = 90.0
# The environment variables that the bot gets from the tests.
KEPT = ("PATH", "HOME", "SSL_CERT_DIR")


@dataclass(frozen=True, slots=True)
class Finished:
    """The exit status and output of a command."""

    status: int
    output: str


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder and settings for a bot, and the pretend services it uses."""

    slack: PretendSlack
    kore: PretendKore
    folder: Path
    env: Mapping[str, str]
    bot: Callable[..., None] = campaign_bot

    def with_settings(self, **changes: str) -> Self:
        """Return the same installation with some variables changed."""
        return replace(self, env={**self.env, **changes})

    async def command(self, *arguments: str, **changes: str | None) -> Finished:
        """Run `campaign-bot` to its end, with some variables changed or, if None, unset."""
        process = self._start(*arguments, **changes)
        output = await asyncio.wait_for(process.output(), START_SECONDS)
        return Finished(process.returncode or 0, output)

    @contextlib.asynccontextmanager
    async def running(self, **changes: str | None) -> AsyncIterator["Running"]:
        """Run a bot during the block, once it is ready; kill it afterwards if it still runs."""
        async with self.starting(**changes) as running:
            await running.wait_ready()
            self.slack.deliver_to(f"{running.url}/slack/events")
            yield running
            assert self.slack.complaints == []

    @contextlib.asynccontextmanager
    async def starting(self, **changes: str | None) -> AsyncIterator["Running"]:
        """Start the bot without waiting for it, and kill it after the block if it still runs."""
        with contextlib.closing(listen()) as free:
            port = free.getsockname()[1]
        process = self._start("run", PORT=str(port), **changes)
        running = Running(process, f"http://{LOOPBACK}:{port}")
        try:
            yield running
        finally:
            if process.returncode is None:
                process.kill()
            await running.end()

    def _start(self, *arguments: str, **changes: str | None) -> Process:
        env = {**self.env, **changes}
        kept = {name: value for name, value in env.items() if value is not None}
        return Process(self.bot, *arguments, folder=self.folder, env=kept)


class Running:
    """A running bot."""

    def __init__(self, process: Process, url: str) -> None:
        self.process = process
        self.url = url
        self._output = asyncio.create_task(process.output())

    async def wait_ready(self) -> None:
        """Wait until the bot can work."""
        await self.wait_faults()

    async def wait_faults(self, *expected: str) -> None:
        """Wait until the bot reports exactly these faults, or none."""
        ready: object = {"faults": list(expected)}
        async with httpx.AsyncClient() as client, asyncio.timeout(START_SECONDS):
            while self.process.returncode is None:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{self.url}/readyz")).json() == ready:
                        return
                await asyncio.sleep(0.02)
        raise AssertionError(await self.end())

    async def end(self) -> str:
        """Wait until the bot ends and return everything it wrote."""
        output = await self._output
        assert leaks(output) == []
        return output


@contextlib.asynccontextmanager
async def installation(
    folder: Path, *, bot: Callable[..., None] = campaign_bot
) -> AsyncIterator[Installation]:
    """Run pretend services and give an installation in `folder` that uses them."""
    clock = Clock()
    slack, kore = pretend_slack(clock), pretend_kore(clock)
    async with slack.running() as slack_url, serving(kore.app, listen()) as kore_url:
        bare = {name: os.environ[name] for name in KEPT if name in os.environ}
        wiring = {
            "SLACK_API_URL": f"{slack_url}/api/",
            "KORE_HOST": kore_url,
            "KORE_STREAM_ID": "st-sandbox",
            "KORE_ACCOUNT_ID": "acc-sandbox",
            "KORE_CLIENT_ID": "cs-sandbox",
            "KORE_CALLS_PER_MINUTE": "10000",
            "LOG_LEVEL": "DEBUG",
        }
        http_only = {name: value for name, value in SECRETS.items() if name != "SLACK_APP_TOKEN"}
        yield Installation(slack, kore, folder, bare | http_only | wiring, bot)
