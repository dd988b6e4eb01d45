"""The copy equals the account once it is quiet, and never claims what it has not seen."""

from datetime import timedelta
from itertools import product
from random import Random
from typing import get_args

import pytest

from bot.catalog.reader import LISTS
from sandbox.kore import Kind, Operation
from sandbox.kore.account import Paging
from sandbox.kore.calls import Call
from sandbox.kore.console_users import ConsoleUsers
from sandbox.kore.invented import add_invented
from sandbox.kore.seed import add_campaigns
from sandbox.kore.state import Status
from tests.bot.catalog.conftest import HERE, Copied

READINGS: tuple[Paging, ...] = get_args(Paging)
SIZES = (0, 1, 49, 50, 51, 99, 100, 101)
ODDITIES = ("none", "sorts", "filters", "touches", "tells_total", "whole")
every_reading = pytest.mark.parametrize("paging", READINGS)
long_for_most = pytest.mark.parametrize(
    "paging", [READINGS[0], *(pytest.param(each, marks=pytest.mark.drill) for each in READINGS[1:])]
)


@every_reading
async def test_every_campaign_of_an_account_of_any_size_is_copied(
    copied: Copied, paging: Paging
) -> None:
    copied.kore.paging = paging
    for size in SIZES:
        copied.kore.state.campaigns.clear()
        for kind in Kind:
            add_campaigns(copied.kore.state, kind, [f"{kind} {number}" for number in range(size)])
        await copied.read()
        assert await copied.copy() == copied.account, size
        assert await copied.is_covered(), size


@long_for_most
async def test_a_thousand_campaigns_are_copied(copied: Copied, paging: Paging) -> None:
    copied.kore.paging = paging
    add_invented(copied.kore.state, 1000, Random(1))
    assert not await copied.is_covered()
    await copied.read()
    assert await copied.copy() == copied.account
    assert await copied.is_covered()


@pytest.mark.parametrize(
    ("paging", "oddity"),
    [
        pytest.param(paging, oddity, marks=() if number % len(READINGS) == 0 else pytest.mark.drill)
        for number, (oddity, paging) in enumerate(product(ODDITIES, READINGS))
    ],
)
async def test_after_quiet_the_copy_equals_an_account_that_changed_while_it_was_read(
    copied: Copied, paging: Paging, oddity: str
) -> None:
    kore, dice = copied.kore, Random(f"{paging} {oddity}")
    kore.paging, kore.whole_seconds = paging, oddity == "whole"
    if hasattr(kore, oddity):
        setattr(kore, oddity, False)
    add_invented(kore.state, 150, dice)
    people = ConsoleUsers(kore, dice)

    def on_call(call: Call) -> None:
        if call.operation is Operation.SEARCH and dice.random() < 0.5:
            people.change()

    kore.on_call = on_call
    for _ in range(3):
        await copied.read()
    kore.on_call = lambda _: None
    for _ in range(3):
        await copied.read()
    assert await copied.copy() == copied.account


@long_for_most
async def test_a_copy_that_claims_to_know_all_has_every_campaign_that_was_there_then(
    copied: Copied, paging: Paging
) -> None:
    kore, dice = copied.kore, Random(paging)
    kore.paging = paging
    add_invented(kore.state, 130, dice)
    people = ConsoleUsers(kore, dice)
    since = dict.fromkeys(kore.state.campaigns, copied.time.now)
    claims = 0

    def on_call(call: Call) -> None:
        if call.operation is Operation.SEARCH:
            people.change()
            for each in kore.state.campaigns:
                since.setdefault(each, copied.time.now)

    kore.on_call = on_call
    for _ in range(120):
        copied.time.forward(timedelta(seconds=1))
        await copied.records.catalog.hasten(HERE, LISTS)
        await copied.reader.read_next()
        coverage = await copied.catalog.coverage()
        known = {id_ for id_, *_ in await copied.copy()}
        if as_of := min((each.as_of for each in coverage if each.as_of), default=None):
            claims += all(each.as_of for each in coverage)
            if all(each.as_of for each in coverage):
                there = {id_ for id_ in kore.state.campaigns if since[id_] < as_of}
                assert there <= known
    assert claims > 20


