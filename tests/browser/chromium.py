"""The browser of these tests: the Chromium that the system has, kept from calling anybody."""

import contextlib
import shutil
from collections.abc import AsyncIterator

from playwright.async_api import Browser, async_playwright

# The shell is Chromium without anything around the page, and takes half of the work.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
# Of the whole browser: a page behind the address bar and a process in reserve, for each window,
# which take four times as long to start as the page of the sandbox. The rest is what matters here
# of Playwright's own list, which this one replaces (playwright-core, chromiumSwitches.ts).
_WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "PaintHolding",
)
_ALONE = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    # Beside this computer there is nobody to be found.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(_WITHOUT)}",
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
