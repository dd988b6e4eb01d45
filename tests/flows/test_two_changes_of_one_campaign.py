"""A person who changes a campaign sees in the review who else is changing it."""

from collections.abc import Iterator

import pytest

from tests.flows.conftest import Answers, Author, in_days
from tests.flows.office import Office, opened
from tests.reviewing import wait_review
from tests.world import World

DAYS: Answers = {"Start date": in_days(2), "End date": in_days(9)}


@pytest.fixture
def office(world: World) -> Iterator[Office]:
    with opened(world) as made:
        yield made


async def test_a_schedule_that_waits_for_approval_is_named_in_the_next_review(
    office: Office,
) -> None:
    office.put_in_force(approval_for=["schedule"])
    ana, ravi = Author(office.world), office.ravi
    name = office.world.name()
    await ana.sms(name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    review = await ana.review(form, DAYS)
    assert "wants to set this schedule" not in review.text
    await review.submit()
    await ana.card(name, "needs approval", "approvals")

    await ravi.command(f"/campaign schedule {name}")
    form = await ravi.wait_modal("Schedule a campaign")
    await form.fill(DAYS)
    await form.submit()
    review = await wait_review(ravi)
    said = f"<@{office.ana.user.id}> wants to set this schedule. That request waits for approval."
    assert said in review.text
    await review.close(all_views=True)
    await ravi.command(f"/campaign start {name}")
    review = await wait_review(ravi)
    assert "wants to set this schedule" in review.text
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
