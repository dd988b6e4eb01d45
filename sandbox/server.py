"""Serves a pretend service on a loopback port."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


def listen(port: int = 0) -> socket.socket:
    """Return a socket bound to loopback; port 0 takes any free port.

    Raises:
        OSError: The port is in use.
    """
    # Without IPPROTO_TCP, asyncio keeps Nagle's algorithm on and every answer takes some 40 ms.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        # Allows a port that was just released; on Windows it would take a port in use.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((LOOPBACK, port))
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound


def base_url(bound: socket.socket) -> str:
    """Return the base URL of a socket from `listen`, without a trailing slash."""
    return f"http://{LOOPBACK}:{bound.getsockname()[1]}"


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, bound: socket.socket) -> AsyncIterator[str]:
    """Serve `app` on a socket from `listen` while the block runs; yield the base URL."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    # serve() would replace the process's own signal handlers.
    serve = asyncio.create_task(server._serve([bound]))  # noqa: SLF001 # uvicorn offers no other way
    while not server.started and not serve.done():  # noqa: ASYNC110 # uvicorn has no event for it
        await asyncio.sleep(0.005)
    try:
        yield base_url(bound)
    finally:
        server.should_exit = True
        await serve
