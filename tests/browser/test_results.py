"""The results of a campaign: a picture in a thread, and a file for one person."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser import steps
from tests.browser.doors import Doors
from tests.browser.visitor import Answers, Visitor

VOICE: Answers = {
    **steps.AUDIENCE,
    "Dialing mode": "Progressive",
    "Queue": "Sales",
}
BIGGER_MS = 30_000
# The bot reads what runs every 20 seconds, and its results as often.
BY_ITSELF_MS = 90_000
pytestmark = pytest.mark.drill


async def test_results_are_shown_below_the_card_and_saved_as_a_file(later_doors: Doors) -> None:
    ana = await later_doors.let_in()
    ravi = await later_doors.let_in("Ravi Iyer", "approvals")
    await run_to_its_end(ana, ravi, "Heard")
    card = ana.card("Heard")
    await ana.choose("Results", on=card)
    await ana.follow(re.compile(r"\d+ replies"), on=card)
    await ana.sees("The run is over: 64 contacts reached (80%)", on=ana.thread)
    await ana.sees("Reached: 64 (80%)", on=ana.thread, within_ms=BIGGER_MS)
    picture = ana.thread.get_by_role("img", name="Bar chart. Results of “Heard”, 80 contacts")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    await ana.press("CSV for me", on=ana.thread)
    await ana.go_to("Campaign bot")
    file = ana.page.get_by_role("link", name="Results of “Heard”")
    await expect(file).to_be_visible(timeout=BIGGER_MS)
    async with ana.page.expect_download() as download:
        await file.click()
    saved = await (await download.value).path()
    assert len(await asyncio.to_thread(saved.read_bytes)) > 80 * len("12025550100")


async def run_to_its_end(ana: Visitor, ravi: Visitor, name: str) -> None:
    """Create a voice campaign, start it, and set the clock on until it has called everybody."""
    await steps.open_form(ana, f"/campaign voice {name}", "New voice campaign")
    await ana.fill(VOICE)
    await steps.review(ana)
    await ana.press("Create", on=ana.dialog("Review"))
    card = await steps.card(ana, name, "Created by")
    await ana.press("Refresh", on=card)
    await ana.sees("Ready", on=card)
    await ana.press("Start", on=card)
    await steps.see_review(ana, "Start this campaign now?")
    await ana.press("Ask for approval", on=ana.dialog("Review"))
    await steps.approve(ravi, name)
    await steps.card(ana, name, "Started by")
    await ana.open_panel("Kore.ai")
    await ana.set_clock("+ 1 week")
    # Nobody presses Refresh: the card changes while Ana looks at it.
    await ana.sees("Completed", on=ana.card(name), within_ms=BY_ITSELF_MS)
    await ana.sees("Last run: 64 contacts reached (80%)", on=ana.card(name), within_ms=BY_ITSELF_MS)
