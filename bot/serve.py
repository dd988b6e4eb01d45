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

from bot.app import build_gate, build_web, open_services
from bot.settings import Settings
from bot.slack import SlackClient
from handlers.incoming.gate import Gate
from handlers.incoming.sockets import SocketMode

log = structlog.get_logger()

# Slack renews a connection every few hours; with only one, requests would fail in that gap.
SOCKETS = 2
CLOSE_SECONDS = 3


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT, then finish or persist the accepted work.

    Raises:
        LeaseTaken, DatabaseFault, SlackError, OSError: the bot cannot start.
    """
    async with open_services(settings) as (services, identity):
        gate = build_gate(settings, services, identity)
        async with _sockets(gate, services.slack, settings.slack_app_token) as sockets:
            web = build_web(gate, settings, services.records, sockets)
            log.info("bot.started", sockets=len(sockets), host=settings.host, port=settings.port)
            await _serve_http(web, settings)
        log.info("bot.stopping")


async def _serve_http(web: Starlette, settings: Settings) -> None:
    config = uvicorn.Config(
        cast("Any", web),  # uvicorn types each ASGI event, Starlette uses mappings
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=CLOSE_SECONDS,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises the signal again after closing. By default that would end the process
        # before the accepted work is finished or persisted.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, log.info, "bot.signal")
    await uvicorn.Server(config).serve()


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
