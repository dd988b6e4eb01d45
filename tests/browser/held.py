"""Answers to what a page posts, held back until they are let through."""

import asyncio

from playwright.async_api import Page, Route


class Held:
    """Put on a page with `over`; `asked` is set once it has posted something."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.let_through = asyncio.Event()

    async def over(self, page: Page) -> None:
        """Hold what this page posts from now on."""
        await page.route("**", self._hold)

    async def _hold(self, route: Route) -> None:
        if route.request.method == "POST":
            self.asked.set()
            await self.let_through.wait()
        await route.continue_()
