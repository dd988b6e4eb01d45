"""Run the whole bot with a pretend Slack and Kore.ai, over real HTTP and WebSockets."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from sqlalchemy import delete, insert, update

from bot.app import (
    SLACK_PATH,
    background_tasks,
    build_listeners,
    build_web,
    open_services,
    slack_client,
)
from bot.catalog.reader import LISTS
from bot.environments import KoreVariables
from bot.outages import Outage
from bot.readiness import Readiness
from bot.records import tables
from bot.settings import Settings
from handlers.incoming.gate import Gate
from handlers.incoming.sockets import SocketMode
from handlers.services import Services
from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.kore.seed import fill
from sandbox.server import listen, serving
from sandbox.slack import PretendSlack, project_manifest

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1111111111-pretend-bot-token",
    "SLACK_SIGNING_SECRET": "pretend-signing-secret-5f2c",
    "SLACK_APP_TOKEN": "xapp-1-A111-pretend-app-token",
    "KORE_CLIENT_SECRET": "pretend-client-secret-of-thirty-two-bytes",
}
PATIENCE = 20.0
# Seconds that a test waits for the work of those before it, some of which never ends by itself.
QUIET = 2.0
# How many campaigns outlast their test: the bot may still work on the latest ones.
KEPT = 40
# From these the bot would tell of what earlier tests did, and fill in what they typed.
TOLD_FROM = (
    tables.posts,
    tables.watches,
    tables.digests,
    tables.saved_forms,
    tables.last_used,
)
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class World:
    """A running bot and the pretend services it uses."""

    slack: PretendSlack
    kore: PretendKore
    services: Services
    listeners: AsyncApp
    gate: Gate
    settings: Settings
    request_url: str

    def name(self, base: str = "Spring sale") -> str:
        """Return a campaign name that no other test uses."""
        return f"{base} {next(_numbers)}"

    async def settled(self, condition: Callable[[], bool], within: float = PATIENCE) -> None:
        """Wait until a condition on the pretend services is true.

        Raises:
            TimeoutError: the condition stays false for too long.
        """
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 # other tasks make it true
                await asyncio.sleep(0.005)

    async def idle(self, within: float = PATIENCE) -> None:
        """Wait until the bot has finished all its work.

        Raises:
            TimeoutError: the bot still has work after so many seconds.
        """
        async with asyncio.timeout(within):
            await self.services.tasks.drain()
            records = self.services.records
            while (  # noqa: ASYNC110 # as `settled`
                await records.unfinished(before=datetime.now(UTC)) or await records.outbox.pending()
            ):
                await asyncio.sleep(0.005)

    async def read_account(self) -> None:
        """Let the bot read all of Kore.ai's lists, which it never does in the background here."""
        for environment, reader in self.services.readers.items():
            await self.services.records.catalog.hasten(environment, LISTS)
            while await reader.read_next():
                pass

    def forget_copy(self) -> None:
        """Let the bot know nothing of the account, as before its first start."""
        with self.services.records.engine.begin() as db:
            for table in (tables.readings, tables.campaigns, tables.contact_lists):
                db.execute(delete(table))
            rows = [{"environment": "production", "list": each} for each in LISTS]
            new = {"due_at": datetime.now(UTC), "claims": 0, "state": {}}
            db.execute(insert(tables.readings), [row | new for row in rows])

    async def quiet(self) -> None:
        """Let what earlier tests have begun come to its end, if it has one."""
        self.kore.faults.clear()
        self.slack.faults.clear()
        await self.services.records.outbox.hasten()
        with contextlib.suppress(TimeoutError):
            await self.idle(within=QUIET)

    def forget(self) -> None:
        """Remove what earlier tests left behind that could confuse or slow down the next test."""
        for journal in (self.slack.calls, self.slack.deliveries, self.kore.requests):
            journal.clear()
        for channel in self.slack.workspace.channels.values():
            channel.posts.clear()
        for person in self.slack.workspace.users:
            self.slack.state.views.clear(person)
        old = list(self.kore.state.campaigns)[:-KEPT]
        for id_ in old:
            del self.kore.state.campaigns[id_]
        for shown in self.slack.workspace.notices.values():
            shown.clear()
        with self.services.records.engine.begin() as db:
            for table in TOLD_FROM:
                db.execute(delete(table))
            db.execute(delete(tables.campaigns).where(tables.campaigns.c.id.in_(old)))
            # What cannot be delivered would keep the bot from ever being idle.
            db.execute(update(tables.outbox).values(due_at=None))

    @contextlib.asynccontextmanager
    async def sockets(self) -> AsyncIterator[None]:
        """Connect the bot by Socket Mode while the block runs."""
        socket = SocketMode(self.gate, self.services.slack, SECRETS["SLACK_APP_TOKEN"])
        await socket.connect()
        try:
            yield
        finally:
            await socket.close()
            self.slack.deliver_to(self.request_url)


