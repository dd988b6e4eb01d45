"""Open the sandbox's page for visitors, each in their own browser, and watch for faults."""

from typing import Literal

from playwright.async_api import Browser, BrowserContext

from tests.browser.visitor import TIMEOUT_MS, Visitor
from tests.browser.watch import Watch

# The person and channel that the page shows when it is first loaded.
ANA, CAMPAIGNS = "Ana Lopez", "campaigns"
WIDTH, HEIGHT = 1280, 800
# A small phone's.
NARROW = 375


class Doors:
    """Opens a browser for each visitor, and closes them all at the end."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._visitors: list[Visitor] = []
        self._contexts: list[BrowserContext] = []
        self.watch = Watch()

    async def let_in(
        self,
        name: str = ANA,
        channel: str = CAMPAIGNS,
        *,
        scripts: bool = True,
        scheme: Literal["light", "dark"] = "light",
        width: int = WIDTH,
    ) -> Visitor:
        """Open a browser for a visitor and go to a channel."""
        context = await self._browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(TIMEOUT_MS)
        await self.watch.over(context)
        visitor = Visitor(await context.new_page())
        self._contexts.append(context)
        self._visitors.append(visitor)
        await visitor.page.goto(self._url)
        if len(self._visitors) == 1:
            # The bot may have used up its calls to Kore.ai for this minute.
            await visitor.set_clock("+ 1 min")
        if name != ANA:
            await visitor.become(name)
        if channel != CAMPAIGNS:
            await visitor.go_to(channel)
        return visitor

    async def see_out(self) -> None:
        """Close all open forms and every browser."""
        for visitor in self._visitors:
            await visitor.leave()
        for context in self._contexts:
            await context.close()
