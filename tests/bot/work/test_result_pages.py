"""Pages of results are read until they prove to be all."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import cast

import pytest
from pydantic import SecretStr

from bot.campaigns.campaign import Snapshot
from bot.campaigns.contacts import ContactResult, ContactResults
from bot.campaigns.values import Kind
from bot.kore import KoreClient, KoreError, Operation, RateLimited, ServerFault
from bot.kore.rate_limit import is_awaited
from bot.work import result_pages
from bot.work.result_pages import Finding, NoResults, read_results

CAMPAIGN = Snapshot(id="cd-1", name="Renewals", status="Completed", kind=Kind.VOICE)
Rows = Sequence[int]


def contact(number: int) -> ContactResult:
    return ContactResult(
        phone_number=SecretStr("12025550100"), unique_id=str(number), outcome="completed"
    )


class Kore:
    """Answers with pages of `rows`, which may change from one request to the next."""

    def __init__(self, rows: Callable[[int], Rows], failures: Sequence[KoreError] = ()) -> None:
        self._rows = rows
        self._failures = list(failures)
        self.asked: list[int] = []
        self.awaited: set[bool] = set()

    async def contact_results(self, _campaign: str, *, page: int, limit: int) -> ContactResults:
        self.asked.append(page)
        self.awaited.add(is_awaited())
        if self._failures and len(self.asked) > 1:
            raise self._failures.pop(0)
        rows = self._rows(len(self.asked))
        return ContactResults(
            rows=tuple(map(contact, rows[(page - 1) * limit : page * limit])),
            page=page,
            total_pages=-(-len(rows) // limit),
            total_results=len(rows),
        )


async def found(kore: Kore, campaign: Snapshot = CAMPAIGN) -> Finding:
    async def ignore(_read: int, _total: int) -> None:
        return None

    return await read_results(cast("KoreClient", kore), campaign, ignore)


async def test_a_list_that_stays_is_read_once_and_proven() -> None:
    kore = Kore(lambda _: range(230))
    counts = (await found(kore)).counts
    assert (kore.asked, counts.contacts, counts.total) == ([1, 2, 3], 230, 230)
    assert counts.is_complete
    assert (datetime.now(UTC) - counts.as_of).total_seconds() < 60
    assert kore.awaited == {False}


async def test_rows_that_move_are_found_by_a_second_pass() -> None:
    """A contact moves from the second page to the first while the first is read."""
    moved = [*range(100), 150, *range(100, 150), *range(151, 200)]
    kore = Kore(
        lambda request: range(200) if request == 1 else [150, *range(150), *range(151, 200)]
    )
    counts = (await found(kore)).counts
    assert sorted(moved) == list(range(200))
    assert kore.asked == [1, 2, 1, 2]
    assert (counts.contacts, counts.is_complete) == (200, True)


async def test_a_list_that_grows_is_counted_so_far() -> None:
    counts = (await found(Kore(lambda request: range(200 + request)))).counts
    assert not counts.is_complete
    assert counts.total == 206


async def test_duplicates_are_not_proven_to_be_all() -> None:
    kore = Kore(lambda _: [1, 1, 2])
    counts = (await found(kore)).counts
    assert (counts.contacts, counts.total, counts.is_complete) == (2, 3, False)
    assert kore.asked == [1, 1]


async def test_a_long_list_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_pages, "AGAIN_PAGES_MAX", 1)
    kore = Kore(lambda _: [*range(199), 0])
    assert not (await found(kore)).counts.is_complete
    assert kore.asked == [1, 2]


async def test_of_a_huge_list_the_first_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_pages, "PAGES_MAX", 2)
    monkeypatch.setattr(result_pages, "AGAIN_PAGES_MAX", 2)
    counts = (await found(Kore(lambda _: range(500)))).counts
    assert (counts.contacts, counts.total, counts.is_complete) == (200, 500, False)


async def test_without_rows_there_are_no_results() -> None:
    with pytest.raises(NoResults):
        await found(Kore(lambda _: []))


@pytest.mark.parametrize(
    ("status", "is_running"),
    [("Active", True), ("Paused", True), ("Completed", False), ("Scheduled", False)],
)
async def test_a_run_that_is_not_over_is_named(status: str, *, is_running: bool) -> None:
    campaign = CAMPAIGN.model_copy(update={"status": status})
    assert (await found(Kore(lambda _: [1]), campaign)).counts.is_running is is_running


async def test_a_page_is_read_again_after_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_pages, "PAGE_PAUSES", (0.0, 0.0))
    limited = RateLimited(Operation.CONTACT_RESULTS)
    kore = Kore(lambda _: range(150), [ServerFault(Operation.CONTACT_RESULTS), limited])
    assert (await found(kore)).counts.contacts == 150
    assert kore.asked == [1, 2, 2, 2]


async def test_a_page_that_fails_again_and_again_ends_the_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(result_pages, "PAGE_PAUSES", (0.0,))
    faults = [ServerFault(Operation.CONTACT_RESULTS) for _ in range(2)]
    with pytest.raises(ServerFault):
        await found(Kore(lambda _: range(150), faults))


async def test_a_long_reading_is_announced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_pages, "UNTOLD_SECONDS", 0.0)
    told = []

    async def tell(read: int, total: int) -> None:
        told.append((read, total))

    await read_results(cast("KoreClient", Kore(lambda _: range(350))), CAMPAIGN, tell)
    assert told == [(100, 350)]


async def test_no_number_is_in_what_is_printed() -> None:
    assert "2025550100" not in repr(await found(Kore(lambda _: range(3))))
