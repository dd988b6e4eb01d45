"""What is done from time to time: taking up what was left lying, dropping what is long done."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from bot.work.errands import Errands

EVERY_SECONDS = 60.0
# How long finished work stays in the engine's tables; the records keep what it did.
KEPT = timedelta(days=30)
# How long a form that was filled in and not sent can be had back.
DRAFTS_KEPT = timedelta(days=1)
# An accepted submission that the engine has not heard of by then was left by a dead process.
LEFT_AFTER = timedelta(minutes=1)

Duty = Callable[[], Coroutine[Any, Any, None]]


async def keep_order(errands: Errands, *duties: Duty) -> None:
    """Start every duty each minute, as errands: one that fails is logged and starts again."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for duty in duties:
            errands.start(duty())
