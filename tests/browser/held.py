"""Hold back the requests that a page posts until a test lets them through."""

import asyncio

from playwright.async_api import Page, Route


class Held:
    """Holds the posts of a page; `asked` is set once the page has posted something."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.let_through = asyncio.Event()

    async def over(self, page: Page) -> None:
        """Hold everything that this page posts from now on."""
        await page.route("**", self._hold)

    async def _hold(self, route: Route) -> None:
        if route.request.method == "POST":
            self.asked.set()
            await self.let_through.wait()
        await route.continue_()
