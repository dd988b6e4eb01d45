"""Lists are read completely or called incomplete, whatever `skip` and `page` mean to Kore.ai."""

from collections.abc import AsyncIterator, Callable
from typing import get_args

import pytest

from bot.campaigns.reasons import ListProgress
from bot.campaigns.values import Kind
from bot.kore import Account, KoreClient, ListIncomplete, ServerFault
from sandbox.kore import Campaign, Operation, PretendKore
from sandbox.kore import Kind as PretendKind
from sandbox.kore.account import Paging
from sandbox.kore.calls import Call
from sandbox.kore.seed import add_campaigns
from tests.bot.kore.conftest import no_pause

READINGS: tuple[Paging, ...] = get_args(Paging)
SIZES = (0, 1, 49, 50, 51, 99, 100, 101, 300)
every_reading = pytest.mark.parametrize("paging", READINGS)


@pytest.fixture(scope="module")
async def real(served: Account) -> AsyncIterator[KoreClient]:
    """One client for all tests, as it must always adapt to the way of paging."""
    async with KoreClient(served, pause=no_pause) as client:
        yield client


@pytest.fixture(autouse=True)
def unlimited(kore: PretendKore) -> None:
    kore.rate_limit = None


def seed(kore: PretendKore, size: int, kind: PretendKind = PretendKind.SMS) -> list[Campaign]:
    """Replace all campaigns with so many of a kind, newest first: `row 0`, `row 1`, …"""
    kore.state.campaigns.clear()
    return add_campaigns(kore.state, kind, (f"row {number}" for number in range(size)))


def newest_first(kore: PretendKore) -> list[str]:
    rows = sorted(kore.state.campaigns.values(), key=lambda each: each.created_at, reverse=True)
    return [each.id for each in rows]


async def listed(client: KoreClient, kind: Kind = Kind.SMS) -> list[str]:
    """Return the IDs of a list that must be complete."""
    listing = await client.list_campaigns(kind)
    assert listing.complete
    return [each.id for each in listing.rows]


async def incomplete(client: KoreClient, name: str = "another name") -> ListProgress | None:
    """Search for a name in a list that cannot be read completely, and return the progress."""
    with pytest.raises(ListIncomplete) as caught:
        await client.find_campaigns(name)
    return caught.value.progress


@every_reading
async def test_a_list_of_any_length_is_read_completely(
    real: KoreClient, kore: PretendKore, paging: Paging
) -> None:
    kore.paging = paging
    for size in SIZES:
        seed(kore, size)
        assert await listed(real) == newest_first(kore), size
    assert await listed(real, Kind.VOICE) == []


@pytest.mark.parametrize(
    ("paging", "kind"), list(zip(READINGS, [*PretendKind, *PretendKind], strict=True))
)
async def test_each_row_of_a_second_page_is_found_by_its_name(
    real: KoreClient, kore: PretendKore, paging: Paging, kind: PretendKind
) -> None:
    kore.paging = paging
    for campaign in seed(kore, 54, kind)[-5:]:
        (found,) = await real.find_campaigns(campaign.name.upper())
        assert (found.id, found.kind) == (campaign.id, Kind(kind))
    assert await real.find_campaigns("row 54") == []


async def test_the_way_of_paging_that_works_is_learned_and_kept(
    real: KoreClient, kore: PretendKore
) -> None:
    seed(kore, 51)
    for kore.paging in (*READINGS, *READINGS[::-1]):
        assert await listed(real) == newest_first(kore), kore.paging
        kore.requests.clear()
        assert await listed(real) == newest_first(kore), kore.paging
        assert len(kore.requests) == 2, kore.paging


async def test_the_server_may_return_shorter_pages(real: KoreClient, kore: PretendKore) -> None:
    for kore.rows_max, size in [(1, 4), (20, 45), (49, 51)]:
        seed(kore, size)
        for kore.paging in READINGS:
            assert await listed(real) == newest_first(kore), (kore.rows_max, kore.paging)


