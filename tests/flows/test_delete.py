"""A campaign is deleted by typing its name, and its cards say so."""

import pytest

from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.state import Status
from sandbox.slack import Message, Modal
from tests.flows.conftest import Author, in_days
from tests.reviewing import confirm_review, wait_review


async def asked(ana: Author, card: Message) -> Modal:
    await ana.person.click(card, "Delete")
    return await wait_review(ana.person)


def exists(ana: Author, name: str) -> bool:
    return any(each.name == name for each in ana.world.kore.state.campaigns.values())


async def test_a_campaign_is_deleted_once_its_name_is_typed(author: Author) -> None:
    name = author.world.name()
    card = await author.sms(name)
    review = await asked(author, card)
    assert "the results of its runs are lost" in review.text
    await review.fill({"Type the name to confirm": "Another"})
    await review.submit()
    assert review.errors == {"Type the name to confirm": f"To confirm it, type: {name}"}
    assert exists(author, name)

    await review.fill({"Type the name to confirm": name.upper()})
    await confirm_review(author.person)
    shown = await author.card(name, "Deleted by")
    assert not exists(author, name)
    assert shown.says("Deleted")
    assert shown.buttons == []
    await author.world.idle()
    assert card.buttons == []


async def test_a_deleted_campaign_is_not_found_any_more(ana: Author) -> None:
    name = ana.world.name()
    review = await asked(ana, await ana.sms(name))
    await review.fill({"Type the name to confirm": name})
    await confirm_review(ana.person)
    await ana.card(name, "Deleted by")
    await ana.person.command(f"/campaign status {name}")
    await ana.card(name, "Kore.ai has no campaign with this name or ID")


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.PAUSED])
async def test_a_running_campaign_is_not_deleted(ana: Author, status: Status) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    ana.world.kore.state.campaigns[ana.campaign_id(name)].status = status
    review = await asked(ana, card)
    assert f"The campaign is {status}. Stop it first, then try again." in review.text
    assert not review.submit_text


async def test_the_schedule_that_is_lost_is_named(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    await ana.send(form, {"Start date": in_days(2), "End date": in_days(9)})
    review = await asked(ana, await ana.card(name, "Scheduled by"))
    assert "Its schedule is deleted too" in review.text


async def test_a_deletion_whose_answer_is_lost_is_found_out(ana: Author) -> None:
    name = ana.world.name()
    review = await asked(ana, await ana.sms(name))
    await review.fill({"Type the name to confirm": name})
    ana.world.kore.faults.add(Operation.DELETE, FaultKind.RESET, when=When.AFTER)
    await confirm_review(ana.person)
    await ana.card(name, "Deleted by")


async def test_a_card_says_that_its_campaign_was_deleted_elsewhere(ana: Author) -> None:
    name = ana.world.name()
    card = await ana.sms(name)
    del ana.world.kore.state.campaigns[ana.campaign_id(name)]
    await ana.person.click(card, "Refresh")
    await ana.world.settled(lambda: card.says("Deleted"))
    assert card.buttons == []
