"""No row is missed unnoticed, whatever `skip` and `page` mean to Kore.ai and however rows move."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kore import Cursor, Operation, Order, Refused
from bot.kore.answer_models import Rows
from bot.kore.campaign_answers import CampaignRow
from bot.kore.cursors import LIMITS, Window
from bot.kore.paging import Page, read_page

Reading = Literal["add", "skip", "page", "skip_pages"]
READINGS: tuple[Reading, ...] = get_args(Reading)
SIZES = (0, 1, 2, 19, 20, 21, 49, 50, 51, 99, 100, 101, 499, 500, 501, 1000)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
every_reading = pytest.mark.parametrize("reading", READINGS)


def nothing() -> None:
    """Change nothing."""


@dataclass
class ListServer:
    """A list as a server might return it; `before` is called before each page."""

    reading: Reading
    rows: list[int] = field(default_factory=list)
    largest: int = 50
    sorts: bool = True
    tells_total: bool = True
    tells_more: bool = True
    before: Callable[[], None] = nothing
    windows: list[Window] = field(default_factory=list)
    made: int = 0

    def add(self, count: int = 1) -> None:
        self.rows += range(self.made, self.made + count)
        self.made += count

    async def page(self, window: Window) -> Rows[CampaignRow]:
        self.before()
        self.windows.append(window)
        limit = min(window.limit, self.largest)
        begin = {
            "add": window.skip + (window.page - 1) * limit,
            "skip": window.skip,
            "page": (window.page - 1) * limit,
            "skip_pages": window.skip * limit,
        }[self.reading]
        rows = sorted(self.rows, reverse=self.sorts)
        answer: dict[str, object] = {
            "results": [row(each) for each in rows[begin : begin + limit]],
            "limit": limit,
        }
        answer |= {"hasMore": begin + limit < len(rows)} if self.tells_more else {}
        answer |= {"totalResults": len(rows)} if self.tells_total else {}
        return Rows[CampaignRow].model_validate(answer)


def row(number: int) -> dict[str, str]:
    moment = (FIRST + timedelta(seconds=number)).isoformat()
    return {
        "_id": f"cd-{number}",
        "name": f"Row {number}",
        "status": "Ready",
        "createdAt": moment,
        "updatedAt": moment,
    }


@dataclass(frozen=True)
class Walk:
    """What a walk through a list has seen."""

    ids: set[str]
    gap: bool
    pages: Sequence[Page[CampaignRow]]

    @property
    def is_proven(self) -> bool:
        total = self.pages[-1].total
        return not self.gap and (total is None or len(self.ids) >= total)


async def walked(server: ListServer, start: Cursor | None = None, most: int = 300) -> Walk:
    cursor: Cursor | None = start or Cursor()
    pages: list[Page[CampaignRow]] = []
    while cursor and len(pages) < most:
        pages.append(await read_page(server.page, cursor))
        # As it is stored between two pages.
        following = pages[-1].next
        cursor = following and Cursor.model_validate_json(following.model_dump_json())
    ids = {each.id for page in pages for each in page.rows}
    return Walk(ids, gap=any(page.gap for page in pages), pages=pages)


def ids_of(server: ListServer) -> set[str]:
    return {f"cd-{number}" for number in server.rows}


@every_reading
@pytest.mark.parametrize("largest", [1, 2, 3, 20, 50, 100, 1000])
async def test_a_list_of_any_length_is_read_completely(reading: Reading, largest: int) -> None:
    for size in SIZES if largest >= 20 else SIZES[:6]:
        server = ListServer(reading, largest=largest)
        server.add(size)
        first = await walked(server)
        assert (first.ids, first.is_proven) == (ids_of(server), True), size
        asked = len(server.windows)
        again = await walked(server, first.pages[-1].again)
        assert (again.ids, again.is_proven) == (ids_of(server), True), size
        # The way that works is known now.
        assert len(server.windows) - asked <= asked


@every_reading
@pytest.mark.parametrize("sorts", [True, False])
@pytest.mark.parametrize("tells_total", [True, False])
@pytest.mark.parametrize("largest", [15, 20, 50])
@given(seed=st.integers(0, 10_000))
async def test_a_walk_that_missed_a_row_is_not_proven(
    reading: Reading, largest: int, seed: int, *, sorts: bool, tells_total: bool
) -> None:
    dice = random.Random(seed)
    server = ListServer(reading, largest=largest, sorts=sorts, tells_total=tells_total)
    server.add(dice.choice([largest, largest + 1, 3 * largest, 5 * largest + 1]))
    there = ids_of(server)

    def change() -> None:
        for _ in range(dice.choice([0, 0, 0, 1, 2, 3])):
            if dice.random() < 0.5:
                server.add()
            elif server.rows:
                server.rows.remove(dice.choice(server.rows))

    server.before = change
    walk = await walked(server)
    lasted = there & ids_of(server)
    assert not walk.is_proven or lasted <= walk.ids


@every_reading
@pytest.mark.parametrize("change", ["one is added", "one that was read is removed"])
async def test_rows_that_move_are_seen_through(reading: Reading, change: str) -> None:
    for size in (51, 60, 120, 150):
        server = ListServer(reading)
        server.add(size)
        start = (await walked(server)).pages[-1].again
        there, done = ids_of(server), len(server.windows)

        def move(server: ListServer = server, done: int = done) -> None:
            if len(server.windows) == done + 1:
                server.add() if change == "one is added" else server.rows.pop()

        server.before = move
        walk = await walked(server, start)
        assert (there & ids_of(server)) <= walk.ids, size
        assert not walk.gap, size


@every_reading
async def test_the_largest_page_that_the_server_takes_is_used_and_remembered(
    reading: Reading,
) -> None:
    server = ListServer(reading, largest=100)
    server.add(1000)
    start = (await walked(server)).pages[-1].again
    server.windows.clear()
    await walked(server, start)
    assert {each.limit for each in server.windows} == {100}
    assert len(server.windows) <= 12


async def test_a_page_size_that_the_server_refuses_is_lowered() -> None:
    server = ListServer("skip")
    server.add(120)

    async def strict(window: Window) -> Rows[CampaignRow]:
        if window.limit > 50:
            raise Refused(Operation.LIST_CAMPAIGNS, sentence="limit must be at most 50")
        return await server.page(window)

    page = await read_page(strict, Cursor())
    assert len(page.rows) == 50
    assert page.again.limit == LIMITS[-1] == 50
    assert page.next
    assert page.next.limit == 50


@every_reading
async def test_without_a_total_a_list_in_one_page_is_proven_by_its_end(reading: Reading) -> None:
    server = ListServer(reading, tells_total=False)
    for _ in range(2):
        walk = await walked(server)
        assert (walk.is_proven, len(walk.ids)) == (True, len(server.rows))
        server.add(49)
        server.tells_more = True
    server.tells_more = False
    assert (await walked(server)).ids == ids_of(server)


async def test_rows_that_are_not_sorted_as_asked_are_noticed() -> None:
    server = ListServer("skip", sorts=False)
    server.add(120)
    walk = await walked(server, Cursor(order=Order.CHANGED))
    assert [each.in_order for each in walk.pages] == [False] * len(walk.pages)
    # Each page repeats rows of the one before, so nothing is missed.
    assert walk.is_proven
    assert {each.order for each in server.windows} == {Order.CHANGED}


async def test_rows_that_cannot_be_read_are_counted_once() -> None:
    server = ListServer("skip")
    server.add(120)

    async def broken(window: Window) -> Rows[CampaignRow]:
        rows = await server.page(window)
        results = [each if each and each.id != "cd-68" else None for each in rows.results]
        return rows.model_copy(update={"results": results})

    cursor: Cursor | None = Cursor()
    unreadable = 0
    while cursor:
        page = await read_page(broken, cursor)
        unreadable += page.unreadable
        cursor = page.next
    assert unreadable == 1
