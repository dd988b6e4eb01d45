"""Take the documentation's pictures from the story: `./dev pictures`.

The pictures go to docs/pictures and are committed. Only the times on them change between runs.
"""

import asyncio
import tempfile
from pathlib import Path

from rich.console import Console

from tests.browser.chromium import CHROMIUM, running_chromium
from tests.browser.doors import WIDTH, Doors
from tests.browser.process import ROOT, running_sandbox
from tests.browser.story import Scene, story

FOLDER = ROOT / "docs" / "pictures"
# The height of the window for each scene, so that the important part fits.
HEIGHTS = {
    "form": 900,
    "review": 800,
    "card": 1000,
    "approval": 1100,
    "running": 640,
    "traffic": 800,
}
# Scenes that show the whole page; the other pictures show a part of it.
WHOLE = {"running"}
LARGEST_BYTES = 150_000
OUT = Console(highlight=False, soft_wrap=True)


async def take_all() -> None:
    """Play the story in a new sandbox, and take a picture of each scene."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_chromium() as chromium, running_sandbox(Path(folder)) as url:
            doors = Doors(chromium, url)
            ana, ravi = await doors.let_in(), await doors.let_in("Ravi Iyer", "approvals")
            async for scene in story(ana, ravi, "Spring sale"):
                if scene.name in HEIGHTS:
                    await take(scene)
            await doors.see_out()


async def take(scene: Scene) -> None:
    """Write the picture of a scene.

    Raises:
        SystemExit: the picture is too large for a repository.
    """
    page, path = scene.visitor.page, FOLDER / f"{scene.name}.png"
    # Move the mouse away, because a button under it looks different.
    await page.mouse.move(0, 0)
    await page.set_viewport_size({"width": WIDTH, "height": HEIGHTS[scene.name]})
    await scene.shown.scroll_into_view_if_needed()
    shown = page if scene.name in WHOLE else scene.shown
    await page.evaluate("document.activeElement.blur()")
    png = await shown.screenshot(path=path, animations="disabled", caret="hide", scale="css")
    if len(png) > LARGEST_BYTES:
        raise SystemExit(f"{path.name} has {len(png):,} bytes: show less of the page on it.")
    OUT.print(f"{path.relative_to(ROOT)}: {len(png):,} bytes")


if __name__ == "__main__":
    if not CHROMIUM:
        raise SystemExit("Chromium was not found: install it to take the pictures.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all())
