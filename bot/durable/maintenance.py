"""Maintenance: recovers abandoned work and prunes old records, once a minute."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from bot.background import BackgroundTasks

EVERY_SECONDS = 60.0
# How long finished work stays in the engine's tables; the records keep what it did.
WORKFLOWS_KEPT = timedelta(days=30)
# How long a form that was filled in and not sent can be had back.
DRAFTS_KEPT = timedelta(days=1)
# A submission that the engine has not heard of by then was left by a dead process.
ABANDONED_AFTER = timedelta(minutes=1)

Duty = Callable[[], Coroutine[Any, Any, None]]


async def run_maintenance(tasks: BackgroundTasks, *duties: Duty) -> None:
    """Start every duty each minute, as a background task of its own."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for duty in duties:
            tasks.start(duty())
