"""The browser of these tests: the Chromium that the system has, kept from calling anybody."""

import contextlib
import shutil
from collections.abc import AsyncIterator

from playwright.async_api import Browser, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
_ALONE = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
)


@contextlib.asynccontextmanager
async def running_chromium() -> AsyncIterator[Browser]:
    """A browser without a window, up while the block runs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=_ALONE)
        try:
            yield browser
        finally:
            await browser.close()
