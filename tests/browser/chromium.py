"""Run the system's Chromium for these tests, without access to any other computer."""

import contextlib
import shutil
from collections.abc import AsyncIterator

from playwright.async_api import Browser, async_playwright

# The headless shell is Chromium without a user interface, and needs half of the work.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)
# Features to disable. For each window, the full browser starts pages for the address bar and a
# spare process, which takes four times as long as the sandbox's page. The other features come from
# Playwright's own list, which this one replaces (playwright-core, chromiumSwitches.ts).
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
    # Every other host name than this computer's is not found.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(_WITHOUT)}",
)


@contextlib.asynccontextmanager
async def running_chromium() -> AsyncIterator[Browser]:
    """Run a browser without a window during the block."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=_ALONE)
        try:
            yield browser
        finally:
            await browser.close()
