"""Approving and declining, removing schedules, and stopping runs."""

import pytest
from playwright.async_api import expect

from tests.browser import steps
from tests.browser.doors import Doors
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.drill


async def test_an_approval_that_nobody_gives_expires(later_doors: Doors) -> None:
    ana = await later_doors.let_in()
    ravi = await later_doors.let_in("Ravi Iyer", "approvals")
    await steps.make_sms(ana, "Nobody answers", {**steps.SMS, "Contact lists": ["VIP customers"]})
    await steps.ask_for_schedule(ana, "Nobody answers")
    asked = steps.request(ravi, "Nobody answers")
    await ravi.sees("It waits for approval until", on=asked)
    await ana.set_clock("+ 1 day")
    await ana.set_clock("+ 1 hour")
    await ravi.sees("Nobody answered in time. Nothing was sent.", on=asked)
    await expect(asked.get_by_role("button", name="Approve")).to_have_count(0)
    await ana.go_to("Campaign bot")
    await ana.sees("“Nobody answers”: Nobody answered in time. Nothing was sent.")


async def test_a_declined_request_can_be_edited_and_submitted_again(
    ana: Visitor, doors: Doors
) -> None:
    ravi = await doors.let_in("Ravi Iyer", "approvals")
    await steps.make_sms(ana, "Too early")
    await steps.ask_for_schedule(ana, "Too early")
    await ravi.press("Decline", on=steps.request(ravi, "Too early"))
    await ravi.fill({"Why?": "Not before ten"})
    await ravi.press("Decline", on=ravi.dialog("Decline"))
    await ravi.sees("Declined by", on=steps.request(ravi, "Too early"))
    await ana.go_to("Campaign bot")
    told = ana.message("“Too early”: Declined by @Ravi Iyer: “Not before ten”")
    await ana.press("Edit and try again", on=told)
    monday = f"{await ana.next_monday():%Y-%m-%d}"
    kept = {"Campaign": "Too early", "Time zone": "America/New_York", "Repeat every": "1"}
    times = {"Start date": monday, "Start time": "10:00", "End date": monday, "End time": "18:00"}
    for label, value in (kept | times).items():
        await expect(ana.field(label)).to_have_value(value)


async def test_a_schedule_is_removed_only_after_a_review(ana: Visitor, doors: Doors) -> None:
    ravi = await doors.let_in("Ravi Iyer", "approvals")
    await steps.make_sms(ana, "Scheduled once")
    await steps.ask_for_schedule(ana, "Scheduled once")
    await steps.approve(ravi, "Scheduled once")
    card = await steps.card(ana, "Scheduled once", "Scheduled by")
    await ana.press("Remove schedule", on=card)
    review = await steps.see_review(ana, "The campaign will no longer start by itself.")
    await ana.press("Back", on=review)
    await expect(review).to_have_count(0)
    await ana.open_panel("Kore.ai")
    row = ana.panel.get_by_role("row", name="Scheduled once")
    await expect(row).to_contain_text("Scheduled")
    await ana.press("Remove schedule", on=card)
    await ana.press("Remove", on=review)
    await steps.card(ana, "Scheduled once", "Schedule removed by")
    await expect(row).to_contain_text("Ready")


async def test_a_run_is_stopped_only_after_a_review(ana: Visitor, doors: Doors) -> None:
    ravi = await doors.let_in("Ravi Iyer", "approvals")
    await steps.make_sms(ana, "To be stopped", {**steps.SMS, "Contact lists": ["Renewals June"]})
    await ana.press("Start", on=ana.card("To be stopped"))
    await steps.see_review(ana, "Start this campaign now?")
    await ana.press("Ask for approval", on=ana.dialog("Review"))
    await steps.approve(ravi, "To be stopped")
    card = await steps.card(ana, "To be stopped", "Started by")
    await ana.press("Stop", on=card)
    review = await steps.see_review(ana, "Stop this campaign?")
    await ana.press("Back", on=review)
    await expect(review).to_have_count(0)
    await ana.open_panel("Kore.ai")
    row = ana.panel.get_by_role("row", name="To be stopped")
    await expect(row).to_contain_text("Active")
    await ana.press("Stop", on=card)
    await ana.press("Stop", on=review)
    await steps.card(ana, "To be stopped", "Stopped by")
    await expect(row).to_contain_text("Stopped")


async def test_nothing_is_approved_when_the_confirmation_is_denied(
    ana: Visitor, doors: Doors
) -> None:
    ravi = await doors.let_in("Ravi Iyer", "approvals")
    await steps.make_sms(ana, "Thought over")
    await steps.ask_for_schedule(ana, "Thought over")
    asked = steps.request(ravi, "Thought over")
    await ravi.press("Approve", on=asked)
    question = ravi.dialog("Approve it?")
    await ravi.sees("The bot will do exactly what this message shows.", on=question)
    await ravi.press("Back", on=question)
    await expect(question).to_have_count(0)
    await ravi.page.reload()
    await ravi.sees("It waits for approval until", on=asked)
    await expect(asked.get_by_role("button", name="Approve")).to_be_visible()
