"""Decides which requests may be repeated, and after how long.

Kore.ai has no idempotency key, so a write is repeated only if it provably was not carried out.
"""

import random
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

import structlog

from bot.kore.endpoints import ENDPOINTS
from bot.kore.errors import (
    InvalidResponse,
    KoreError,
    NoAnswer,
    RateLimited,
    ServerFault,
    Unreachable,
)

ATTEMPTS = 3
DELAY_SECONDS = 0.5
# No delay ends later than this after the first attempt. Callers must plan longer waits themselves.
LONGEST_DELAY_SECONDS = 30.0

Pause = Callable[[float], Awaitable[None]]
Answer = TypeVar("Answer")


async def repeating(send: Callable[[int], Awaitable[Answer]], pause: Pause) -> Answer:
    """Call `send` with the attempt's number, from 1 to at most 3, and return its result.

    Raises:
        KoreError: the error of the last attempt.
    """
    attempt, began = 1, monotonic()
    while True:
        try:
            return await send(attempt)
        except KoreError as error:
            delay = _delay(error, attempt)
            late = monotonic() - began + delay > LONGEST_DELAY_SECONDS
            if attempt == ATTEMPTS or late or not may_repeat(error):
                raise
            structlog.get_logger().info(
                "kore.repeating", operation=error.operation.value, attempt=attempt, delay=delay
            )
        await pause(delay)
        attempt += 1


def may_repeat(error: KoreError) -> bool:
    """Return whether the request may be sent again after this error."""
    match error:
        case Unreachable() | RateLimited():
            return True
        case NoAnswer() | ServerFault() | InvalidResponse():
            return ENDPOINTS[error.operation].reads
        case _:
            return False


def _delay(error: KoreError, attempt: int) -> float:
    """Return the seconds before the next attempt: doubling, with jitter, at least Retry-After."""
    asked = error.retry_after if isinstance(error, RateLimited) else None
    longest: float = DELAY_SECONDS * 2**attempt
    usual = random.uniform(longest / 2, longest)  # noqa: S311 # jitter, not a secret
    return max(usual, asked or 0.0)
