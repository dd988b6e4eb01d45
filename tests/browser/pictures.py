"""The documentation's pictures, taken from the story: `./dev pictures`.

They are written to docs/pictures, to be committed. Nothing but the times on them differs from one
run to the next.
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
# How high the window is, so that what a scene is about stands in it whole, or as far as is told.
HEIGHTS = {
    "form": 900,
    "review": 800,
    "card": 1000,
    "approval": 1100,
    "running": 700,
    "traffic": 800,
}
# Of the other scenes a part of the page is enough.
WHOLE = {"running"}
LARGEST_BYTES = 150_000
OUT = Console(highlight=False, soft_wrap=True)


async def take_all() -> None:
    """Walk through the story in a new sandbox, and take a picture at each scene."""
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
        SystemExit: with a sentence, if it is larger than a repository should keep.
    """
    page, path = scene.visitor.page, FOLDER / f"{scene.name}.png"
    # A button under the mouse looks as if it were about to be pressed.
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
