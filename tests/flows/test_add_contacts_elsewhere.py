"""Contacts are added by the list's name, so never to another list of that name."""

import pytest

from bot.work import contact_import
from sandbox.kore.account import Account
from sandbox.kore.calls import Call, Json, Operation
from sandbox.kore.operations import OPERATIONS
from tests.flows.conftest import Author
from tests.flows.listing import add_list
from tests.flows.test_add_contacts import BOT, added, csv_of, numbers, reviewed
from tests.reviewing import confirm_review

pytestmark = pytest.mark.usefixtures("lists")


async def test_a_shared_name_is_refused_in_the_review(ana: Author) -> None:
    name = ana.world.name("Twin")
    add_list(ana.world, name)
    add_list(ana.world, name.upper())
    review = await reviewed(ana, name, csv_of(1, start=100))
    assert f"Several contact lists are called “{name}”" in review.text
    assert not review.submit_text


async def test_a_name_that_is_shared_after_the_review_gets_nothing(ana: Author) -> None:
    name = ana.world.name("Late twin")
    made = add_list(ana.world, name)
    await reviewed(ana, name, csv_of(1, start=100))
    twin = add_list(ana.world, name)
    await confirm_review(ana.person)
    notice = await ana.card(name, "No contacts were added", BOT)
    assert "Several contact lists have its name" in notice.words
    assert numbers(made) == numbers(twin) == []


async def test_a_list_that_is_renamed_meanwhile_gets_no_more(
    ana: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_import, "CHECKED_SECONDS", 0.0)
    name = ana.world.name("Moving")
    made, add = add_list(ana.world, name), OPERATIONS[Operation.ADD_CONTACTS]

    def added_and_renamed(account: Account, call: Call) -> Json:
        answer = add(account, call)
        made.name = f"{name} of somebody else"
        return answer

    monkeypatch.setitem(OPERATIONS, Operation.ADD_CONTACTS, added_and_renamed)
    notice = await added(ana, name, csv_of(250, start=100))
    assert "Of the other lines: 150 not sent." in notice.words
    assert len(numbers(made)) == 100
