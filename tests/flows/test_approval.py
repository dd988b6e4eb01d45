"""Approval: a second person decides once, and exactly what they saw is sent."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import Update, update

from bot.campaigns.commands import AnyCommand, CreateSms
from bot.campaigns.policy import Policy
from bot.campaigns.roles import Grants
from bot.records import tables
from sandbox.kore import Operation
from sandbox.slack import OutcomeKind, Person
from tests.filling import fill_in
from tests.flows.conftest import SIMPLE, Author
from tests.flows.office import APPROVALS, Office, opened
from tests.flows.two_environments import asked
from tests.world import World


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        yield made


async def test_exactly_what_was_approved_is_sent(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    for shown in (name, "Hello <First Name> & welcome", "Spring leads", "+1 202-555-0100"):
        assert shown in card.words
    assert office.made(name) == 0
    waits = await office.ana.wait_message(containing=name, also="needs approval")
    assert f"<#{office.channel.id}>" in waits.words
    assert "Nothing has been sent" in waits.words
    await office.ravi.click(card, "Approve")
    confirmed = await Author(office.world).card(name, "Created by")
    assert f"approved by <@{office.ravi.user.id}>" in confirmed.words
    assert office.made(name) == 1
    (sent,) = [
        r.body
        for r in office.world.kore.requests
        if r.operation is Operation.CREATE and isinstance(r.body, dict) and r.body["name"] == name
    ]
    assert sent["contactLists"] == SIMPLE["Contact lists"]
    await office.world.settled(lambda: card.buttons == [])
    assert f"Approved by <@{office.ravi.user.id}>" in card.words


async def test_a_user_group_may_approve(office: Office) -> None:
    name = office.world.name()
    await office.zoe.click(await office.asked(name), "Approve")
    await Author(office.world).card(name, "Created by")


async def test_a_user_group_that_slack_does_not_list_may_not_approve(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    office.world.slack.faults.add("usergroups.users.list", "fatal_error", times=None)
    await office.zoe.click(card, "Approve")
    said = await office.zoe.wait_message(APPROVALS, containing="could not check whether you may")
    assert "did not list the members of the user group `S0APPROVE`. Nothing was done" in said.words
    await office.tom.click(card, "Approve")
    await office.tom.wait_message(APPROVALS, containing="could not check whether you may")
    assert office.made(name) == 0

    office.world.slack.faults.clear()
    await office.tom.click(card, "Approve")
    await office.tom.wait_message(APPROVALS, containing="You may not approve or decline here")
    await office.zoe.click(card, "Approve")
    await Author(office.world).card(name, "Created by")
    assert office.made(name) == 1


async def test_authors_cannot_approve_their_own_requests(office: Office) -> None:
    name = office.world.name()
    grants = Grants(authors=("everyone",), approvers=(office.ana.user.id, office.ravi.user.id))
    office.set(grants, office.world.services.environments.first.policy)
    card = await office.asked(name)
    await office.ana.click(card, "Approve")
    told = await office.ana.wait_message(APPROVALS, containing="your own request")
    assert told.is_ephemeral
    assert office.made(name) == 0
    assert "Approve" in card.buttons


async def test_only_approvers_can_decide(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.tom.click(card, "Approve")
    told = await office.tom.wait_message(APPROVALS, containing="You may not approve or decline")
    assert told.is_ephemeral
    assert f"<@{office.ravi.user.id}>" in told.words
    await office.decline(office.tom, card, "No")
    await office.tom.wait_message(APPROVALS, containing="You may not approve or decline")
    assert "Approve" in card.buttons
    assert office.made(name) == 0


async def test_an_approver_who_lost_the_role_cannot_approve(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    office.world.slack.workspace.groups["S0APPROVE"] = set()
    await office.zoe.click(card, "Approve")
    await office.zoe.wait_message(APPROVALS, containing="You may not approve or decline")
    assert office.made(name) == 0


async def test_a_declined_campaign_is_not_sent_and_its_form_can_be_reopened(
    office: Office,
) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.decline(office.ravi, card, "Wrong <list>")
    told = await Author(office.world).card(name, "Edit and try again", "@campaign-bot")
    assert f"Declined by <@{office.ravi.user.id}>" in told.words
    assert "Wrong &lt;list&gt;" in told.words or "Wrong <list>" in told.words
    assert "Nothing was sent" in told.words
    await office.world.settled(lambda: card.buttons == [])
    await office.ana.click(told, "Edit and try again")
    form = await office.ana.wait_modal("New SMS campaign", containing="Campaign name")
    assert form.value("Campaign name") == name
    await form.close()
    assert office.made(name) == 0


async def test_only_the_author_can_withdraw(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.ravi.click(card, "Withdraw")
    await office.ravi.wait_message(APPROVALS, containing="Only the person who made")
    await office.ana.click(card, "Withdraw")
    await office.world.settled(lambda: card.buttons == [])
    await office.ravi.wait_message(APPROVALS, containing="Withdrawn by")
    assert office.made(name) == 0


async def test_a_campaign_approved_twice_is_sent_once(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await asyncio.gather(office.ravi.click(card, "Approve"), office.zoe.click(card, "Approve"))
    await Author(office.world).card(name, "Created by")
    seen = [*office.ravi.messages(APPROVALS), *office.zoe.messages(APPROVALS)]
    assert sum("already decided" in each.words for each in seen) == 1
    assert office.made(name) == 1


async def test_an_approval_and_a_decline_at_once_have_one_outcome(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.zoe.click(card, "Decline")
    question = await office.zoe.wait_modal("Decline")
    await question.fill({"Why?": "Not now"})
    await asyncio.gather(office.ravi.click(card, "Approve"), question.submit())
    await office.world.settled(lambda: card.buttons == [])
    await office.world.services.tasks.drain()
    if "Declined by" in card.words:
        assert office.made(name) == 0
    else:
        await Author(office.world).card(name, "Created by")
        assert office.made(name) == 1


async def test_an_expired_request_cannot_be_approved(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.move_to_past(name, "expires_at")
    await office.ravi.click(card, "Approve")
    await office.ravi.wait_message(APPROVALS, containing="has expired")
    await office.sweep()
    await office.ana.wait_message("@campaign-bot", containing="Nobody answered in time", also=name)
    assert office.made(name) == 0


async def test_approvers_are_reminded_once_in_the_thread(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    await office.move_to_past(name, "remind_at")
    await office.sweep()
    await office.sweep()

    def replies() -> list[str]:
        return [p.text for p in office.channel.posts if p.thread_ts == card.post.ts]

    await office.world.settled(lambda: len(replies()) == 1)
    await office.world.services.tasks.drain()
    assert "still waiting for an answer" in replies()[0]


async def test_approved_work_is_held_and_can_be_canceled(office: Office) -> None:
    office.put_in_force(hold_minutes=5)
    name = office.world.name()
    await office.ravi.click(await office.asked(name), "Approve")
    hold = await Author(office.world).card(name, "unless it is canceled")
    assert office.made(name) == 0
    await office.tom.click(hold, "Cancel")
    await office.tom.wait_message(containing="You may not cancel")
    await office.ana.click(hold, "Cancel")
    await office.world.settled(lambda: "then canceled by" in hold.words)
    assert hold.buttons == []
    assert office.made(name) == 0


async def test_held_work_is_sent_when_the_hold_ends(office: Office) -> None:
    office.put_in_force(hold_minutes=5)
    name = office.world.name()
    await office.ravi.click(await office.asked(name), "Approve")
    hold = await Author(office.world).card(name, "unless it is canceled")
    await office.move_to_past(name, "release_at")
    await office.sweep()
    await Author(office.world).card(name, "Created by")
    assert office.made(name) == 1
    assert hold.buttons == []


async def test_a_forged_press_with_another_digest_decides_nothing(office: Office) -> None:
    name = office.world.name()
    card = await office.asked(name)
    press = next(
        element
        for block in card.post.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "approve"
    )
    press["value"] = press["value"].split()[0] + " " + "0" * 64
    await office.ravi.click(card, "Approve")
    await office.ravi.wait_message(APPROVALS, containing="This request was changed")
    assert office.made(name) == 0


async def test_a_request_changed_in_the_database_is_not_sent(
    office: Office,
) -> None:
    name, other = office.world.name(), office.world.name("Other")
    card = await office.asked(name)
    key = await office.key(name)
    records = office.world.services.records
    asked = await records.submission(key)
    assert asked
    assert isinstance(asked.command, CreateSms)
    campaign = asked.command.campaign.model_copy(update={"name": other})
    changed = asked.command.model_copy(update={"campaign": campaign})
    with records.engine.begin() as db:
        db.execute(_command(key, changed))
    await office.ravi.click(card, "Approve")
    told = await office.ana.wait_message(
        "@campaign-bot", containing="differs from what was reviewed"
    )
    assert "Nothing was created" in told.words
    assert office.made(name) == office.made(other) == 0


async def test_a_viewer_can_do_nothing_by_command_or_forged_form(office: Office) -> None:
    for word in ("sms", "voice", "schedule", "unschedule X", "start X", "stop X"):
        await office.tom.command(f"/campaign {word}")
        assert "You may not" in office.tom.messages()[-1].words
        assert office.tom.modal() is None
    await office.tom.command("/campaign list")
    assert "You may not" not in office.tom.messages()[-1].words
    author = Author(office.world)
    form = await author.form("/campaign sms Forged", "New SMS campaign")
    await fill_in(form, SIMPLE)
    before = asked(office.world.kore)
    office.set(Grants(viewers=("everyone",)), office.world.services.environments.first.policy)
    assert (await form.submit()).kind is OutcomeKind.PUSHED
    denied = await wait_denied(office.ana)
    assert "You may not create campaigns here" in denied
    assert asked(office.world.kore) == before


async def test_nothing_is_sent_if_the_role_is_lost_after_the_review(office: Office) -> None:
    name = office.world.name()
    author = Author(office.world)
    review = await author.review(
        await author.form(f"/campaign sms {name}", "New SMS campaign"), SIMPLE
    )
    office.set(Grants(viewers=("everyone",)), Policy())
    assert (await review.submit()).kind is OutcomeKind.PUSHED
    assert "You may not create campaigns here" in await wait_denied(office.ana)
    assert office.made(name) == 0


async def wait_denied(person: Person) -> str:
    denied = await person.wait_modal("Not permitted")
    text = denied.text
    await denied.close(all_views=True)
    return text


def _command(key: str, command: AnyCommand) -> Update:
    table = tables.submissions
    changed = command.model_dump(mode="json")
    return update(table).where(table.c.key == key).values(command=changed)


async def test_an_author_by_channel_can_reopen_the_form_from_a_direct_message(
    office: Office,
) -> None:
    """The command's channel gives the role, even if the button is in a direct message."""
    campaigns = office.world.slack.workspace.channel_named("campaigns")
    grants = Grants(authors=(campaigns.id,), approvers=(office.ravi.user.id,))
    office.set(grants, office.world.services.environments.first.policy)
    name, other = office.world.name(), office.world.name("Again")
    await office.decline(office.ravi, await office.asked(name), "Other name")
    told = await office.ana.wait_message(
        "@campaign-bot", containing="Edit and try again", also=name
    )
    await office.ana.click(told, "Edit and try again")
    form = await office.ana.wait_modal("New SMS campaign", containing="Campaign name")
    author = Author(office.world)
    review = await author.review(form, {"Campaign name": other})
    assert (await review.submit()).kind is OutcomeKind.CLOSED
    await author.card(other, "needs approval", APPROVALS)
