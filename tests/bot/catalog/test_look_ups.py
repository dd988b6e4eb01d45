"""Look-ups cost the same in an account of any size, and find names as people type them."""

import asyncio
from datetime import timedelta
from random import Random

import pytest

from bot.campaigns.refs import CampaignRef
from bot.campaigns.values import Kind as OurKind
from bot.kore import ListIncomplete
from sandbox.kore import Campaign, Kind, Operation
from sandbox.kore.calls import Call
from sandbox.kore.invented import add_invented
from sandbox.kore.refusals import Refused
from sandbox.kore.seed import add_campaigns
from tests.bot.catalog.conftest import Copied

SIZES = (10, 1000)
CURLY, DASH = "\N{RIGHT SINGLE QUOTATION MARK}", "\N{EN DASH}"


def add(copied: Copied, name: str, kind: Kind = Kind.SMS) -> Campaign:
    (made,) = add_campaigns(copied.kore.state, kind, [name])
    made.created_at = made.updated_at = copied.kore.state.now
    return made


async def found(copied: Copied, typed: str) -> list[str]:
    return [each.id for each in await copied.catalog.find(CampaignRef.parse(typed))]


@pytest.mark.parametrize("size", SIZES)
async def test_a_look_up_costs_the_same_at_any_size(copied: Copied, size: int) -> None:
    add_invented(copied.kore.state, size, Random(1))
    meant = add(copied, "Mother's Day")
    await copied.read()
    catalog = copied.catalog
    by_id, by_name = CampaignRef(id=meant.id), CampaignRef(name="Mother's Day")
    assert await copied.calls(lambda: catalog.find(by_id)) == 1
    assert await copied.calls(lambda: catalog.find(by_name)) == 1
    assert await copied.calls(lambda: catalog.find(CampaignRef(name="Nobody's"))) == 2
    new = add(copied, "Just made")
    assert await copied.calls(lambda: found(copied, "just made")) == 2
    assert await found(copied, "just made") == [new.id]
    assert await copied.calls(lambda: catalog.namesakes("Just made", catalog.fresh)) == 0
    assert await copied.calls(lambda: catalog.namesakes("Just made")) == 2
    now = copied.kore.state.now
    assert await copied.calls(lambda: catalog.made_since("Just made", OurKind.SMS, now)) == 1


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Mother's Day", f"mother{CURLY}s  day"),
        (f"Spring {DASH} Summer", "spring - summer"),
        ("Café", "cafe\u0301"),
        ("R&D &amp; more", "R&D &amp; more"),
        ("cd-2026 spring", "cd-2026 spring"),
        ('"Quoted"', "“Quoted”"),
    ],
)
async def test_a_name_is_found_as_people_type_it(copied: Copied, stored: str, typed: str) -> None:
    meant = add(copied, stored)
    await copied.read()
    assert await found(copied, typed) == [meant.id]
    (shown,) = await copied.catalog.find(CampaignRef.parse(typed))
    assert shown.name == stored


async def test_an_exact_name_wins_and_several_that_fit_are_a_choice(copied: Copied) -> None:
    curly, straight = add(copied, f"Mother{CURLY}s Day"), add(copied, "Mother's Day", Kind.VOICE)
    await copied.read()
    assert await found(copied, f"Mother{CURLY}s Day") == [curly.id]
    assert await found(copied, "Mother's Day") == [straight.id]
    assert set(await found(copied, "MOTHER'S DAY")) == {curly.id, straight.id}


async def test_a_campaign_that_was_renamed_or_deleted_is_not_found_by_its_old_name(
    copied: Copied,
) -> None:
    renamed, deleted = add(copied, "Before"), add(copied, "Deleted")
    await copied.read()
    renamed.body["name"], renamed.updated_at = "After", copied.kore.state.now
    del copied.kore.state.campaigns[deleted.id]
    assert await found(copied, "Before") == []
    assert await found(copied, "Deleted") == []
    assert await found(copied, "after") == [renamed.id]


async def test_nothing_is_said_of_a_name_while_the_account_is_read(copied: Copied) -> None:
    add_campaigns(copied.kore.state, Kind.SMS, [f"Row {number}" for number in range(120)])
    with pytest.raises(ListIncomplete) as caught:
        await found(copied, "Row 119")
    assert caught.value.progress
    assert caught.value.progress.goes_on
    with pytest.raises(ListIncomplete):
        await copied.catalog.namesakes("Row 119")
    waiting = asyncio.create_task(copied.catalog.read_once(timedelta(seconds=20)))
    await copied.read()
    assert await waiting
    assert len(await found(copied, "Row 119")) == 1


async def test_questions_at_once_share_a_reading(copied: Copied) -> None:
    await copied.read()
    names = [f"Name {number}" for number in range(10)]
    before = len(copied.kore.requests)
    answers = await asyncio.gather(*(copied.catalog.namesakes(each) for each in names))
    assert answers == [[]] * 10
    assert len(copied.kore.requests) - before <= 4


async def test_a_failed_reading_does_not_keep_the_reader_from_reading(copied: Copied) -> None:
    await copied.read()

    def on_call(call: Call) -> None:
        if call.operation is Operation.SEARCH:
            raise Refused(400, ["No"])

    copied.kore.on_call = on_call
    with pytest.raises(Exception, match="No"):
        await copied.catalog.namesakes("Anything")
    copied.kore.on_call = lambda _: None
    add(copied, "New")
    await copied.read()
    assert await copied.copy() == copied.account


async def test_a_campaign_that_is_listed_late_is_found_below_later_changes(copied: Copied) -> None:
    kore, names = copied.kore, [f"Row {number}" for number in range(120)]
    rows = add_campaigns(kore.state, Kind.SMS, names)
    await copied.read()
    kore.list_lag_seconds = 30.0
    late = add(copied, "Late")
    kore.clock.forward(timedelta(seconds=20))
    rows[100].updated_at = kore.state.now
    assert await found(copied, "Late") == []
    kore.clock.forward(timedelta(seconds=20))
    assert await found(copied, "Late") == [late.id]


async def test_many_changes_of_one_instant_are_read_once(copied: Copied) -> None:
    rows = add_campaigns(copied.kore.state, Kind.SMS, [f"Row {number}" for number in range(400)])
    for each in rows:
        each.updated_at = rows[0].updated_at
    await copied.read()
    assert await copied.calls(lambda: found(copied, "Nobody")) == 2
    new = add(copied, "New")
    new.updated_at = rows[0].updated_at
    assert await found(copied, "New") == [new.id]
