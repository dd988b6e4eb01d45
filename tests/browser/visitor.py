"""A person who uses the sandbox's page and finds things by their roles, labels and texts."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from playwright.async_api import Locator, Page, expect

from tests.filling import OPTIONS

TIMEOUT_MS = 10_000
"""How long to wait for things that will appear."""
SOON_MS = 2_000
"""How long to wait for things that must appear quickly."""
Answers = Mapping[str, str | Sequence[str]]


class Visitor:
    """A person with their own browser. Every wait fails after `TIMEOUT_MS`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.panel = page.get_by_role("complementary", name="Behind the scenes")
        self.thread = page.get_by_role("region", name="Thread", exact=True)
        self.alert = self.main.get_by_role("alert")

    async def open_menu(self) -> None:
        """Unfold the navigation, if the screen is so narrow that it is folded."""
        menu = self.page.get_by_role("navigation", name="Menu", exact=True)
        closed = menu.locator("details:not([open])")
        if await menu.is_visible() and await closed.count():
            await menu.get_by_text("Menu").click()

    async def become(self, name: str) -> None:
        """Choose which person to be."""
        await self.open_menu()
        # On a narrow screen the menu folds again, so find the person in it all the same.
        people = self.page.get_by_role("navigation", name="You are", include_hidden=True)
        person = people.get_by_role("link", name=name, include_hidden=True)
        await person.click()
        await expect(person).to_have_attribute("aria-current", "true")

    async def go_to(self, channel: str) -> None:
        """Open a channel or the conversation with the bot."""
        await self.open_menu()
        await self.conversation(channel).click()
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(channel)

    def conversation(self, name: str) -> Locator:
        """Return the link to a conversation in the list of conversations."""
        listed = self.page.get_by_role("navigation", name="Conversations")
        return listed.get_by_role("link", name=re.compile(rf"\b{re.escape(name)}\b"))

    async def say(self, text: str) -> None:
        """Write a message or a command in the open conversation."""
        await self.composer.fill(text)
        await self.press("Send", on=self.main)

    async def reply_to(self, words: str, text: str) -> None:
        """Reply in the thread of the latest message with these words."""
        await self.message(words).get_by_role("link", name=re.compile("thread|repl")).last.click()
        await self.thread.get_by_role("textbox").fill(text)
        await self.press("Send", on=self.thread)

    @property
    def composer(self) -> Locator:
        """The field for new messages."""
        return self.main.get_by_role("textbox", name=re.compile("^Message "))

    async def press(self, words: str, *, on: Locator | None = None) -> None:
        """Press the last button with these words; dialogs come last on the page."""
        place = self.page if on is None else on
        await place.get_by_role("button", name=words, exact=True).last.click()

    async def choose(self, words: str, *, on: Locator) -> None:
        """Open the menu of more actions and press one of them."""
        await on.get_by_label("More actions").click()
        await self.press(words, on=on)

    async def follow(self, words: str | re.Pattern[str], *, on: Locator | None = None) -> None:
        """Follow the last link with these words."""
        place = self.page if on is None else on
        await place.get_by_role("link", name=words).last.click()

    async def sees(
        self, *words: str, on: Locator | None = None, within_ms: int = TIMEOUT_MS
    ) -> None:
        """Wait until each of these texts is shown."""
        place = self.page if on is None else on
        for each in words:
            await expect(place.get_by_text(each).last).to_be_visible(timeout=within_ms)

    async def sees_no(self, *words: str, on: Locator | None = None) -> None:
        """Wait until none of these texts is shown."""
        place = self.page if on is None else on
        for each in words:
            await expect(place.get_by_text(each).filter(visible=True)).to_have_count(0)

    def message(self, *words: str) -> Locator:
        """Return the latest message with all these texts."""
        found = self.page.get_by_role("article")
        for each in words:
            found = found.filter(has_text=each)
        return found.last

    def card(self, name: str) -> Locator:
        """Return the latest card of a campaign."""
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.page.get_by_role("article").filter(has=heading).last

    def dialog(self, title: str) -> Locator:
        """Return the dialog with this title."""
        return self.page.get_by_role("dialog", name=title, exact=True)

    def field(self, label: str) -> Locator:
        """Return the form control with this label, or the group if it is a group of checkboxes."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
        # The list of suggestions has the same label as its field.
        no_list = self.page.locator(":not([role=listbox])")
        return self.page.get_by_role("dialog").get_by_label(words).and_(no_list)

    async def fill(self, answers: Answers) -> None:
        """Fill in fields of the open form by their labels; unfold its options if one is folded."""
        for label, answer in answers.items():
            if label in OPTIONS and not await self.field(label).count():
                await self.press("More options")
            await self._enter(self.field(label), answer)

    async def _enter(self, field: Locator, answer: str | Sequence[str]) -> None:
        kind = await field.evaluate("each => each.role || each.type || each.localName")
        if kind == "group" and not isinstance(answer, str):
            await self._check(field, answer)
        elif kind == "combobox":
            for each in [answer] if isinstance(answer, str) else answer:
                await self._pick(field, each)
        elif kind.startswith("select"):
            await field.select_option(label=answer)
        else:
            await field.fill(answer if isinstance(answer, str) else "\n".join(answer))

    async def _check(self, group: Locator, wanted: Sequence[str]) -> None:
        for box in await group.get_by_role("checkbox").all():
            label = await box.evaluate("each => each.labels[0].textContent.trim()")
            await box.set_checked(label in wanted)

    async def _pick(self, box: Locator, text: str) -> None:
        await box.fill(text)
        await self.page.get_by_role("option", name=text, exact=True).click()

    async def open_panel(self, part: str) -> None:
        """Open a tab of the side panel."""
        tab = self.panel.get_by_role("link", name=part, exact=True)
        await tab.first.click()
        await expect(tab.first).to_have_attribute("aria-current", "page")

    async def plan_fault(self, service: str, what: str, where: str, often: str = "") -> None:
        """Plan a fault with the panel's own texts."""
        await self.open_panel("Faults")
        form = self.panel.get_by_role("form", name=service, exact=True)
        await form.get_by_label("What", exact=True).select_option(label=what)
        await form.get_by_label("Where", exact=True).select_option(label=where)
        if often:
            await form.get_by_label("How often", exact=True).select_option(label=often)
        await self.press("Let it fail", on=form)
        await self.sees(f"{service} {what} {where}", on=self.panel)

    async def set_clock(self, step: str) -> None:
        """Set the clock forward, and wait until it shows the new time."""
        await self.open_menu()
        clock = self.page.get_by_label("Clock", exact=True)
        before = await clock.get_by_role("time", include_hidden=True).inner_text()
        await self.press(step, on=clock)
        await expect(clock.get_by_role("time", include_hidden=True)).not_to_have_text(before)

    async def now(self) -> datetime:
        """Return the sandbox's time in the current person's time zone."""
        time = self.page.get_by_label("Clock", exact=True).get_by_role("time", include_hidden=True)
        return datetime.fromisoformat(await time.get_attribute("datetime") or "")

    async def next_monday(self) -> date:
        """Return a Monday at least two days ahead."""
        ahead = (await self.now()).date() + timedelta(days=2)
        return ahead + timedelta(days=-ahead.weekday() % 7)

    async def leave(self) -> None:
        """Close all open dialogs, because the next visitor would find them open."""
        await self.page.reload()
        windows = self.page.get_by_role("dialog")
        while await windows.count():
            window = windows.last
            title = await window.get_by_role("heading").first.inner_text()
            close = window.get_by_role("button", name="Close", exact=True)
            # Slack's confirmation dialogs have no Close; the first of their two buttons says no.
            no = window.get_by_role("button").first
            await (close.first if await close.count() else no).click()
            await expect(self.dialog(title)).to_have_count(0)
