"""Recovers abandoned work and prunes old records."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from bot.background import BackgroundTasks
from bot.records import DatabaseFault

EVERY_SECONDS = 60.0
# How long finished workflows stay in the engine's tables; the records keep the results.
WORKFLOWS_KEPT = timedelta(days=30)
# How long a filled form that was not submitted can be reopened.
DRAFTS_KEPT = timedelta(days=1)
# How long finished submissions stay, for Home and for questions. The audit is kept for ever.
RECORDS_KEPT = timedelta(days=400)
# A submission still unknown to the engine after this time was left by a dead process.
ABANDONED_AFTER = timedelta(minutes=1)

Duty = Callable[[], Coroutine[Any, Any, None]]


async def run_maintenance(tasks: BackgroundTasks, *duties: Duty) -> None:
    """Start every duty each minute as a separate background task."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for duty in duties:
            tasks.start(_fulfilled(duty))


async def _fulfilled(duty: Duty) -> None:
    """Fulfill a duty, or leave it to the next minute if the database fails, which is logged."""
    with contextlib.suppress(DatabaseFault):
        await duty()
