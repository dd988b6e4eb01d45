"""Steps that visitors do often: create a campaign, request a schedule, approve it."""

from playwright.async_api import Locator, expect

from tests.browser.visitor import TIMEOUT_MS, Answers, Visitor

AUDIENCE: Answers = {
    "Description": "Everybody on the list",
    "Contact lists": ["Spring leads"],
    "DNC list": "Do not call",
    "Caller ID": "+1 202-555-0100",
}
SMS: Answers = {**AUDIENCE, "Message": "Hello <First Name>, our sale begins on Monday."}


async def open_form(visitor: Visitor, command: str, title: str) -> Locator:
    """Type a command and wait for its form with Ana's time zone, or the one last used here."""
    await visitor.say(command)
    form = visitor.dialog(title)
    zone = form.get_by_text("(America/New_York)").or_(form.get_by_text("As last used in this"))
    await expect(zone.last).to_be_visible(timeout=TIMEOUT_MS)
    return form


async def fill_sms(visitor: Visitor, name: str, answers: Answers = SMS) -> Locator:
    """Open the form of an SMS campaign and fill it in."""
    form = await open_form(visitor, f"/campaign sms {name}", "New SMS campaign")
    await visitor.fill(answers)
    return form


async def review(visitor: Visitor, heading: str = "Create this campaign?") -> Locator:
    """Submit the open form and wait for its review."""
    await visitor.press("Review")
    return await see_review(visitor, heading)


async def see_review(visitor: Visitor, heading: str) -> Locator:
    """Wait for the checked review and return it."""
    shown = visitor.dialog("Review")
    await visitor.sees(heading, on=shown)
    return shown


async def make_sms(visitor: Visitor, name: str, answers: Answers = SMS) -> Locator:
    """Create an SMS campaign and return its card."""
    await fill_sms(visitor, name, answers)
    await review(visitor)
    await visitor.press("Create", on=visitor.dialog("Review"))
    return await card(visitor, name, "Created by")


async def card(visitor: Visitor, name: str, news: str) -> Locator:
    """Wait until the latest card of a campaign shows the news, and return it."""
    shown = visitor.card(name)
    await visitor.sees(news, on=shown)
    return shown


async def fill_schedule(visitor: Visitor, name: str) -> None:
    """Open the schedule form and fill it in for one run, next Monday at ten."""
    await visitor.press("Schedule", on=visitor.card(name))
    await expect(visitor.field("Time zone")).to_have_value("America/New_York")
    await expect(visitor.field("Campaign")).to_have_value(name)
    monday = f"{await visitor.next_monday():%Y-%m-%d}"
    await visitor.fill({"Start date": monday, "Start time": "10:00"})
    await visitor.fill({"End date": monday, "End time": "18:00"})


async def ask_for_schedule(visitor: Visitor, name: str) -> None:
    """Request that schedule, which needs the approval of a second person."""
    await fill_schedule(visitor, name)
    await review(visitor, "Set this schedule?")
    await visitor.press("Ask for approval", on=visitor.dialog("Review"))
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def request(approver: Visitor, name: str) -> Locator:
    """Return the message that asks the approvers about a campaign."""
    return approver.message(name, "which needs approval")


async def approve(approver: Visitor, name: str) -> None:
    """Approve the request, and confirm it in Slack's dialog."""
    asked = request(approver, name)
    await approver.press("Approve", on=asked)
    await approver.press("Approve", on=approver.dialog("Approve it?"))
    await approver.sees("Approved by", on=asked)


async def fits(shown: Locator) -> None:
    """Check that it does not scroll sideways and that each of its buttons can be reached."""
    await expect(shown).to_be_visible()
    inside = "each => [each.scrollWidth, each.clientWidth]"
    content, room = await shown.evaluate(inside)
    assert content <= room
    for control in await shown.get_by_role("button").filter(visible=True).all():
        await control.scroll_into_view_if_needed()
        await expect(control).to_be_in_viewport(ratio=0.9)
