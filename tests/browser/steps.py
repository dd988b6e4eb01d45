"""What visitors do often: make a campaign, ask for a schedule, approve it."""

from playwright.async_api import Locator, expect

from tests.browser.visitor import Answers, Visitor

AUDIENCE: Answers = {
    "Description": "Everybody on the list",
    "Contact lists": ["Spring leads"],
    "DNC list": "Do not call",
    "Caller ID": "+12025550100",
}
SMS: Answers = {**AUDIENCE, "Message": "Hello <First Name>, our sale begins on Monday."}


async def open_form(visitor: Visitor, command: str, title: str) -> Locator:
    """Give a command and wait for its form, in Ana's own time zone."""
    await visitor.say(command)
    await expect(visitor.field("Time zone")).to_have_value("America/New_York")
    form = visitor.dialog(title)
    await expect(form).to_be_visible()
    return form


async def fill_sms(visitor: Visitor, name: str, answers: Answers = SMS) -> Locator:
    """The form of an SMS campaign, filled in."""
    form = await open_form(visitor, f"/campaign sms {name}", "New SMS campaign")
    await visitor.fill(answers)
    return form


async def review(visitor: Visitor, heading: str = "Create this campaign?") -> Locator:
    """Submit the form that is open, and wait for its review."""
    await visitor.press("Review")
    return await see_review(visitor, heading)


async def see_review(visitor: Visitor, heading: str) -> Locator:
    """The review, once Kore.ai was asked."""
    shown = visitor.dialog("Review")
    await visitor.sees(heading, on=shown)
    return shown


async def make_sms(visitor: Visitor, name: str, answers: Answers = SMS) -> Locator:
    """Make an SMS campaign; its card."""
    await fill_sms(visitor, name, answers)
    await review(visitor)
    await visitor.press("Create", on=visitor.dialog("Review"))
    return await card(visitor, name, "Created by")


async def card(visitor: Visitor, name: str, news: str) -> Locator:
    """The latest card of a campaign, once it says so."""
    shown = visitor.card(name)
    await visitor.sees(news, on=shown)
    return shown


async def fill_schedule(visitor: Visitor, name: str) -> None:
    """The form that has a campaign run once, next Monday at ten, filled in."""
    await visitor.press("Schedule", on=visitor.card(name))
    await expect(visitor.field("Time zone")).to_have_value("America/New_York")
    await expect(visitor.field("Campaign")).to_have_value(name)
    monday = f"{await visitor.next_monday():%Y-%m-%d}"
    await visitor.fill({"Start date": monday, "Start time": "10:00"})
    await visitor.fill({"End date": monday, "End time": "18:00"})


async def ask_for_schedule(visitor: Visitor, name: str) -> None:
    """Ask for that schedule, which needs a second person's yes."""
    await fill_schedule(visitor, name)
    await review(visitor, "Set this schedule?")
    await visitor.press("Ask for approval", on=visitor.dialog("Review"))
    await expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def request(approver: Visitor, name: str) -> Locator:
    """What the approvers are asked about a campaign."""
    return approver.message(name, "which needs approval")


async def approve(approver: Visitor, name: str) -> None:
    """Approve it, and answer Slack's question with yes."""
    asked = request(approver, name)
    await approver.press("Approve", on=asked)
    await approver.press("Approve", on=approver.dialog("Approve it?"))
    await approver.sees("Approved by", on=asked)
