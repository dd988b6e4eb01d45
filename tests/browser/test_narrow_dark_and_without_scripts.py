"""The page without scripts, in the dark color scheme, and on a narrow screen."""

from typing import Literal

import pytest
from playwright.async_api import expect

from tests.browser import steps
from tests.browser.doors import HEIGHT, NARROW, Doors

pytestmark = pytest.mark.drill


async def test_a_campaign_is_created_without_scripts(doors: Doors) -> None:
    ana = await doors.let_in(scripts=False)
    await ana.say("/campaign sms Without scripts")
    await expect(ana.dialog("New SMS campaign")).to_be_visible()
    await ana.fill({**steps.SMS, "Time zone": "Europe/Paris"})
    await ana.press("Review")
    review = ana.dialog("Review")
    await ana.sees("Create this campaign?", "Spring leads (80)", "(Europe/Paris)", on=review)
    await ana.press("Create", on=review)
    await steps.card(ana, "Without scripts", "Created by")


async def test_fields_change_without_scripts(doors: Doors) -> None:
    ana = await doors.let_in(scripts=False)
    await ana.say("/campaign voice No scripts")
    await ana.fill({"Description": "Stays", "Dialing mode": "Preview"})
    await ana.press("Update form")
    await expect(ana.field("Maximum skips")).to_have_value("3")
    await expect(ana.field("Description")).to_have_value("Stays")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_follows_the_color_scheme_of_the_browser(
    doors: Doors, scheme: Literal["light", "dark"]
) -> None:
    ana = await doors.let_in(scheme=scheme)
    background, words = await ana.page.evaluate(
        """() => ["backgroundColor", "color"].map((name) => {
          const [red, green, blue] = getComputedStyle(document.body)[name].match(/[\\d.]+/g);
          return (Number(red) + Number(green) + Number(blue)) / 3;
        })"""
    )
    assert (background < words) is (scheme == "dark")
    assert abs(background - words) > 128


async def test_everything_can_be_reached_on_a_narrow_screen(doors: Doors) -> None:
    ana = await doors.let_in(width=NARROW)
    form = await steps.fill_sms(ana, "On a phone")
    await steps.fits(form)
    await ana.press("Fewer options", on=form)
    await ana.sees("DNC: Do not call", on=form)
    await steps.fits(form)
    await steps.fits(await steps.review(ana))
    await ana.press("Create", on=ana.dialog("Review"))
    card = await steps.card(ana, "On a phone", "Created by")
    await steps.fits(card)
    for part in ("Kore.ai", "Traffic", "Faults", "Try it"):
        await ana.open_panel(part)
        await steps.fits(ana.panel)
    await ana.follow("Reply in thread", on=ana.message("On a phone"))
    await steps.fits(ana.thread)
    await ana.press("Schedule", on=card)
    await steps.fits(ana.dialog("Schedule a campaign"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_narrow_screen_starts_with_the_conversation(doors: Doors, scripts: bool) -> None:  # noqa: FBT001 # by name from pytest
    ana = await doors.let_in(width=NARROW, scripts=scripts)
    await ana.page.reload()
    await expect(ana.conversation("campaigns")).to_be_hidden()
    for shown in (ana.page.get_by_role("heading", level=1), ana.composer):
        await expect(shown).to_be_in_viewport(ratio=1)
    box = await ana.main.bounding_box()
    assert box
    assert box["y"] < HEIGHT / 10
    await ana.go_to("marketing")
    await expect(ana.conversation("marketing")).to_be_hidden()
    await ana.become("Ravi Iyer")
    await expect(ana.composer).to_be_in_viewport(ratio=1)


async def test_the_menu_stays_open_while_the_clock_is_set(doors: Doors) -> None:
    ana = await doors.let_in(width=NARROW)
    await ana.page.reload()
    await ana.set_clock("+ 1 min")
    await expect(ana.conversation("campaigns")).to_be_visible()


async def test_the_page_does_not_scroll_sideways_on_a_narrow_screen(doors: Doors) -> None:
    ana = await doors.let_in(width=NARROW)
    wide = "() => document.scrollingElement.scrollWidth"
    assert await ana.page.evaluate(wide) <= NARROW