async def test_reading_stops_after_enough_rows(real: KoreClient, kore: PretendKore) -> None:
    seed(kore, 201)
    await listed(real)
    kore.requests.clear()

    listing = await real.list_campaigns(Kind.SMS, enough=100)

    assert [each.id for each in listing.rows] == newest_first(kore)[:100]
    assert (listing.complete, listing.total, len(kore.requests)) == (False, 201, 2)


async def test_without_a_total_only_a_page_that_is_not_full_ends_a_list(
    real: KoreClient, kore: PretendKore
) -> None:
    kore.tells_total = False
    for size in (0, 49):
        seed(kore, size)
        assert await real.find_campaigns("another name") == []
    for size in (50, 51):
        seed(kore, size)
        assert await incomplete(real) == ListProgress(kind=Kind.SMS, read=size)
    kore.rows_max = 20
    seed(kore, 20)
    assert await incomplete(real) == ListProgress(kind=Kind.SMS, read=20)


def add(kore: PretendKore) -> None:
    add_campaigns(kore.state, PretendKind.SMS, ["one more"])


def remove(kore: PretendKore, name: str) -> None:
    campaigns = kore.state.campaigns
    (doomed,) = [each.id for each in campaigns.values() if each.name == name]
    del campaigns[doomed]


CHANGES: dict[str, Callable[[PretendKore], None]] = {
    "one is added": add,
    "one that was read is removed": lambda kore: remove(kore, "row 3"),
    "one that was not read is removed": lambda kore: remove(kore, "row 51"),
}


def before_page(kore: PretendKore, change: Callable[[PretendKore], None], *pages: int) -> None:
    """Change the account just before these searches, which are numbered from 1."""
    asked = 0

    def on_call(call: Call) -> None:
        nonlocal asked
        asked += call.operation is Operation.SEARCH
        if asked in pages:
            change(kore)

    kore.on_call = on_call


@pytest.mark.parametrize("change", CHANGES)
async def test_no_row_is_missed_if_rows_move_during_reading(
    real: KoreClient, kore: PretendKore, change: str
) -> None:
    for kore.paging in READINGS:
        kore.on_call = lambda _: None
        seed(kore, 53)
        await listed(real)
        before_page(kore, CHANGES[change], 2)
        assert await listed(real) == newest_first(kore), kore.paging


async def test_a_list_that_keeps_changing_is_incomplete(
    real: KoreClient, kore: PretendKore
) -> None:
    for kore.paging in READINGS:
        seed(kore, 53)
        before_page(kore, add, *range(100))
        kore.requests.clear()
        assert await incomplete(real), kore.paging
        assert len(kore.requests) <= 8, kore.paging


async def test_an_unreadable_row_is_skipped_and_the_list_is_incomplete(
    real: KoreClient, kore: PretendKore
) -> None:
    for kore.paging in READINGS:
        seeded = seed(kore, 60)
        await listed(real)
        seeded[7].body["name"] = {"not": "a text"}
        kore.requests.clear()

        listing = await real.list_campaigns(Kind.SMS)

        assert [each.id for each in listing.rows] == [c.id for c in seeded if c is not seeded[7]]
        assert (listing.complete, listing.total) == (False, 60)
        # A second reading would not help.
        assert len(kore.requests) == 2
        assert await incomplete(real) == ListProgress(kind=Kind.SMS, read=59, total=60)


@pytest.mark.parametrize("kind", PretendKind)
async def test_a_failed_page_is_an_error_not_an_unused_name(
    real: KoreClient, kore: PretendKore, kind: PretendKind
) -> None:
    for kore.paging in READINGS:
        kore.on_call = lambda _: None
        seed(kore, 51, kind)
        await listed(real, Kind(kind))

        def on_call(call: Call) -> None:
            if isinstance(call.body, dict) and call.body["type"] == kind:
                kore.faults.add("search", "server_error_500", times=3)

        kore.on_call = on_call
        with pytest.raises(ServerFault):
            await real.find_campaigns("row 50")
