"""Reads a part of a list, stores its rows, and returns how far the list is read now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.campaigns.campaign import Snapshot
from bot.campaigns.values import Kind, Status
from bot.catalog.progress import NOTHING, counts_of_run
from bot.catalog.states import NEWEST, UNSORTED, Latest, Lists, Moving, Whole
from bot.kore import (
    Cursor,
    InvalidResponse,
    KoreClient,
    NotFound,
    Page,
    RateLimited,
    Refused,
)
from bot.records import Records

log = structlog.get_logger()

# More changes than on so many pages between two readings, and the whole list is read again.
PAGES_MAX = 5
# Protects against a list without an end: 5,000 campaigns that run or wait for a run.
MOVING_PAGES_MAX = 100
# A new campaign may be missing from Kore.ai's list for a moment, and then appear below others.
LISTED_LATE = timedelta(minutes=2)
# A campaign of these statuses can change without anybody editing it.
MOVING = (Status.PREPARING, Status.ACTIVE, Status.SCHEDULED, Status.RESCHEDULED, Status.PAUSED)
# And these do so soon.
RUNNING = (Status.PREPARING, Status.ACTIVE)
# So many campaigns that are no longer among the moving ones are looked at in one reading.
LOOKED_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Passes:
    """The passes over the lists of one environment. Each raises KoreError and DatabaseFault."""

    kore: KoreClient
    environment: str
    records: Records

    async def whole(self, kind: Kind, state: Whole, now: datetime) -> Whole:
        """Read the next page of the whole list; after the last one, judge the pass."""
        if state.cursor is None or state.began_at is None:
            kept = state.model_dump(include={"start", "ids", "proven_at", "ended_at"})
            state = Whole.model_validate(kept | {"began_at": now})
        page = await self.kore.list_campaigns(kind, state.cursor or state.start)
        await self.records.catalog.saw(page.rows)
        read = state.model_copy(
            update={
                "start": page.again,
                "cursor": page.next,
                "gap": state.gap or page.gap,
                "cut": page.cut,
                "unreadable": state.unreadable + page.unreadable,
                "read": page.next.place if page.next else page.total or state.read + len(page.rows),
                "total": page.total,
            }
        )
        return read if page.next else await self._judged(kind, read)

    async def _judged(self, kind: Kind, state: Whole) -> Whole:
        """Prove that a pass missed no row, by the number of distinct ones, and find the deleted."""
        assert state.began_at  # noqa: S101 # a pass has begun
        catalog, began = self.records.catalog, state.began_at
        seen, ids = await catalog.seen_since(self.environment, kind, began)
        # Where no page proves that it missed nothing, two passes must have seen the same.
        missed = (state.gap and ids != state.ids) or state.cut or state.unreadable
        state = state.model_copy(update={"read": seen, "ended_at": began, "ids": ids})
        if missed or (state.total is not None and seen < state.total):
            return state
        await catalog.unseen_since(self.environment, kind, began)
        return state.model_copy(update={"proven_at": began})

    async def latest(self, kind: Kind, state: Latest, now: datetime) -> Latest:
        """Read the latest changes, back to the last known one or to the end of the list."""
        read = _LatestPass(state)
        cursor: Cursor | None = state.start
        while cursor and not read.reached and read.pages < PAGES_MAX:
            page = await self.kore.list_campaigns(kind, cursor)
            read.add(page, changed=await self.records.catalog.saw(page.rows))
            cursor = page.next
        after = read.state(now, ended=cursor is None)
        if after.whole_at == now:
            await self.records.catalog.unseen_since(self.environment, kind, now)
        return after

    async def moving(self, kind: Kind, state: Moving, now: datetime) -> Moving:
        """Read the campaigns whose status changes by itself, and those that were such before."""
        cursor: Cursor | None = state.start
        running = False
        for number in range(1, MOVING_PAGES_MAX + 1):
            page = await self.kore.list_campaigns(kind, cursor or state.start, statuses=MOVING)
            await self.records.catalog.saw(page.rows)
            honored = all(row.status in MOVING for row in page.rows)
            running = running or any(row.status in RUNNING for row in page.rows)
            state = Moving(start=page.again, honored=honored, pages=number, running=running)
            cursor = page.next
            if not (honored and cursor):
                break
        if state.honored and cursor is None:
            await self._look_at_ended(kind, now)
        return state

    async def running(self, kind: Kind) -> tuple[list[Snapshot], bool]:
        """Return the campaigns of a kind that run now, and whether these are certainly all."""
        found: dict[str, Snapshot] = {}
        cursor: Cursor | None = NEWEST
        sound = True
        for _ in range(PAGES_MAX):
            page = await self.kore.list_campaigns(kind, cursor or NEWEST, statuses=[Status.ACTIVE])
            await self.records.catalog.saw(page.rows)
            found |= {row.id: row for row in page.rows if row.status == Status.ACTIVE}
            sound = sound and not (page.gap or page.unreadable)
            cursor = page.next
            if cursor is None:
                break
        return list(found.values()), sound and cursor is None

    async def _look_at_ended(self, kind: Kind, now: datetime) -> None:
        """Look at campaigns that are no longer moving: their change may have moved no time."""
        ended = await self.records.catalog.with_status(
            self.environment, kind, MOVING, before=now, limit=LOOKED_AT_ONCE
        )
        for each in ended:
            try:
                await self.records.campaigns.remember(await self.kore.get_campaign(each))
            except NotFound:
                await self.records.campaigns.gone(each)

    async def contact_lists(self, state: Lists, now: datetime) -> Lists:
        """Read the contact lists, which Kore.ai returns in one answer."""
        read = await self.kore.list_contact_lists()
        await self.records.catalog.contact_lists.saw(
            self.environment, read.rows, complete=read.complete
        )
        return Lists(proven_at=now) if read.complete else state

    async def progress(self) -> int:
        """Look at the run of one campaign that has a card; return how many pages that took."""
        found = await self.records.run_progress.next(self.environment)
        if found is None:
            return 0
        try:
            counts, pages = await counts_of_run(self.kore, found.known.snapshot.id)
        except RateLimited:
            raise
        except (Refused, InvalidResponse) as error:
            # Its turn is over, so that the other campaigns have theirs.
            log.warning("progress.not_read", reason=type(error).__name__)
            counts, pages = None, 1
        # Kore.ai has no results before the first call, nor after a run was stopped.
        earlier = found.before if found.before and found.before.is_running else NOTHING
        known = (counts or earlier).model_copy(update={"is_running": found.is_running})
        await self.records.run_progress.saw(found, known)
        return pages

    async def made_since(self, kind: Kind, since: datetime) -> list[Snapshot]:
        """Return the campaigns of a kind that Kore.ai created since a time, and perhaps older."""
        found: dict[str, Snapshot] = {}
        cursor: Cursor | None = NEWEST
        for _ in range(PAGES_MAX):
            page = await self.kore.list_campaigns(kind, cursor or NEWEST)
            await self.records.catalog.saw(page.rows)
            found |= {row.id: row for row in page.rows}
            cursor = page.next
            times = [row.created_at for row in page.rows if row.created_at]
            if cursor is None or (page.in_order and times and times[-1] < since):
                break
        return list(found.values())


class _LatestPass:
    """A pass from the latest change back to the last known one."""

    def __init__(self, state: Latest) -> None:
        self._before = state
        self._start = state.start
        self._ids: set[str] = set()
        self._top: datetime | None = None
        self._total: int | None = None
        self._sound = True
        self._readable = True
        self.pages = 0
        self.reached = False

    def add(self, page: Page[Snapshot], *, changed: int) -> None:
        """Add a page, of whose rows so many were unknown."""
        times = [row.updated_at for row in page.rows if row.updated_at]
        self._top = self._top or max(times, default=None)
        self._start = page.again if page.in_order else UNSORTED
        self._total = page.total
        self._ids |= {row.id for row in page.rows}
        self._sound = self._sound and page.in_order and not page.gap
        self._readable = self._readable and not page.unreadable
        self.pages += 1
        self.reached = self._is_known(times, changed, page.total)

    def _is_known(self, times: Sequence[datetime], changed: int, total: int | None) -> bool:
        """Return whether the page reaches back to where nothing can be new.

        That is beyond the last known change; or a page without anything new, if no campaign has
        come or gone: there may be many of that very instant.
        """
        until = self._before.until
        if until is None or (times and min(times) < until - LISTED_LATE):
            return True
        return bool(times) and not changed and total == self._before.total

    def state(self, now: datetime, *, ended: bool) -> Latest:
        """Return the state after a pass that began now; `ended` at the end of the list."""
        before = self._before
        counted = self._total is None or len(self._ids) >= self._total
        # While several pages are read, a change can move a row past the reader.
        whole = ended and self.pages == 1 and self._readable and counted
        sound = (self._sound and self._readable) or whole
        joins = sound and (self.reached or ended) and before.since is not None
        return Latest(
            start=self._start,
            until=self._top or before.until,
            total=self._total,
            read=len(self._ids) if ended else None,
            read_at=now if sound else before.read_at,
            since=before.since if joins else now,
            whole_at=now if whole else before.whole_at,
        )
