"""Kill the bot at every chosen point."""

import asyncio
import logging
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from tests.crash.drill import Drill
from tests.crash.points import COURSES, Course
from tests.crash.toll import Fate
from tests.process import installation
from tests.warm import quiet_bot

# Folders share the courses, because each restart reads every submission ever made in its folder.
FOLDERS = 4
OUT = Console(highlight=False, soft_wrap=True)


async def drill_once(seed: int, courses: Sequence[Course], progress: Progress) -> Drill:
    """Kill the bot at the points of these courses in a new folder."""
    task: TaskID = progress.add_task(f"folder {seed}", total=len(courses))
    with tempfile.TemporaryDirectory() as folder:
        async with installation(Path(folder), bot=quiet_bot) as installed:
            drill = Drill(installed, seed)
            await drill.prepare()
            for course in courses:
                await drill.follow(course)
                progress.advance(task)
            await drill.settle()
            return drill


async def drill_all(seed: int, at_once: int) -> list[Drill]:
    """Go through all courses, in several folders at once."""
    places = asyncio.Semaphore(at_once)

    async def one(number: int) -> Drill:
        async with places:
            return await drill_once(seed + number, COURSES[number::FOLDERS], progress)

    with Progress(console=OUT) as progress:
        return await asyncio.gather(*map(one, range(FOLDERS)))


def summary(drills: list[Drill]) -> Table:
    """Return a table of kills and submissions, with how the submissions ended."""
    fates = Counter(found.fate(asked.flow) for drill in drills for asked, found in drill.found())
    table = Table("what", "how often")
    table.add_row("kills", str(sum(drill.kills for drill in drills)))
    table.add_row("submissions", str(fates.total()))
    for fate in Fate:
        table.add_row(fate, str(fates[fate]))
    return table


def main(
    seed: Annotated[int, typer.Option(help="Decides the order of deliveries.")] = 1,
    at_once: Annotated[int, typer.Option(min=1, help="How many bots, each in a folder.")] = FOLDERS,
) -> None:
    """Kill the bot at every point; fail if anything is lost, done twice or reported wrongly."""
    # uvicorn logs a traceback for each client that dies in the middle of a request.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    drills = asyncio.run(drill_all(seed, at_once))
    wrong = [sequence for drill in drills for sequence in drill.wrong()]
    OUT.print(*wrong, sep="\n\n", markup=False)
    OUT.print(summary(drills))
    kills = sum(drill.kills for drill in drills)
    OUT.print(
        f"{kills} kills: {len(wrong) or 'no'} submissions lost, done twice or reported wrongly"
    )
    raise typer.Exit(code=1 if wrong else 0)


if __name__ == "__main__":
    typer.run(main)
