"""Suggestions while a person types, when some of Kore.ai's lists cannot be read."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from structlog.testing import capture_logs

import bot.work.directory
from bot.kore import retries
from bot.work import Directory
from sandbox.canned import Canned
from sandbox.kore import Kind, Operation, PretendKore
from sandbox.kore.calls import Call
from sandbox.kore.refusals import Refused
from sandbox.kore.seed import add_campaigns
from tests.flows.conftest import Answers, Author, in_days

DATES: Answers = {"Start date": in_days(2), "End date": in_days(9)}
PARTS = {"VIP customers", "Suggested texts", "Suggested calls"}


def part_of(call: Call) -> str:
    """Return the entry of PARTS that is in the list this call reads."""
    if call.operation is Operation.ALL_LISTS:
        return "VIP customers"
    body = call.body if isinstance(call.body, dict) else {}
    return "Suggested texts" if body.get("type") == "sms" else "Suggested calls"


def failing(part: str) -> Callable[[Call], None]:
    def on_call(call: Call) -> None:
        if part_of(call) == part:
            raise Refused(500, ["Internal server error"])

    return on_call


@pytest.fixture(autouse=True)
def short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)


@pytest.fixture
def kore(ana: Author) -> Iterator[PretendKore]:
    """Kore.ai with a campaign of each kind to suggest; afterwards it is restored."""
    kore = ana.world.kore
    usual = kore.on_call
    seeded = [
        *add_campaigns(kore.state, Kind.SMS, ["Suggested texts"]),
        *add_campaigns(kore.state, Kind.VOICE, ["Suggested calls"]),
    ]
    yield kore
    kore.on_call, kore.lists_as_page, kore.tells_total = usual, False, True
    for each in seeded:
        del kore.state.campaigns[each.id]


@pytest.fixture
async def directory(ana: Author, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Directory]:
    """Replace the world's directory with an empty one that reads whenever it is asked."""
    monkeypatch.setattr(bot.work.directory, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(bot.work.directory, "RETRY_SECONDS", 0.0)
    services = ana.world.services
    await services.tasks.drain()
    assert isinstance(services.directories, dict)
    usual = services.directories["production"]
    services.directories["production"] = Directory(services.work.kores["production"])
    yield services.directories["production"]
    services.directories["production"] = usual


async def suggested(ana: Author) -> set[str]:
    """Return the entries of PARTS that the forms suggest."""
    sms = await ana.form("/campaign sms", "New SMS campaign")
    found = await sms.suggestions("Contact lists", "vip")
    await sms.close()
    schedule = await ana.form("/campaign schedule", "Schedule a campaign")
    found += await schedule.suggestions("Campaign", "suggested")
    await schedule.close()
    return PARTS & set(found)


@pytest.mark.parametrize("part", sorted(PARTS))
async def test_a_list_that_cannot_be_read_hides_no_other_and_keeps_its_entries(
    ana: Author, kore: PretendKore, directory: Directory, part: str
) -> None:
    usual = kore.on_call
    kore.on_call = failing(part)
    await directory.refresh()
    assert await suggested(ana) == PARTS - {part}

    kore.on_call = usual
    await directory.refresh()
    kore.on_call = failing(part)
    with capture_logs() as logs:
        await directory.refresh()
    assert await suggested(ana) == PARTS
    kept = [each for each in logs if each["event"] == "directory.not_refreshed"]
    assert {(each["reason"], each["age_seconds"]) for each in kept} == {("ServerFault", 0)}
    assert len({each["source"] for each in kept}) == 1


async def test_a_campaign_is_suggested_for_its_name_as_phones_write_it(
    ana: Author, kore: PretendKore, directory: Directory
) -> None:
    long = f"Mother's Day {'for everybody ' * 6}"
    names = ["Mother's Day", f"{long}1", f"{long}2"]
    added = add_campaigns(kore.state, Kind.SMS, names)
    await directory.refresh()
    schedule = await ana.form("/campaign schedule", "Schedule a campaign")
    found = await schedule.suggestions("Campaign", "MOTHER\u2019S\u00a0day")
    assert [(each[:12], each[-1]) for each in found] == [(each[:12], each[-1]) for each in names]
    await schedule.fill({"Campaign": found[0]})
    review = await ana.review(schedule, DATES)
    assert added[0].id in review.text
    await review.close(all_views=True)
    for each in added:
        del kore.state.campaigns[each.id]


async def test_a_list_that_is_slow_delays_no_other(
    ana: Author, kore: PretendKore, directory: Directory
) -> None:
    kore.faults.add(Operation.ALL_LISTS, "hang", seconds=2)
    refreshing = asyncio.create_task(directory.refresh())
    await ana.world.settled(lambda: len(directory.campaigns) > 0, within=1.5)
    assert await suggested(ana) >= {"Suggested texts", "Suggested calls"}
    assert not refreshing.done()
    kore.faults.clear()
    refreshing.cancel()


@pytest.mark.parametrize("as_page", [True, False])
async def test_contact_lists_are_suggested_from_a_page_or_a_plain_list(
    ana: Author, kore: PretendKore, directory: Directory, *, as_page: bool
) -> None:
    kore.lists_as_page = as_page
    await directory.refresh()
    assert await suggested(ana) == PARTS


async def test_rows_that_cannot_be_read_hide_no_other(
    ana: Author, kore: PretendKore, directory: Directory
) -> None:
    rows = [{}, None, {"id": "cl-1", "name": "VIP customers"}, {"id": "cl-2"}]
    canned = Canned(body=json.dumps({"status": "success", "data": rows}).encode())
    kore.faults.answer(Operation.ALL_LISTS, canned, times=None)
    (unreadable,) = add_campaigns(kore.state, Kind.SMS, ["Suggested too"])
    unreadable.body["name"] = {"not": "a text"}
    await directory.refresh()
    del kore.state.campaigns[unreadable.id]
    assert await suggested(ana) == PARTS


async def test_part_of_a_list_keeps_the_known_entries_and_a_whole_list_replaces_them(
    kore: PretendKore, directory: Directory
) -> None:
    names = [each.name for each in kore.state.contact_lists.values()]

    async def answered(name: str, *, more: bool) -> list[str]:
        (found,) = [each for each in kore.state.contact_lists.values() if each.name == name]
        page = {"results": [{"id": found.id, "name": name}], "hasMore": more}
        canned = Canned(body=json.dumps({"status": "success", "data": page}).encode())
        kore.faults.answer(Operation.ALL_LISTS, canned)
        await directory.refresh()
        return [each.name for each in directory.contact_lists]

    first, second, third = names
    assert await answered(third, more=True) == [third]
    await directory.refresh()
    assert [each.name for each in directory.contact_lists] == names
    assert await answered(third, more=True) == [third, first, second]
    assert await answered(second, more=False) == [second]
