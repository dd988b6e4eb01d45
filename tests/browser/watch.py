"""Watch a browser for things that the page must not do."""

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError

from sandbox.server import LOOPBACK

# The page's texts about blocks that it does not know or that Slack would have refused.
ALARMS = ("cannot draw", "Slack would have refused")
# This script finds the texts even if they appear only briefly, and reports them in the console.
_LOOKOUT = f"""
  const alarms = {list(ALARMS)!r};
  new MutationObserver(() => {{
    const shown = document.body?.textContent ?? "";
    for (const words of alarms) {{
      if (shown.includes(words)) console.error(`the page said: ${{words}}`);
    }}
  }}).observe(document, {{ childList: true, subtree: true, characterData: true }});
"""


class Watch:
    """Collects in `faults` what went wrong in the watched browsers."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    async def over(self, context: BrowserContext) -> None:
        """Watch every page of this browser from now on."""
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        context.on("request", self._follow)
        await context.add_init_script(_LOOKOUT)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type} in the console: {message.text}")

    def _catch(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _follow(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != LOOPBACK:
            self.faults.append(f"asked for {request.url}")
