"""Faults planned in the panel, and what a person then reads."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, expect

from tests.browser import steps
from tests.browser.doors import Doors
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.drill
ALL_WELL = "Nothing: everything works."
MINUTES = 20


@pytest.fixture
async def tester(later_doors: Doors) -> AsyncIterator[Visitor]:
    """Ana, who plans faults; those still planned are canceled after the test."""
    ana = await later_doors.let_in()
    yield ana
    await ana.leave()
    await ana.open_panel("Faults")
    if await ana.panel.get_by_role("button", name="Call all of it off").count():
        await ana.press("Call all of it off")
    await ana.sees(ALL_WELL)


async def _create(visitor: Visitor, name: str) -> None:
    await steps.fill_sms(visitor, name)
    await steps.review(visitor)
    await visitor.press("Create", on=visitor.dialog("Review"))


async def _wait_patiently(visitor: Visitor, shown: Locator) -> None:
    """Set the clock forward by minutes, because the bot looks again only after a while."""
    for _ in range(MINUTES):
        if not await shown.count():
            await visitor.set_clock("+ 1 min")
    await expect(shown).to_be_visible()


async def _rows(visitor: Visitor, name: str) -> int:
    """Return how many campaigns with this name Kore.ai has."""
    await visitor.open_panel("Kore.ai")
    await visitor.sees("Campaigns in Kore.ai", on=visitor.panel)
    return await visitor.panel.get_by_role("row", name=name).count()


async def test_planned_faults_can_be_canceled(tester: Visitor) -> None:
    await tester.open_panel("Faults")
    await tester.sees(ALL_WELL)
    await tester.plan_fault("Kore.ai", "has had too many requests", "when a campaign is created")
    await tester.sees_no(ALL_WELL)
    await tester.press("Call all of it off")
    await tester.sees(ALL_WELL)
    await tester.sees_no("Kore.ai has had too many requests when a campaign is created, once.")


async def test_after_a_kore_ai_error_a_private_message_offers_to_create_it_again(
    tester: Visitor,
) -> None:
    error = ("answers with error 500", "when a campaign is created", "until it is called off")
    await tester.plan_fault("Kore.ai", *error)
    await _create(tester, "Met an error")
    unknown = "Whether “Met an error” was created is not known."
    await _wait_patiently(tester, tester.message(unknown))
    assert await _rows(tester, "Met an error") == 0
    await tester.open_panel("Faults")
    await tester.press("Call all of it off")
    await tester.go_to("Campaign bot")
    await tester.press("Create it now", on=tester.message(unknown, "Reference"))
    await tester.press("Create", on=tester.dialog("Create it now?"))
    await tester.go_to("campaigns")
    await steps.card(tester, "Met an error", "Created by")
    assert await _rows(tester, "Met an error") == 1


async def test_a_campaign_whose_answer_was_lost_is_found_and_not_created_again(
    tester: Visitor,
) -> None:
    await tester.plan_fault(
        "Kore.ai", "does it, and the answer is lost", "when a campaign is created"
    )
    await _create(tester, "Answer lost")
    await _wait_patiently(tester, tester.card("Answer lost"))
    await steps.card(tester, "Answer lost", "Created by")
    assert await _rows(tester, "Answer lost") == 1


async def test_a_command_that_does_not_reach_the_bot_shows_slacks_error(
    tester: Visitor,
) -> None:
    await tester.plan_fault("Slack's way to the bot", "is closed", "at whatever people do")
    await tester.say("/campaign help")
    await expect(tester.alert).to_have_text("/campaign failed with the error “dispatch_failed”")
    await tester.say("/campaign help")
    await tester.sees("a menu with buttons")
    await expect(tester.alert).to_have_count(0)


async def test_a_late_answer_shows_slacks_time_out(tester: Visitor) -> None:
    await tester.plan_fault(
        "Slack's way to the bot", "takes more than three seconds", "at whatever people do"
    )
    await tester.say("/campaign help")
    await expect(tester.alert).to_have_text("/campaign failed with the error “operation_timeout”")


async def test_a_card_is_posted_again_after_a_failure(tester: Visitor) -> None:
    await tester.plan_fault("Slack", "answers with error 500", "when a message is posted")
    await _create(tester, "Posted late")
    await steps.card(tester, "Posted late", "Created by")
    await tester.open_panel("Faults")
    await tester.sees(ALL_WELL)
