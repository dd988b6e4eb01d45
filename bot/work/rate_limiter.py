"""Limits Kore.ai calls of all processes together, below the account's sixty per minute.

Source: docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai.
"""

from asyncio import sleep
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

import structlog

from bot.records import Records

log = structlog.get_logger()

# Share of the limit for background calls, so that calls people wait for are not held up.
BACKGROUND_SHARE = 0.6
# Shorter waits are not announced.
NOTICED_SECONDS = 2.0

# Callback to announce, once, until when a call has to wait.
on_wait: ContextVar[Callable[[datetime], Awaitable[None]] | None] = ContextVar(
    "on_wait", default=None
)


class RateLimiter:
    """Limits an account's calls to `per_minute` in any sixty seconds, across all processes.

    Limiters of the same account count the same calls, each against its own limit.
    """

    def __init__(self, records: Records, account: str, per_minute: int) -> None:
        self._records = records
        self._account = account
        self._per_minute = per_minute

    async def turn(self, awaited: bool) -> None:  # noqa: FBT001 # as `bot.kore.rate_limit.Turn` has it
        """Wait until a call may be made. If `awaited`, announce a long wait with `on_wait`."""
        share = 1.0 if awaited else BACKGROUND_SHARE
        limit = max(1, int(self._per_minute * share))
        while seconds := await self._records.take_call(self._account, limit):
            log.info("kore.waiting", seconds=round(seconds, 1), awaited=awaited)
            if awaited and seconds > NOTICED_SECONDS:
                await _tell(datetime.now(UTC) + timedelta(seconds=seconds))
            await sleep(seconds)


async def _tell(until: datetime) -> None:
    if tell := on_wait.get():
        on_wait.set(None)
        await tell(until)
