"""The rest of a campaign's life, as people live it on a desktop and on a phone."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser import steps
from tests.browser.doors import NARROW, WIDTH, Doors
from tests.browser.visitor import Visitor

pytestmark = [
    pytest.mark.drill,
    pytest.mark.parametrize("width", [WIDTH, NARROW], ids=["desktop", "phone"]),
]


async def test_a_campaign_is_edited(doors: Doors, width: int) -> None:
    ana = await doors.let_in(width=width)
    name = f"Edited at {width}"
    card = await steps.make_sms(ana, name)
    await ana.choose("Edit", on=card)
    form = ana.dialog("Edit SMS campaign")
    await expect(ana.field("Campaign name")).to_have_value(name)
    await ana.fill({"Message": "Hello <First Name>, our sale is over."})
    await steps.fits(form)
    shown = await steps.review(ana, "Change this campaign?")
    await ana.sees("our sale begins on Monday", "our sale is over", on=shown)
    await ana.sees_no("Spring leads", on=shown)
    await steps.fits(shown)
    await ana.press("Change", on=shown)
    await steps.fits(await steps.card(ana, name, "Edited by"))


async def test_a_campaign_is_cloned_and_the_copy_deleted(doors: Doors, width: int) -> None:
    ana = await doors.let_in(width=width)
    name, copy = f"Kept at {width}", f"Kept at {width} (copy)"
    await ana.choose("Clone", on=await steps.make_sms(ana, name))
    await expect(ana.field("Campaign name")).to_have_value(copy)
    await steps.review(ana)
    await ana.press("Create", on=ana.dialog("Review"))
    await ana.choose("Delete", on=await steps.card(ana, copy, "Created by"))
    review = ana.dialog("Review")
    await ana.sees("the results of its runs are lost", on=review)
    await steps.fits(review)
    await ana.fill({"Type the name to confirm": copy})
    await ana.press("Delete", on=review)
    card = await steps.card(ana, copy, "Deleted by")
    await expect(card.get_by_role("button", name="Refresh")).to_have_count(0)
    await expect(ana.card(name).get_by_role("button", name="Refresh")).to_be_visible()


async def test_contacts_are_added_to_a_new_list(doors: Doors, width: int) -> None:
    ana = await doors.let_in(width=width)
    name = f"Fair at {width}"
    await ana.say(f"/campaign new-list {name}")
    await expect(ana.field("Name")).to_have_value(name)
    await ana.fill({"Description": "From the fair"})
    await steps.review(ana, "Create this contact list? It begins empty.")
    await ana.press("Create", on=ana.dialog("Review"))
    await ana.sees(f"The contact list “{name}” was created.")
    await ana.say(f"/campaign add-contacts {name}")
    form = ana.dialog("Add contacts")
    rows = "First name,Mobile\nAnn,(202) 555-0100\nBo,(202) 555-0101\nCy,911\n"
    file = FilePayload(name="fair.csv", mimeType="text/csv", buffer=rows.encode())
    await ana.field("File").set_input_files(file)
    await ana.fill({"Country of the numbers": "us"})
    await steps.fits(form)
    review = await steps.review(ana, "Add these contacts?")
    await ana.sees("Contacts to add", "Some lines are left out: 1", on=review)
    await steps.fits(review)
    await ana.press("Add", on=review)
    await ana.go_to("Campaign bot")
    await ana.sees("Kore.ai accepted", within_ms=60_000)
    await ana.sees_no("555-0100", "911", on=ana.main)


async def test_an_admin_stops_everything(later_doors: Doors, width: int) -> None:
    ana = await later_doors.let_in(width=width)
    ravi = await later_doors.let_in("Ravi Iyer", "approvals", width=width)
    name = f"Stopped at {width}"
    await steps.make_sms(ana, name)
    await started(ana, ravi, name)
    await ravi.go_to("campaigns")
    await ravi.say("/campaign stop all")
    review = ravi.dialog("Review")
    await ravi.sees(name, on=review)
    await ravi.fill({"Type the name to confirm": "sandbox"})
    await steps.fits(review)
    await ravi.press("Stop all", on=review)
    report = ravi.message("Emergency stop", name)
    await ravi.sees("1 of 1 running campaign stopped.", on=report)
    await steps.fits(report)


async def started(ana: Visitor, ravi: Visitor, name: str) -> None:
    """Start a campaign now, with Ravi's approval."""
    await ana.press("Start", on=ana.card(name))
    await steps.see_review(ana, "Start this campaign now?")
    await ana.press("Ask for approval", on=ana.dialog("Review"))
    await steps.approve(ravi, name)
    await steps.card(ana, name, "Started by")
