"""Runs the bot over HTTP, or over Socket Mode with HTTP only for health checks."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from typing import Any, cast

import structlog
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.app import background_tasks, build_listeners, build_web, open_services, slack_client
from bot.outages import Outage
from bot.readiness import Readiness
from bot.records import DatabaseAway
from bot.settings import Settings
from bot.slack import Identity, NoAnswer, RateLimited, ServerFault, SlackClient, Unreachable
from handlers.incoming.gate import Gate
from handlers.incoming.sockets import SocketMode
from handlers.services import Services

log = structlog.get_logger()

# Slack renews a connection every few hours; with only one, requests would fail in that gap.
SOCKETS = 2
CLOSE_SECONDS = 3
# How long to wait before another start, while the database or Slack is away.
PAUSE_SECONDS = 2.0
_SLACK_AWAY = (Unreachable, RateLimited, ServerFault, NoAnswer)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT, then finish or persist the accepted work.

    Raises:
        LeaseTaken, DatabaseFault, SlackError, OSError: the bot cannot start.
    """
    async with slack_client(settings) as slack:
        bot = Bot(settings, slack)
        web = build_web(bot.gate, settings, bot.readiness.faults)
        server = _http_server(web, settings)
        running = asyncio.create_task(bot.run())
        running.add_done_callback(lambda _: setattr(server, "should_exit", True))
        try:
            await server.serve()
        finally:
            log.info("bot.stopping")
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running


class Bot:
    """The bot behind its HTTP server, which answers already while the bot starts."""

    def __init__(self, settings: Settings, slack: SlackClient) -> None:
        self._settings, self._slack, self._tasks = settings, slack, background_tasks()
        self._outage_of_database, self._outage_of_slack = Outage("database"), Outage("Slack")
        self.gate, self.readiness = Gate(slack, self._tasks), Readiness()

    async def run(self) -> None:
        """Start the services, and run them until this is cancelled.

        Raises:
            LeaseTaken, DatabaseFault, SlackError, OSError: the bot cannot start.
        """
        async with contextlib.AsyncExitStack() as stack:
            services, identity = await self._start_services(stack)
            self.gate.open(build_listeners(self._settings, services, identity), services)
            # Not earlier: Slack divides requests among the connections of all processes.
            sockets = _sockets(self.gate, self._slack, self._settings.slack_app_token)
            self.readiness.sockets = await stack.enter_async_context(sockets)
            self.readiness.records = services.records
            connections = len(self.readiness.sockets)
            place = {"host": self._settings.host, "port": self._settings.port}
            log.info("bot.started", sockets=connections, **place)
            await asyncio.Event().wait()

    async def _start_services(self, stack: contextlib.AsyncExitStack) -> tuple[Services, Identity]:
        """Start the services, as soon as the database and Slack answer."""
        while True:
            services = open_services(
                self._settings, self._slack, self._tasks, self._outage_of_database
            )
            try:
                started = await stack.enter_async_context(services)
            except DatabaseAway:
                self.readiness.starting = "the database does not answer"
                await asyncio.sleep(PAUSE_SECONDS)
            except _SLACK_AWAY as error:
                self._outage_of_slack.failed(error.reason)
                self.readiness.starting = "Slack does not answer"
                pause = error.retry_after if isinstance(error, RateLimited) else PAUSE_SECONDS
                await asyncio.sleep(pause)
            else:
                self._outage_of_slack.over()
                return started


def _http_server(web: Starlette, settings: Settings) -> uvicorn.Server:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises the signal again after closing. By default that would end the process
        # before the accepted work is finished or persisted.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, log.info, "bot.signal")
    config = uvicorn.Config(
        cast("Any", web),  # uvicorn types each ASGI event, Starlette uses mappings
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=CLOSE_SECONDS,
    )
    return uvicorn.Server(config)


@contextlib.asynccontextmanager
async def _sockets(
    gate: Gate, slack: SlackClient, token: SecretStr | None
) -> AsyncIterator[list[SocketMode]]:
    tokens = [token.get_secret_value()] * SOCKETS if token else []
    sockets = [SocketMode(gate, slack, each) for each in tokens]
    for socket in sockets:
        await socket.connect()
    try:
        yield sockets
    finally:
        for socket in sockets:
            await socket.close()
