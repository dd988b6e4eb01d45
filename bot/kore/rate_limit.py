"""Paces calls: each waits for its turn, and calls that people wait for take precedence."""

import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar

# Called before each request with whether a person is waiting; returns when it may be sent.
Turn = Callable[[bool], Awaitable[None]]

_awaited: ContextVar[bool] = ContextVar("awaited", default=True)
_reserved: ContextVar[bool] = ContextVar("reserved", default=False)


async def no_limit(_awaited: bool) -> None:  # noqa: FBT001 # as `Turn` is called
    """Let every request be sent at once."""


async def reserve(turn: Turn) -> None:
    """Wait for a turn now; this task's next write then skips the wait.

    Reads in between still wait for their own turns, so a write can be checked just before it is
    sent.
    """
    await turn(is_awaited())
    _reserved.set(True)


async def wait_for(turn: Turn, *, reads: bool) -> None:
    """Wait for a turn, unless this is a write and the task has reserved one."""
    if _reserved.get() and not reads:
        _reserved.set(False)
    else:
        await turn(is_awaited())


def is_awaited() -> bool:
    """Return whether a person is waiting for the current request."""
    return _awaited.get()


@contextlib.contextmanager
def in_background() -> Iterator[None]:
    """Mark requests inside the block as background work, which yields to people's requests."""
    token = _awaited.set(False)
    try:
        yield
    finally:
        _awaited.reset(token)
