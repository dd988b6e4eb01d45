"""Keeps the copy of an environment true: reads its lists in the background, a part at a time.

An idle account costs less than four calls a minute, of the sixty that everybody shares:
docs.kore.ai/ai-for-service/apis/contact-center/rate-limit-ccai.
"""

import asyncio
import contextlib
import time
from datetime import timedelta

import structlog

from bot.campaigns.values import Kind
from bot.catalog.passes import Passes
from bot.catalog.states import Latest, Lists, Moving, Part, Whole
from bot.kore import KoreClient, KoreError, RateLimited, in_background
from bot.records import DatabaseFault, Reading, Records

log = structlog.get_logger()

# How often each part is read. Of the whole list it is one page; without an end it costs nothing.
PAUSES = {
    Part.LATEST: timedelta(seconds=90),
    Part.MOVING: timedelta(seconds=120),
    Part.CONTACT_LISTS: timedelta(minutes=5),
    Part.WHOLE: timedelta(minutes=2),
    Part.PROGRESS: timedelta(seconds=20),
}
# How often what moves is read while a campaign runs or is being prepared, for each page of those;
# and how often the results of a run are looked at, for each page too.
WHILE_RUNNING = timedelta(seconds=20)
# The next page of a list that is not known yet: only the background's share of the calls limits it.
AT_ONCE = timedelta()
# A pass that missed rows because they moved is repeated.
AGAIN = timedelta(seconds=10)
# Kore.ai does not filter by status: try again, as its answer may change.
NOT_HONORED = timedelta(minutes=30)
AFTER_FAILURE = timedelta(seconds=30)
# While somebody looks at the copy, the latest changes are read that often.
HURRIED_SECONDS = 15.0
# How often to look for a reading that another process has made due.
POLL_SECONDS = 2.0

# In the order of the first readings: the whole list proves nothing until the latest are known.
LISTS = (
    *(Part.LATEST.of(kind) for kind in Kind),
    str(Part.CONTACT_LISTS),
    *(Part.WHOLE.of(kind) for kind in Kind),
    *(Part.MOVING.of(kind) for kind in Kind),
    str(Part.PROGRESS),
)


class Reader:
    """Reads the lists of one environment while it runs; of several processes, one at a time."""

    def __init__(self, kore: KoreClient, environment: str, records: Records) -> None:
        """Start nothing yet."""
        self._passes = Passes(kore, environment, records)
        self._environment = environment
        self._catalog = records.catalog
        self._news = asyncio.Event()
        self._added = False
        self._hurried_until = 0.0
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start to read."""
        self._loop = asyncio.create_task(self._run(), name=f"read {self._environment}")

    async def stop(self) -> None:
        """Stop. Another process, or the next start, continues."""
        if self._loop:
            self._loop.cancel()
            await asyncio.wait([self._loop])

    async def hurry(self) -> None:
        """Read the latest changes soon, because somebody looks at the copy."""
        if time.monotonic() < self._hurried_until:
            return
        self._hurried_until = time.monotonic() + HURRIED_SECONDS
        parts = [*(Part.LATEST.of(kind) for kind in Kind), str(Part.CONTACT_LISTS)]
        await self._catalog.hasten(self._environment, parts)
        self._news.set()

    async def _run(self) -> None:
        while True:
            self._news.clear()
            worked = False
            with contextlib.suppress(DatabaseFault):
                worked = await self.read_next()
            if not worked:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), POLL_SECONDS)

    async def read_next(self) -> bool:
        """Do the reading that is due; return False if none is, or another process does it.

        Raises:
            DatabaseFault: the database failed; the reading is repeated when its claim has run out.
        """
        if not self._added:
            await self._catalog.add(self._environment, LISTS)
            self._added = True
        reading = await self._catalog.claim(self._environment)
        if reading is None:
            return False
        state, pause = reading.state, AFTER_FAILURE
        try:
            with in_background():
                state, pause = await self._read(reading)
        except KoreError as error:
            log.warning("catalog.not_read", list=reading.list, reason=type(error).__name__)
            if isinstance(error, RateLimited) and error.retry_after:
                pause = max(pause, timedelta(seconds=error.retry_after))
        except asyncio.CancelledError:
            await self._catalog.settle(reading, state, AT_ONCE)
            raise
        except DatabaseFault:
            raise
        except Exception:
            # A fault of the bot's own with one list must not keep the others from being read.
            log.exception("catalog.failed", list=reading.list)
        await self._catalog.settle(reading, state, pause)
        return True

    async def _read(self, reading: Reading) -> tuple[dict[str, object], timedelta]:
        """Do a reading; return its new state, and the pause before the next one."""
        kind, part = _part(reading.list)
        passes, now = self._passes, reading.now
        if kind is None:
            return await self._read_for_all(part, reading)
        match part:
            case Part.LATEST:
                latest = await passes.latest(kind, Latest.model_validate(reading.state), now)
                return latest.model_dump(mode="json"), PAUSES[part]
            case Part.MOVING:
                moving = await passes.moving(kind, Moving.model_validate(reading.state), now)
                return moving.model_dump(mode="json"), _pause_of_moving(moving)
            case _:
                whole = await passes.whole(kind, Whole.model_validate(reading.state), now)
                return whole.model_dump(mode="json"), _pause(whole)

    async def _read_for_all(
        self, part: Part, reading: Reading
    ) -> tuple[dict[str, object], timedelta]:
        """Do a reading that is one for all kinds of campaigns."""
        if part is Part.PROGRESS:
            pages = await self._passes.progress()
            return reading.state, max(PAUSES[part], pages * WHILE_RUNNING)
        lists = Lists.model_validate(reading.state)
        lists = await self._passes.contact_lists(lists, reading.now)
        return lists.model_dump(mode="json"), PAUSES[part]


def _part(name: str) -> tuple[Kind | None, Part]:
    """Return what a reading reads: a part of the campaigns of a kind, or of all."""
    kind, _, part = name.rpartition(" ")
    return (Kind(kind) if kind else None), Part(part)


def _pause_of_moving(state: Moving) -> timedelta:
    """Return a short pause while something runs, and longer ones the more pages that takes."""
    if not state.honored:
        return NOT_HONORED
    usual = PAUSES[Part.MOVING]
    return min(state.pages * WHILE_RUNNING, usual) if state.running else usual


def _pause(state: Whole) -> timedelta:
    """Return how long to wait before the next page of a whole list."""
    if state.cursor:
        return PAUSES[Part.WHOLE] if state.proven_at else AT_ONCE
    missed = state.gap or (state.total is not None and state.read < state.total)
    return AGAIN if missed and not state.unreadable else PAUSES[Part.WHOLE]
