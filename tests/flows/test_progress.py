"""A card shows how far a voice campaign's run is, and its thread what came of it in the end."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.catalog.progress import PAGES_MAX, spread
from sandbox.kore import FaultKind, Operation
from sandbox.kore.running import begin
from sandbox.kore.state import Campaign, Status
from sandbox.slack import Message
from tests.flows.conftest import Author
from tests.flows.voice_runs import ALWAYS, CONTACTS, NOT_REACHED, REACHED, voice_campaign
from tests.world import World

SECOND = timedelta(seconds=1)
ENDS = f"{REACHED} contacts reached (80%); {NOT_REACHED} contacts called and not reached (20%)"


def running(world: World, name: str, seconds: int) -> Campaign:
    """Add a campaign that has called a contact each second for so many seconds."""
    state = world.kore.state
    campaign = voice_campaign(state, name)
    campaign.body["dialingStrategy"] = campaign.body["dialingStrategy"] | {"callingHours": ALWAYS}
    instance = begin(state, campaign, SECOND)
    campaign.instance = replace(instance, began=instance.began - seconds * SECOND)
    state.turn(campaign, Status.ACTIVE)
    return campaign


async def shown(ana: Author, name: str) -> Message:
    """Show the campaign's card, and let the bot look at the run."""
    await ana.person.command(f"/campaign status {name}")
    card = await ana.card(name, "Active")
    await ana.world.idle()
    await look(ana)
    return card


async def look(ana: Author) -> None:
    """Let the bot read the account, and then look at the runs that it knows of."""
    for _ in range(2):
        await ana.world.read_account()
    await ana.world.idle()


def called(card: Message) -> tuple[int, int]:
    """Return how many contacts were called according to a card, and how many blocks are full."""
    (number,) = re.findall(rf"(\d+) of {CONTACTS} contacts called", card.words)
    return int(number), card.words.count("\N{FULL BLOCK}")


@pytest.mark.parametrize("of_all", [False, True], ids=["rows of called contacts", "rows of all"])
async def test_a_card_shows_how_far_the_run_is(
    author: Author, *, of_all: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, name = author, author.world.name("Renewals")
    monkeypatch.setattr(ana.world.kore.state, "results_of_all", of_all)
    campaign = running(ana.world, name, 100)
    card = await shown(ana, name)
    contacts, blocks = called(card)
    assert 100 <= contacts < 150
    assert blocks == 10 * contacts // CONTACTS
    assert card.says("80% of them reached")
    assert campaign.instance
    campaign.instance = replace(campaign.instance, began=campaign.instance.began - 50 * SECOND)
    await look(ana)
    assert called(card)[0] >= contacts + 50


async def test_the_thread_says_once_what_came_of_the_run(author: Author) -> None:
    ana, name = author, author.world.name("Renewals")
    campaign = running(ana.world, name, 100)
    card = await shown(ana, name)
    assert campaign.instance
    campaign.instance = replace(
        campaign.instance, began=campaign.instance.began - CONTACTS * SECOND
    )
    ana.world.kore.state.turn(campaign, Status.COMPLETED)
    for _ in range(3):
        await look(ana)
    over = [each for each in card.replies if each.says("The run is over")]
    assert [each.says(f"The run is over: {ENDS}.") for each in over] == [True]
    assert card.says(f"Last run: {ENDS}")
    await ana.person.click(over[0], "Results")
    await ana.person.wait_reply(card, containing=f"Results of “{name}”")
    # Its picture is drawn in a process of its own, which the next test must not wait for.
    await ana.person.wait_file("results-")


async def test_a_run_that_was_stopped_keeps_what_was_seen_of_it(ana: Author) -> None:
    name = ana.world.name("Renewals")
    campaign = running(ana.world, name, 100)
    card = await shown(ana, name)
    # Kore.ai resets the data of a run that is stopped.
    campaign.instance = None
    ana.world.kore.state.turn(campaign, Status.STOPPED)
    await look(ana)
    assert [each for each in card.replies if each.says("The run is over", "contacts reached (80%)")]
    assert card.says("Last run", "contacts reached (80%)")


async def test_a_campaign_that_ran_between_two_looks_is_told_too(ana: Author) -> None:
    name = ana.world.name("Renewals")
    campaign = running(ana.world, name, CONTACTS)
    ran, campaign.instance = campaign.instance, None
    ana.world.kore.state.turn(campaign, Status.READY)
    await ana.person.command(f"/campaign status {name}")
    card = await ana.card(name, "Ready")
    await ana.world.idle()
    campaign.instance = ran
    ana.world.kore.state.turn(campaign, Status.COMPLETED)
    await look(ana)
    assert [each for each in card.replies if each.says(f"The run is over: {ENDS}")]


async def test_results_that_kore_refuses_leave_the_card_as_it_is(ana: Author) -> None:
    name = ana.world.name("Renewals")
    running(ana.world, name, 100)
    ana.world.kore.faults.add(Operation.RESULTS, FaultKind.FAILURE_200, times=9)
    card = await shown(ana, name)
    assert "contacts called" not in card.words
    ana.world.kore.faults.clear()
    await look(ana)
    assert called(card)[0] >= 100


async def test_a_campaign_without_a_card_is_not_looked_at(ana: Author) -> None:
    running(ana.world, ana.world.name("Renewals"), 100)
    await look(ana)
    asked = [each.operation for each in ana.world.kore.requests]
    assert Operation.RESULTS not in asked


def test_a_long_run_is_sampled_from_its_first_to_its_last_page() -> None:
    assert list(spread(0)) == [1]
    assert list(spread(3)) == [1, 2, 3]
    assert list(spread(PAGES_MAX)) == list(range(1, PAGES_MAX + 1))
    assert list(spread(100)) == [1, 12, 23, 34, 45, 56, 67, 78, 89, 100]
