"""The accessibility faults that axe finds: https://github.com/dequelabs/axe-core."""

from collections.abc import AsyncIterator, Sequence
from typing import Literal

import pytest
from axe_playwright_python import async_playwright as axe  # type: ignore[import-untyped] # no types
from playwright.async_api import Page, expect

from tests.browser import steps
from tests.browser.doors import NARROW, Doors
from tests.browser.visitor import Visitor

SERIOUS = ("serious", "critical")
CONTRAST = ["color-contrast"]
# axe's tags for each color scheme. In the dark scheme, only the colors differ.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": CONTRAST,
}
PARTS = ("Kore.ai", "Traffic", "Faults", "Try it")


@pytest.mark.drill
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_no_serious_faults(doors: Doors, scheme: Literal["light", "dark"]) -> None:
    ana = await doors.let_in(scheme=scheme)
    ravi = await doors.let_in("Ravi Iyer", "approvals", scheme=scheme)
    found = []
    async for view, visitor in views(ana, ravi, f"Looked at in {scheme}"):
        # Move the mouse away, because things under it are drawn differently.
        await visitor.page.mouse.move(0, 0)
        found += [f"{view}: {each}" for each in await serious_faults(visitor.page, RULES[scheme])]
    assert found == []


async def test_the_open_conversation_is_readable_under_the_mouse(doors: Doors) -> None:
    ana = await doors.let_in(scheme="dark")
    await ana.conversation("campaigns").hover()
    assert await serious_faults(ana.page, CONTRAST) == []


async def test_the_folded_menu_of_a_narrow_screen_is_accessible(doors: Doors) -> None:
    ana = await doors.let_in(width=NARROW)
    assert await serious_faults(ana.page, RULES["light"]) == []
    await ana.open_menu()
    assert await serious_faults(ana.page, RULES["light"]) == []


async def views(ana: Visitor, ravi: Visitor, name: str) -> AsyncIterator[tuple[str, Visitor]]:
    """Show every kind of view that the page has, one after the other."""
    form = await steps.open_form(ana, "/campaign sms", "New SMS campaign")
    yield "a form with folded options", ana
    await ana.fill(steps.SMS)
    await ana.press("Review", on=form)
    await expect(ana.field("Campaign name")).to_be_focused()
    yield "a form with errors", ana
    await ana.fill({"Campaign name": name})
    await steps.review(ana)
    yield "a review", ana
    await ana.press("Create", on=ana.dialog("Review"))
    await steps.card(ana, name, "Created by")
    yield "a card", ana
    await steps.ask_for_schedule(ana, name)
    await ravi.press("Approve", on=steps.request(ravi, name))
    await expect(ravi.dialog("Approve it?")).to_be_visible()
    yield "a question", ravi
    await ana.reply_to(name, "A reply")
    await ana.sees("A reply", on=ana.thread)
    yield "a thread", ana
    for part in PARTS:
        await ana.open_panel(part)
        yield part, ana
    await ana.go_to("Campaign bot")
    yield "direct messages", ana
    await ana.follow("About", on=ana.main)
    await ana.sees("Commands", on=ana.main)
    yield "About", ana


async def serious_faults(page: Page, rules: Sequence[str]) -> list[str]:
    """Return axe's serious and critical findings, each with its place."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    results = await axe.Axe().run(page, options=options)
    return [
        f"{each['id']} ({each['impact']}): {node['target']}"
        for each in results.response["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
