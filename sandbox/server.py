"""Serving a pretend service on a loopback port."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"


def listen(port: int = 0) -> socket.socket:
    """A socket bound to loopback; port 0 takes any free one.

    Raises:
        OSError: the port is in use.
    """
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits some 40 ms.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        # A port that was just let go of; elsewhere this would take one that is in use.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((LOOPBACK, port))
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound


def base_url(bound: socket.socket) -> str:
    """The address a socket of `listen` is reached at, without a closing slash."""
    return f"http://{LOOPBACK}:{bound.getsockname()[1]}"


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, bound: socket.socket) -> AsyncIterator[str]:
    """Serve `app` on a socket of `listen` while the block runs; gives the base URL."""
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    # The process's own signal handlers stay in charge; serve() would replace them.
    serve = asyncio.create_task(server._serve([bound]))  # noqa: SLF001 # uvicorn offers no other way
    while not server.started and not serve.done():  # noqa: ASYNC110 # uvicorn has no event for it
        await asyncio.sleep(0.005)
    try:
        yield base_url(bound)
    finally:
        server.should_exit = True
        await serve
