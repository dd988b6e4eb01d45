"""One budget of Kore.ai calls for all processes, under the account's sixty a minute.

Source: docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai.
"""

from asyncio import sleep
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

import structlog

from bot.records import Records

log = structlog.get_logger()

# What is left to calls that nobody waits for, so that people find room.
BACKGROUND_SHARE = 0.6
# Waits shorter than this are not worth a word.
NOTICED_SECONDS = 2.0

# Who is to be told, once, when a call has to wait until a moment.
on_wait: ContextVar[Callable[[datetime], Awaitable[None]] | None] = ContextVar(
    "on_wait", default=None
)


class RateLimiter:
    """Lets so many of an account's calls through in any sixty seconds, over all processes.

    Several on one account count the same calls, each up to its own limit.
    """

    def __init__(self, records: Records, account: str, per_minute: int) -> None:
        self._records = records
        self._account = account
        self._per_minute = per_minute

    async def turn(self, awaited: bool) -> None:  # noqa: FBT001 # as `bot.kore.rate_limit.Turn` has it
        """Return when a call may be made; whoever waits for it is told if that takes long."""
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
