"""Forms: fields that appear and disappear, errors, the keyboard, and typing during updates."""

from playwright.async_api import Locator, expect

from tests.browser import steps
from tests.browser.held import Held
from tests.browser.visitor import Visitor


async def test_a_dialing_mode_changes_the_fields_and_keeps_what_was_typed(
    ana: Visitor,
) -> None:
    await steps.open_form(ana, "/campaign voice Renewal calls", "New voice campaign")
    await ana.fill({**steps.AUDIENCE, "Experience flow": "Appointment reminder"})
    await ana.fill({"Calling days": ["Monday", "Saturday"], "Ring time (seconds)": "25"})
    await ana.fill({"Dialing mode": "Preview"})
    await ana.fill({"Queue": "Sales", "Maximum skips": "7"})
    await expect(ana.field("Experience flow")).to_have_count(0)
    await ana.fill({"Dialing mode": "Progressive"})
    await expect(ana.field("Maximum skips")).to_have_count(0)
    await expect(ana.field("Queue")).to_have_value("Sales")
    await expect(ana.field("Description")).to_have_value("Everybody on the list")
    await expect(ana.field("Ring time (seconds)")).to_have_value("25")
    review = await steps.review(ana)
    await ana.sees(
        "Voice · Progressive", "Sales", "Spring leads (80)", "+1 202-555-0100", on=review
    )
    await ana.sees("Mon, Sat 9:00 AM-6:00 PM (America/New_York)", on=review)
    await ana.press("Create", on=review)
    await steps.card(ana, "Renewal calls", "Created by")


async def test_errors_are_shown_at_their_fields_and_the_first_has_the_focus(ana: Visitor) -> None:
    form = await steps.fill_sms(ana, "Faulty", {**steps.SMS, "Caller ID": "+1 202-555-0100"})
    await ana.fill({"Campaign name": "", "Calling hours to": "08:00"})
    await ana.press("Review", on=form)
    name = ana.field("Campaign name")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("Campaign name is required.")
    await ana.fill({"Campaign name": "Now it is there"})
    await ana.press("Review", on=form)
    hours = ana.field("Calling hours to")
    await expect(hours).to_be_focused()
    await expect(hours).to_have_accessible_description(
        "Calling hours must end after they begin, and must not overlap."
    )
    await expect(name).not_to_have_attribute("aria-invalid", "true")


async def test_an_error_in_a_folded_option_unfolds_the_form(ana: Visitor) -> None:
    form = await steps.fill_sms(ana, "Folded", {**steps.SMS, "Calling hours to": "08:00"})
    await ana.press("Fewer options", on=form)
    await ana.sees("Mon, Tue, Wed, Thu, Fri 09:00-08:00 (America/New_York)", on=form)
    await expect(ana.field("Calling hours to")).to_have_count(0)
    await ana.press("Review", on=form)
    await ana.sees("Nothing was sent yet.", on=form)
    await ana.sees("Calling hours must end after they begin", on=form)
    await ana.fill({"Calling hours to": "18:00"})
    await ana.sees("Spring leads (80)", on=await steps.review(ana))


async def test_a_campaign_is_created_with_the_keyboard_alone(ana: Visitor) -> None:
    keys = ana.page.keyboard
    await ana.composer.focus()
    await keys.type("/campaign sms By keyboard")
    await keys.press("Enter")
    await ana.sees("(America/New_York)")
    await expect(ana.field("Campaign name")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.type("Hello there")
    await keys.press("Tab")
    await _choose_with_keys(ana, "Spring", "Spring leads")
    await keys.press("Tab")
    await _choose_with_keys(ana, "(202) 555-0101", "+1 202-555-0101")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(ana.page.get_by_role("button", name="Fewer options")).to_be_focused()
    await keys.press("Tab")
    await keys.type("Typed")
    await keys.press("Tab")
    await _choose_with_keys(ana, "not call", "Do not call")
    await keys.press("Enter")
    await ana.sees("Create this campaign?", "Spring leads (80)", "Hello there")
    await _tab_to(ana, ana.dialog("Review").get_by_role("button", name="Create"))
    await keys.press("Enter")
    await steps.card(ana, "By keyboard", "Created by")


async def _tab_to(visitor: Visitor, button: Locator) -> None:
    focused = "each => each === document.activeElement"
    for _ in range(5):
        if not await button.evaluate(focused):
            await visitor.page.keyboard.press("Tab")
    await expect(button).to_be_focused()


async def _choose_with_keys(visitor: Visitor, typed: str, wanted: str) -> None:
    keys = visitor.page.keyboard
    await keys.type(typed)
    await expect(visitor.page.get_by_role("option", name=wanted)).to_be_visible()
    await keys.press("ArrowDown")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await expect(visitor.page.get_by_role("listbox")).to_have_count(0)


async def test_escape_closes_the_list_and_then_the_form(ana: Visitor) -> None:
    form = await steps.open_form(ana, "/campaign sms Escaped", "New SMS campaign")
    await ana.field("Contact lists").click()
    await expect(ana.page.get_by_role("option", name="VIP customers")).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await expect(ana.page.get_by_role("option", name="VIP customers")).to_have_count(0)
    await expect(form).to_be_visible()
    await ana.page.keyboard.press("Escape")
    await expect(form).to_have_count(0)


async def test_text_typed_during_an_update_of_the_form_is_kept(ana: Visitor) -> None:
    await steps.open_form(ana, "/campaign sms Drawn anew", "New SMS campaign")
    await ana.press("More options")
    await expect(ana.field("Description")).to_be_visible()
    held = Held()
    await held.over(ana.page)
    await ana.fill({"Format": "Template"})
    await held.asked.wait()
    await ana.fill({"Description": "Typed meanwhile", "Calling days": ["Sunday"]})
    await ana.field("Message").press_sequentially("half a sen")
    held.let_through.set()
    await expect(ana.field("Template name")).to_be_visible()
    await expect(ana.field("Message")).to_be_focused()
    await ana.page.keyboard.type("tence")
    await expect(ana.field("Message")).to_have_value("half a sentence")
    await expect(ana.field("Description")).to_have_value("Typed meanwhile")
    days = ana.field("Calling days")
    await expect(days.get_by_role("checkbox", name="Sunday")).to_be_checked()
    await expect(days.get_by_role("checkbox", name="Monday")).not_to_be_checked()
    await ana.page.unroute_all()


HOSTILE = "<script>x</script> <!channel> &amp; </p>"
FORMATTED = "*bold* _italic_ ~gone~ `code`"


async def test_names_are_shown_as_they_were_typed(ana: Visitor) -> None:
    await steps.open_form(ana, "/campaign sms", "New SMS campaign")
    await ana.fill({**steps.SMS, "Campaign name": HOSTILE})
    await ana.fill({"Description": f"About {HOSTILE}", "Message": f"{FORMATTED} {HOSTILE}"})
    review = await steps.review(ana)
    await ana.sees(HOSTILE, f"About {HOSTILE}", f"{FORMATTED} {HOSTILE}", on=review)
    await ana.press("Create", on=review)
    await steps.card(ana, HOSTILE, "Created by")
    await ana.open_panel("Kore.ai")
    await ana.sees(HOSTILE, on=ana.panel)
    await ana.say("/campaign list")
    await ana.sees(HOSTILE, on=ana.message("Campaigns"))


async def test_what_people_write_is_not_formatted(ana: Visitor) -> None:
    await ana.say(f"{FORMATTED} {HOSTILE}")
    await ana.sees(f"{FORMATTED} {HOSTILE}", on=ana.main)
