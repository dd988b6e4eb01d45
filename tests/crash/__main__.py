"""Kill the bot at every chosen point, then at random moments, until it was killed often enough."""

import asyncio
import logging
import math
import tempfile
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.crash.drill import Drill
from tests.crash.points import COURSES
from tests.crash.toll import Fate
from tests.process import installation

# Folders are replaced because each restart reads every submission ever made in its folder.
KILLS_IN_A_FOLDER = 50
# This many folders share all courses between them, and still have random kills left.
SHARES = 3
# The number of points in all courses: one kill each.
POINTS = sum(len(each.points) for each in COURSES)
OUT = Console(highlight=False, soft_wrap=True)


async def drill_once(seed: int, kills: int, progress: Progress) -> Drill:
    """Kill the bot this often in a new folder: first along its share of courses, then at random."""
    task = progress.add_task(f"folder {seed}", total=kills)
    courses = iter(COURSES[seed % SHARES :: SHARES])
    with tempfile.TemporaryDirectory() as folder:
        async with installation(Path(folder)) as installed:
            drill = Drill(installed, seed)
            await drill.prepare()
            while drill.kills < kills:
                course = next(courses, None)
                await (drill.follow(course) if course else drill.kill_at_random())
                progress.update(task, completed=drill.kills)
            await drill.settle()
            return drill


def shares(kills: int) -> list[int]:
    """Return each folder's number of kills: enough folders for all courses, and none too large."""
    folders = max(SHARES, math.ceil(kills / KILLS_IN_A_FOLDER))
    return [(kills + folder) // folders for folder in range(folders)]


async def drill_all(kills: int, seed: int, at_once: int) -> list[Drill]:
    """Run several folders at once until the bot was killed this often."""
    places = asyncio.Semaphore(at_once)

    async def one(number: int, size: int) -> Drill:
        async with places:
            return await drill_once(seed + number, size, progress)

    with Progress(console=OUT) as progress:
        return await asyncio.gather(*(one(*each) for each in enumerate(shares(kills))))


def summary(drills: list[Drill]) -> Table:
    """Return a table of kills and submissions, with how the submissions ended."""
    fates = Counter(found.fate(asked.flow) for drill in drills for asked, found in drill.found())
    table = Table("what", "how often")
    table.add_row("kills", str(sum(drill.kills for drill in drills)))
    table.add_row("at chosen points", f"{sum(drill.followed for drill in drills)} of {POINTS}")
    table.add_row("submissions", str(fates.total()))
    for fate in Fate:
        table.add_row(fate, str(fates[fate]))
    return table


def main(
    kills: Annotated[int, typer.Option(min=1, help="How often to kill the bot.")] = 500,
    seed: Annotated[int, typer.Option(help="Decides the random moments.")] = 1,
    at_once: Annotated[int, typer.Option(min=1, help="How many bots, each in a folder.")] = 2,
) -> None:
    """Kill the bot again and again; fail if anything is lost, done twice or reported wrongly."""
    # uvicorn logs a traceback for each client that dies in the middle of a request.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    drills = asyncio.run(drill_all(kills, seed, at_once))
    wrong = [sequence for drill in drills for sequence in drill.wrong()]
    OUT.print(*wrong, sep="\n\n", markup=False)
    OUT.print(summary(drills))
    OUT.print(
        f"{kills} kills: {len(wrong) or 'no'} submissions lost, done twice or reported wrongly"
    )
    raise typer.Exit(code=1 if wrong else 0)


if __name__ == "__main__":
    typer.run(main)