async def keep_no_copy(services: Services) -> None:
    """Let the bot read Kore.ai for each question, and never in the background: for quiet tests."""
    for reader in services.readers.values():
        await reader.stop()
        while await reader.read_next():
            pass
    for catalog in services.work.catalogs.values():
        catalog.fresh = timedelta()


def settings_for(slack_url: str, kore_url: str, database: Path) -> Settings:
    """Return settings that connect a bot to pretend services."""
    wiring = {
        "SLACK_API_URL": f"{slack_url}/api/",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    named = {name.lower(): value for name, value in (SECRETS | wiring).items()}
    only = KoreVariables(
        host=kore_url,
        stream_id="st-sandbox",
        account_id="acc-sandbox",
        client_id="cs-sandbox",
        client_secret=SecretStr(SECRETS["KORE_CLIENT_SECRET"]),
        calls_per_minute=10_000,
    )
    return Settings.model_validate(named | {"environments": (only.settings(),)})


def pretend_slack(clock: Clock) -> PretendSlack:
    """Return a pretend Slack that accepts `SECRETS` and has the project's app."""
    return PretendSlack(
        clock=clock,
        bot_token=SECRETS["SLACK_BOT_TOKEN"],
        signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
        app_token=SECRETS["SLACK_APP_TOKEN"],
        manifest=project_manifest(),
    )


def pretend_kore(clock: Clock) -> PretendKore:
    """Return a fast pretend Kore.ai that accepts `SECRETS` and has no rate limit."""
    kore = PretendKore(
        clock=clock,
        stream_id="st-sandbox",
        account_id="acc-sandbox",
        client_id="cs-sandbox",
        client_secret=SECRETS["KORE_CLIENT_SECRET"],
    )
    kore.rate_limit = None
    kore.preparing_seconds = 0.5
    fill(kore.state)
    return kore


@contextlib.asynccontextmanager
async def running_world(folder: Path) -> AsyncIterator[World]:
    """Start everything, and stop it in order after the block."""
    clock = Clock()
    slack, kore = pretend_slack(clock), pretend_kore(clock)
    async with contextlib.AsyncExitStack() as stack:
        slack_url = await stack.enter_async_context(slack.running())
        kore_url = await stack.enter_async_context(serving(kore.app, listen()))
        settings = settings_for(slack_url, kore_url, folder / "bot.sqlite")
        client = await stack.enter_async_context(slack_client(settings))
        tasks = background_tasks()
        opened = open_services(settings, client, tasks, Outage("database"))
        services, identity = await stack.enter_async_context(opened)
        await keep_no_copy(services)
        gate, listeners = Gate(client, tasks), build_listeners(settings, services, identity)
        gate.open(listeners, services)
        web = build_web(gate, settings, Readiness(records=services.records).faults)
        bot_url = await stack.enter_async_context(serving(web, listen()))
        slack.deliver_to(bot_url + SLACK_PATH)
        yield World(slack, kore, services, listeners, gate, settings, bot_url + SLACK_PATH)
