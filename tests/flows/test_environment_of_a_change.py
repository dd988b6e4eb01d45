"""Of two environments, a change is for that of its campaign; if it is unknown, the bot asks."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blocks.words import CHOOSE
from sandbox.kore import Schedule, Status
from sandbox.slack import OutcomeKind
from tests.flows.two_environments import (
    PRODUCTION,
    SANDBOX,
    Two,
    asked,
    send,
    two_environments,
)
from tests.reviewing import wait_review

NOW, DAY = datetime.now(UTC), timedelta(days=1)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    async with two_environments(tmp_path) as made, made.installed.running():
        yield made


async def test_a_schedule_is_removed_only_in_the_chosen_environment(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    for kore in (two.production, two.sandbox):
        (campaign,) = kore.state.campaigns.values()
        campaign.schedule = Schedule(NOW + DAY, NOW + 9 * DAY, "Daily", 1)
    before = asked(two.production)
    await two.ana.command("/campaign unschedule Spring sale")
    question = await two.ana.wait_modal("Remove schedule")
    assert question.labels == ["Environment"]
    await send(two.ana, question, {"Environment": SANDBOX})
    await two.ana.wait_message(containing="Schedule removed by")
    assert [each.schedule for each in two.sandbox.state.campaigns.values()] == [None]
    assert asked(two.production) == before


@pytest.mark.parametrize("action", ["Start", "Stop", "Remove schedule"])
async def test_an_environment_must_be_chosen_before_a_change(two: Two, action: str) -> None:
    word = "unschedule" if action == "Remove schedule" else action.lower()
    await two.ana.command(f"/campaign {word} Nobody knows this")
    question = await two.ana.wait_modal(action)
    assert "Which environment is “Nobody knows this” in?" in question.text
    assert (await question.submit(unchecked=True)).kind is OutcomeKind.ERRORS
    assert question.errors == {"Environment": CHOOSE}
    assert asked(two.production) == asked(two.sandbox) == []


async def test_a_person_can_go_back_to_choose_another_environment(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.make("Spring sale", SANDBOX)
    (campaign,) = two.production.state.campaigns.values()
    campaign.status = Status.ACTIVE
    await two.ana.command("/campaign stop Spring sale")
    question = await two.ana.wait_modal("Stop")
    await question.fill({"Environment": SANDBOX})
    await question.submit()
    review = await wait_review(two.ana)
    assert review.text.startswith("Sandbox")
    assert "It is not running" in review.text
    await review.close()
    await send(two.ana, question, {"Environment": PRODUCTION})
    card = await two.ana.wait_message(containing="Stopped by")
    assert f"` · {PRODUCTION}" in card.words
    assert campaign.status is Status.STOPPED


async def test_the_review_of_a_known_campaign_names_its_environment(two: Two) -> None:
    await two.make("Spring sale", PRODUCTION)
    await two.ana.command("/campaign unschedule Spring sale")
    review = await wait_review(two.ana)
    assert review.text.startswith(PRODUCTION)
    assert "reaches real people" not in review.text
    assert asked(two.sandbox) == []
