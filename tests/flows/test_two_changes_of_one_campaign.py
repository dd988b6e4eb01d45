"""A person who changes a campaign sees in the review who else is changing it, and what counts."""

from collections.abc import Iterator

import pytest

from bot.kore import retries
from sandbox.kore import FaultKind, Operation
from sandbox.slack import Modal, Person
from tests.flows.conftest import Answers, Author, in_days
from tests.flows.office import Office, opened
from tests.reviewing import wait_review
from tests.world import World

DAYS: Answers = {"Start date": in_days(2), "End date": in_days(9)}


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        yield made


async def waiting_schedule(office: Office, hold_minutes: int = 0) -> str:
    """Let Ana ask for a schedule, which waits for approval; return the campaign's name."""
    office.put_in_force(approval_for=["schedule"], hold_minutes=hold_minutes)
    ana, name = Author(office.world), office.world.name()
    await ana.sms(name)
    review = await ana.review(await form_of(ana.person, name), DAYS)
    assert "wants to set this schedule" not in review.text
    await review.submit()
    await ana.card(name, "needs approval", "approvals")
    return name


async def form_of(person: Person, name: str) -> Modal:
    await person.command(f"/campaign schedule {name}")
    return await person.wait_modal("Schedule a campaign")


async def second_schedule(office: Office, name: str) -> Modal:
    """Return the review of another schedule, which Ravi asks for."""
    form = await form_of(office.ravi, name)
    await office.world.settled(lambda: form.value("Time zone") == office.ravi.user.tz)
    await form.fill({**DAYS, "Time zone": "America/New_York"})
    await form.submit()
    return await wait_review(office.ravi)


def wants(office: Office) -> str:
    """Return how a review begins to tell of Ana's schedule."""
    return f"<@{office.ana.user.id}> wants to set this schedule: Every day, first run "


async def test_of_two_schedules_the_one_that_is_approved_first_counts(office: Office) -> None:
    name = await waiting_schedule(office)
    review = await second_schedule(office, name)
    assert wants(office) in review.text
    assert "That request waits for approval. Only the request that is approved first" in review.text
    assert review.submit_text == "Ask for approval"
    await review.submit()
    asked = await Author(office.world).card(name, f"<@{office.ravi.user.id}> wants", "approvals")
    assert wants(office) in asked.words
    assert "Only the request that is approved first will be carried out." in asked.words


async def test_a_schedule_that_needs_no_approval_can_be_followed_by_one_that_waits(
    office: Office,
) -> None:
    name = await waiting_schedule(office)
    office.put_in_force(approval_for=["create"])
    review = await second_schedule(office, name)
    assert wants(office) in review.text
    said = "waits for approval. If it is carried out after yours, the campaign gets that schedule."
    assert said in review.text
    assert review.submit_text == "Schedule"
    await review.close(all_views=True)


async def test_an_approved_schedule_on_hold_is_not_said_to_wait_for_approval(
    office: Office,
) -> None:
    name = await waiting_schedule(office, hold_minutes=5)
    asked = office.ravi.messages("approvals")[-1]
    await office.ravi.click(asked, "Approve")
    await Author(office.world).card(name, "unless it is canceled")
    review = await second_schedule(office, name)
    assert "That request is approved, and goes ahead" in review.text
    assert "waits for approval" not in review.text
    assert "Only the request" not in review.text
    await review.close(all_views=True)


@pytest.mark.parametrize("action", ["start", "stop", "unschedule"])
@pytest.mark.parametrize("is_reachable", [True, False])
async def test_every_change_of_the_campaign_names_the_schedule_that_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch, action: str, *, is_reachable: bool
) -> None:
    monkeypatch.setattr(retries, "DELAY_SECONDS", 0.001)
    name = await waiting_schedule(office)
    if not is_reachable:
        office.world.kore.faults.add(Operation.GET, FaultKind.SERVER_ERROR_500, times=3)
    await office.ravi.command(f"/campaign {action} {name}")
    review = await wait_review(office.ravi)
    assert wants(office) in review.text
    assert "That request waits for approval." in review.text
    assert (review.submit_text == "") is (is_reachable and action != "start")
    await review.close(all_views=True)


async def test_an_unfinished_change_of_another_campaign_is_not_named(office: Office) -> None:
    office.put_in_force(approval_for=["start"])
    ana, name, other = Author(office.world), office.world.name(), office.world.name("Other")
    await ana.sms(name)
    await ana.sms(other)
    await ana.person.command(f"/campaign start {other}")
    review = await wait_review(ana.person)
    await review.submit()
    await ana.card(other, "needs approval", "approvals")
    await ana.person.command(f"/campaign start {name}")
    review = await wait_review(ana.person)
    assert "wants to start" not in review.text
    await review.close(all_views=True)
