"""Empties the outbox: delivers what is due, and tries again until Slack has it.

While Slack is away, only one notification at a time is tried. The durable engine's queues are not
used, because they are polled, so that each card would wait, and know nothing of such a pause.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog

from bot.campaigns.notifications import ApprovalRequest
from bot.outages import Outage
from bot.records import CLAIM, NOT_YET, DatabaseFault, Entry, Outbox
from bot.slack.delivery import Delivery, Undeliverable
from bot.slack.errors import NoAnswer, RateLimited, Refused, SlackError
from bot.slack.sharing import NotYet

log = structlog.get_logger()

# Time for one attempt, well within its claim: whoever claims a notification next can see what an
# earlier attempt has posted.
ATTEMPT = CLAIM * 0.6
# So long may a request be on its way to Slack after the bot has given up waiting for the answer.
ON_ITS_WAY = CLAIM - ATTEMPT
AT_ONCE = 20
# How often to look for notifications of other processes, and for postponed ones.
POLL_SECONDS = 1.0
STOP_SECONDS = 5.0
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=30)
# Slack refuses the message, or every place for it: waiting may help, but rarely.
REFUSED_PAUSE = timedelta(minutes=10)
# After so many attempts, about ten minutes, an operator should know.
ALARMING = 20

# After an unknown outcome of these, people may see the message.
_POSTING = frozenset({"chat.postMessage", "files.completeUploadExternal"})

OnUndeliverable = Callable[[str], Awaitable[None]]


class OutboxLoop:
    """Delivers the outbox's notifications while it runs."""

    def __init__(self, outbox: Outbox, delivery: Delivery, cannot_ask: OnUndeliverable) -> None:
        """Start nothing yet.

        `cannot_ask` is called with the key of a submission whose approval cannot be requested.
        """
        self._outbox = outbox
        self._delivery = delivery
        self._cannot_ask = cannot_ask
        self._running: dict[str, asyncio.Task[None]] = {}
        self._outage = Outage("Slack")
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start to deliver."""
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let running attempts finish. Another process, or the next start, continues."""
        if self._loop:
            self._loop.cancel()
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    async def _run(self) -> None:
        while True:
            self._outbox.news.clear()
            with contextlib.suppress(DatabaseFault):
                await self._start_due()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._outbox.news.wait(), POLL_SECONDS)

    async def _start_due(self) -> None:
        """Start an attempt for each notification that is due; only one while Slack is away."""
        most = 1 if self._outage.is_on else AT_ONCE
        for key in await self._outbox.due(AT_ONCE):
            if len(self._running) < most and key not in self._running:
                task = asyncio.create_task(self._try(key), name=f"deliver {key}")
                self._running[key] = task
                task.add_done_callback(partial(self._done, key))

    def _done(self, key: str, task: asyncio.Task[None]) -> None:
        del self._running[key]
        self._outbox.news.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("outbox.failed", exc_info=error)

    async def _try(self, key: str) -> None:
        """Claim a notification and deliver it, or postpone it."""
        entry = None
        # If the database fails, the claim runs out, and another attempt looks for the message.
        with contextlib.suppress(DatabaseFault):
            try:
                # Before the claim is asked for, so that the time cannot outlast the claim.
                async with asyncio.timeout(ATTEMPT.total_seconds()):
                    if entry := await self._outbox.claim(key):
                        await self._attempt(entry)
            except TimeoutError:
                if entry:
                    await self._cut_off(entry)

    async def _attempt(self, entry: Entry) -> None:
        try:
            await self._delivery.deliver(entry)
        except NotYet:
            pause = _growing_pause(entry)
            await self._outbox.postpone(entry, pause, NOT_YET, unsure=entry.unsure)
        except Undeliverable as error:
            await self._give_up_place(entry, error)
        except SlackError as error:
            await self._postpone(entry, error)
        except (TimeoutError, DatabaseFault):
            raise
        except Exception:
            # A fault of the bot's own in one message must not keep others from being delivered.
            log.exception("message.failed", kind=entry.content.kind)
            await self._outbox.postpone(entry, REFUSED_PAUSE, "own_fault", unsure=entry.unsure)
            await self._delivery.admit(entry)
        else:
            await self._works()

    async def _cut_off(self, entry: Entry) -> None:
        self._outage.failed("timed_out")
        await self._outbox.postpone(entry, ON_ITS_WAY, "timed_out", unsure=True, on_its_way=True)

    async def _give_up_place(self, entry: Entry, error: Undeliverable) -> None:
        if isinstance(entry.content, ApprovalRequest) and entry.submission:
            await self._cannot_ask(entry.submission)
            await self._outbox.delivered(entry)
        else:
            await self._outbox.postpone(entry, REFUSED_PAUSE, error.reason, unsure=entry.unsure)
            log.error("message.undeliverable", kind=entry.content.kind, reason=error.reason)

    async def _postpone(self, entry: Entry, error: SlackError) -> None:
        posting = error.method in _POSTING
        unsure = error.may_be_done if posting else entry.unsure
        on_its_way = posting and isinstance(error, NoAnswer)
        pause = max(_pause(entry, error), ON_ITS_WAY if on_its_way else timedelta())
        await self._outbox.postpone(
            entry, pause, error.reason, unsure=unsure, on_its_way=on_its_way
        )
        if not isinstance(error, Refused | RateLimited):
            self._outage.failed(error.reason)
        if entry.failures + 1 == ALARMING:
            log.error("message.not_delivered", kind=entry.content.kind, reason=error.reason)

    async def _works(self) -> None:
        """Try all that was postponed, if Slack was away until now."""
        if self._outage.is_on:
            self._outage.over()
            await self._outbox.hasten()


def _pause(entry: Entry, error: SlackError) -> timedelta:
    match error:
        case RateLimited():
            return timedelta(seconds=error.retry_after)
        case Refused():
            return REFUSED_PAUSE
        case _:
            return _growing_pause(entry)


def _growing_pause(entry: Entry) -> timedelta:
    return min(FIRST_PAUSE * (1 << min(entry.failures, 10)), LONGEST_PAUSE)
