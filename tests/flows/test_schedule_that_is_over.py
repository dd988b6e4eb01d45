"""A schedule whose end has passed does not prevent another schedule or a start."""

from datetime import timedelta

from sandbox.kore.state import Schedule, Status
from tests.flows.conftest import Author, end_all_runs, in_days
from tests.reviewing import wait_review


def complete(ana: Author, name: str) -> None:
    """Let the campaign's schedule end yesterday; Kore.ai still reports it."""
    state = ana.world.kore.state
    campaign = state.campaigns[ana.campaign_id(name)]
    start, end = (state.now - timedelta(days=days) for days in (8, 1))
    campaign.schedule = Schedule(start, end, "Daily", 1)
    campaign.turn(Status.COMPLETED, end)


async def test_a_completed_campaign_can_be_started(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    end_all_runs(ana)
    complete(ana, name)
    await ana.person.command(f"/campaign start {name}")
    review = await wait_review(ana.person)
    await review.submit()
    await ana.card(name, "Started by")


async def test_a_completed_campaign_can_be_scheduled(ana: Author) -> None:
    name = ana.world.name()
    await ana.sms(name)
    complete(ana, name)
    form = await ana.form(f"/campaign schedule {name}", "Schedule a campaign")
    review = await ana.review(form, {"Start date": in_days(2), "End date": in_days(9)})
    assert "In place of" not in review.text
    await review.submit()
    await ana.card(name, "Scheduled by")
