"""What was approved and then changed in Kore.ai's console: its approver can set it back."""

from collections.abc import Iterator

import pytest

from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from sandbox.kore import FaultKind, Operation
from sandbox.kore.calls import Call
from sandbox.kore.state import Campaign
from sandbox.slack import Message
from tests.flows.conftest import Author
from tests.flows.office import Office, opened
from tests.reviewing import confirm_review, wait_review
from tests.world import World

DIRECT = "@campaign-bot"


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        made.put_in_force()
        yield made


async def approved(office: Office, name: str) -> Campaign:
    """Create a campaign as Ana, approved by Ravi."""
    request = await office.asked(name)
    await office.ravi.click(request, "Approve")
    await office.ana.wait_message(containing=name, also="approved by")
    await office.world.idle()
    author = Author(office.world)
    return office.world.kore.state.campaigns[author.campaign_id(name)]


def sender(campaign: Campaign) -> dict[str, str]:
    """Return the caller ID of a campaign as Kore.ai has it."""
    found: dict[str, str] = campaign.body["dialingStrategy"]["callerId"]
    return found


async def call_from(office: Office, campaign: Campaign, number: str) -> None:
    """Change the caller ID in the console, and let the bot read it."""
    sender(campaign)["phoneNumber"] = number
    campaign.updated_at = office.world.kore.state.now
    await office.world.read_account()
    await office.world.idle()


def alarms(office: Office, name: str) -> list[Message]:
    return [each for each in office.ravi.messages(DIRECT) if each.says(name, "was changed in")]


async def test_the_approver_hears_of_a_change_and_can_set_it_back(office: Office) -> None:
    name = office.world.name()
    campaign = await approved(office, name)
    before = sender(campaign)["phoneNumber"]
    await call_from(office, campaign, "+12025550101")
    (told,) = alarms(office, name)
    assert told.says("after you approved it", "who did it cannot be known")
    assert told.says("Caller ID: +1 202-555-0100 → +1 202-555-0101")
    await office.ravi.click(told, "Set it back")
    form = await office.ravi.wait_modal("Edit SMS campaign")
    assert form.value("Campaign name") == name
    await form.submit()
    review = await wait_review(office.ravi)
    assert "→ +1 202-555-0100" in review.text
    await confirm_review(office.ravi)
    await office.world.settled(lambda: sender(campaign)["phoneNumber"] == before)
    await office.world.read_account()
    await office.world.idle()
    assert len(alarms(office, name)) == 1


async def test_who_lost_the_role_cannot_set_it_back(office: Office) -> None:
    name = office.world.name()
    await call_from(office, await approved(office, name), "+12025550101")
    (told,) = alarms(office, name)
    nobody = Grants(admins=("U0ELSEWHERE",))
    office.set(nobody, office.world.services.environments.first.policy)
    await office.ravi.click(told, "Set it back")
    await office.ravi.wait_message(DIRECT, containing="You may not change campaigns")
    assert office.ravi.modal() is None


async def test_the_change_is_told_below_the_card(office: Office) -> None:
    name = office.world.name()
    campaign = await approved(office, name)
    card = await office.ana.wait_message(containing=name, also="approved by")
    await call_from(office, campaign, "+12025550101")
    assert [each.words for each in card.replies] == [
        "Changed in Kore.ai's console: Caller ID: +1 202-555-0100 → +1 202-555-0101"
    ]
    assert card.says("from +1 202-555-0101")


async def test_nobody_is_alarmed_about_an_edit_that_the_bot_could_not_look_at(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = office.world.name()
    campaign = await approved(office, name)
    author = Author(office.world)
    await author.person.command(f"/campaign edit {name}")
    form = await author.person.wait_modal("Edit SMS campaign")
    await author.review(form, {"Priority": "1 (lowest)"})
    kore = office.world.kore

    def fail_after_the_edit(call: Call) -> None:
        if call.operation is Operation.UPDATE:
            kore.faults.add(Operation.GET, FaultKind.SERVER_ERROR_500, times=9)

    monkeypatch.setattr(kore, "on_call", fail_after_the_edit)
    await confirm_review(author.person)
    card = await author.card(name, "Edited by")
    await office.world.idle()
    assert campaign.body["priority"] == "1"
    kore.faults.clear()
    await office.world.read_account()
    await office.world.idle()
    assert alarms(office, name) == []
    assert [each.words for each in card.replies if "console" in each.words] == []


async def test_nobody_is_alarmed_about_what_nobody_approved(office: Office) -> None:
    office.set(office.grants(), Policy())
    author, name = Author(office.world), office.world.name()
    await author.sms(name)
    campaign = office.world.kore.state.campaigns[author.campaign_id(name)]
    await call_from(office, campaign, "+12025550101")
    assert alarms(office, name) == []
