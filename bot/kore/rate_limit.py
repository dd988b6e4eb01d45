"""The pace of calls: each waits for its turn, and what people wait for goes first."""

import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar

# Called before each request, with whether a person waits for it; returns when it may be sent.
Turn = Callable[[bool], Awaitable[None]]

_awaited: ContextVar[bool] = ContextVar("awaited", default=True)
_reserved: ContextVar[bool] = ContextVar("reserved", default=False)


async def no_limit(_awaited: bool) -> None:  # noqa: FBT001 # as `Turn` is called
    """Every request may be sent at once."""


async def reserve(turn: Turn) -> None:
    """Wait for a turn now; the next write of this task goes out without.

    What is read in between waits for turns of its own, so that a write can be checked last.
    """
    await turn(is_awaited())
    _reserved.set(True)


async def wait_for(turn: Turn, *, reads: bool) -> None:
    """Wait for a turn, unless this task has reserved one and does not only read."""
    if _reserved.get() and not reads:
        _reserved.set(False)
    else:
        await turn(is_awaited())


def is_awaited() -> bool:
    """Whether a person waits for what is now being asked."""
    return _awaited.get()


@contextlib.contextmanager
def in_background() -> Iterator[None]:
    """What is asked inside can wait for what people ask."""
    token = _awaited.set(False)
    try:
        yield
    finally:
        _awaited.reset(token)