async def test_deleted_campaigns_are_noticed_in_both_ways(copied: Copied) -> None:
    state = copied.kore.state
    first, second = add_campaigns(state, Kind.SMS, ["One", "Two"])
    await copied.read()
    del state.campaigns[first.id]
    assert await copied.catalog.get(first.id) is None
    assert {id_ for id_, *_ in await copied.copy()} == {second.id}
    del state.campaigns[second.id]
    await copied.read()
    assert await copied.copy() == set()


async def test_a_status_that_moves_no_time_is_noticed(copied: Copied) -> None:
    copied.kore.touches = False
    (moved,) = add_campaigns(copied.kore.state, Kind.SMS, ["Moves"])
    add_campaigns(copied.kore.state, Kind.SMS, [f"Other {number}" for number in range(60)])
    await copied.read()
    for status in (Status.ACTIVE, Status.COMPLETED):
        copied.kore.state.turn(moved, status)
        copied.time.forward(timedelta(seconds=1))
        await copied.records.catalog.hasten(HERE, ["sms moving"])
        assert await copied.reader.read_next()
        assert (moved.id, "Moves", status.value) in await copied.copy()


async def test_a_thousand_campaigns_that_run_cost_the_pages_that_they_fill(copied: Copied) -> None:
    copied.kore.touches = False
    rows = add_campaigns(copied.kore.state, Kind.SMS, [f"Runs {number}" for number in range(1000)])
    await copied.read()
    for each in rows:
        copied.kore.state.turn(each, Status.ACTIVE)
    before = len(copied.kore.requests)
    copied.time.forward(timedelta(seconds=1))
    await copied.records.catalog.hasten(HERE, ["sms moving"])
    assert await copied.reader.read_next()
    # Twenty pages of fifty, each of which repeats some rows of the one before.
    assert len(copied.kore.requests) - before <= 1000 / 40 + 1
    assert await copied.copy() == copied.account


async def seconds_until(copied: Copied, status: Status, campaign: str) -> int:
    """Let time pass until the copy knows the status, and return the seconds."""
    for passed in range(1, 300):
        copied.time.forward(timedelta(seconds=1))
        while await copied.reader.read_next():
            pass
        if (campaign, status.value) in {(id_, now) for id_, _, now in await copied.copy()}:
            return passed
    raise AssertionError(f"five minutes without {status}")


async def test_what_becomes_of_a_campaign_that_runs_is_known_within_seconds(
    copied: Copied,
) -> None:
    copied.kore.touches = False
    (campaign,) = add_campaigns(copied.kore.state, Kind.SMS, ["Runs"])
    await copied.read()
    copied.kore.state.turn(campaign, Status.ACTIVE)
    # As after a start from Slack: the bot looks at the campaign that it has started.
    await copied.catalog.get(campaign.id)
    before = len(copied.kore.requests)
    copied.kore.state.turn(campaign, Status.PAUSED)
    assert await seconds_until(copied, Status.PAUSED, campaign.id) <= 21
    copied.kore.state.turn(campaign, Status.COMPLETED)
    assert await seconds_until(copied, Status.COMPLETED, campaign.id) > 21
    assert len(copied.kore.requests) - before <= 15


@pytest.mark.drill
async def test_an_idle_account_of_ten_thousand_costs_at_most_four_calls_a_minute(
    copied: Copied,
) -> None:
    copied.kore.rows_max = 500
    add_invented(copied.kore.state, 10_000, Random(1))
    await copied.read()
    before = len(copied.kore.requests)
    for _ in range(300):
        copied.time.forward(timedelta(seconds=2))
        while await copied.reader.read_next():
            pass
    minutes = 300 * 2 / 60
    assert 0 < (len(copied.kore.requests) - before) / minutes <= 4


async def test_a_failing_kore_is_asked_again_later(copied: Copied) -> None:
    copied.kore.faults.add("*", "rate_limit_429", times=None, seconds=40)
    copied.time.forward(timedelta(seconds=1))
    asked = await read_all(copied)
    copied.time.forward(timedelta(seconds=35))
    assert await read_all(copied) == asked
    copied.kore.faults.clear()
    copied.time.forward(timedelta(seconds=6))
    assert await read_all(copied) > asked


async def read_all(copied: Copied) -> int:
    """Do every reading that is due, and return how many calls there were until then."""
    while await copied.reader.read_next():
        pass
    return len(copied.kore.requests)
