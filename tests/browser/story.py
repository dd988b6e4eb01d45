"""The whole story of a campaign: created, reviewed, scheduled, approved, run and completed.

A test plays it, and the documentation's pictures are taken from it.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import Locator, expect

from tests.browser import steps
from tests.browser.visitor import Visitor

FOLLOWED_MS = 90_000


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of the story; `shown` is the part of the page that matters."""

    name: str
    visitor: Visitor
    shown: Locator


async def story(ana: Visitor, ravi: Visitor, name: str) -> AsyncIterator[Scene]:
    """Play the story without reloading a page: Ana is in #campaigns, Ravi in #approvals."""
    form = await steps.fill_sms(ana, name)
    await ana.press("Fewer options", on=form)
    await ana.sees("DNC: Do not call", on=form)
    await ana.field("Campaign name").scroll_into_view_if_needed()
    yield Scene("form", ana, form)
    yield Scene("review", ana, await steps.review(ana))
    await ana.press("Create", on=ana.dialog("Review"))
    yield Scene("card", ana, await steps.card(ana, name, "Created by"))
    await steps.ask_for_schedule(ana, name)
    await ravi.sees("wants to set this schedule", on=steps.request(ravi, name))
    yield Scene("approval", ravi, steps.request(ravi, name))
    await steps.approve(ravi, name)
    await steps.card(ana, name, "Scheduled by")
    yield Scene("running", ana, await run(ana, name))
    await ana.open_panel("Traffic")
    await ana.panel.get_by_text("bot → Slack").first.click()
    yield Scene("traffic", ana, ana.panel)
    yield Scene("completed", ana, await end(ana, name))


async def run(ana: Visitor, name: str) -> Locator:
    """Set the clock to the run and on until some contacts are reached; return Kore.ai's row."""
    await ana.open_panel("Kore.ai")
    row = ana.panel.get_by_role("row", name=name)
    await expect(row).to_contain_text("Scheduled")
    await ana.set_clock("To the next run")
    await expect(row).to_contain_text("Active")
    await expect(row).to_contain_text(" 0 of 80")
    await ana.set_clock("+ 1 min")
    await expect(row).to_contain_text(re.compile(r"\b[1-9]\d* of 80"))
    await ana.press("Refresh", on=ana.card(name))
    await ana.sees("Active", on=ana.card(name))
    return row


async def end(ana: Visitor, name: str) -> Locator:
    """Set the clock to the next day, watch the card change by itself, and return it."""
    await ana.open_panel("Kore.ai")
    await ana.set_clock("+ 1 day")
    row = ana.panel.get_by_role("row", name=name)
    await expect(row).to_contain_text("Completed")
    await expect(row).to_contain_text("80 of 80")
    card = ana.card(name)
    # The bot reads every half minute what runs.
    await expect(card).to_contain_text("Completed", timeout=FOLLOWED_MS)
    return card
