"""Let things go wrong while people work, and judge from outside what came of it."""

import asyncio
import itertools
import logging
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tests.chaos.drills import DRILLS, Drill
from tests.chaos.report import Result, result_of, table_of
from tests.chaos.site import Size, new_site
from tests.postgres import POSTGRESQL

# The table does not fit into less.
WIDTH = 160
OUT = Console(highlight=False, soft_wrap=True, width=WIDTH)


class Database(StrEnum):
    """Where the bots store their records."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


async def run(name: str, on: Database, size: Size) -> Result:
    """Run one drill in one place, and judge it."""
    drill, began = DRILLS[name], time.monotonic()
    clocks = clocks_of(drill, on)
    on_postgres = on is Database.POSTGRES
    async with (
        new_site(clocks, size, postgres=on_postgres, lease=drill.lease) as site,
        asyncio.TaskGroup() as tasks,
    ):
        trouble = tasks.create_task(drill.trouble(site))
        tasks.create_task(site.work(trouble))
    where = f"{len(clocks)} on {on}"
    return result_of(site, name, where, time.monotonic() - began)


def clocks_of(drill: Drill, on: Database) -> Sequence[float]:
    """Return the clocks of a drill's processes; none if it makes no sense there."""
    return drill.postgres if on is Database.POSTGRES else drill.sqlite


async def run_all(
    names: Sequence[str], places: Sequence[Database], size: Size, at_once: int
) -> list[Result | BaseException]:
    """Run several drills at once, and show what was wrong in each as it ends."""
    places_left = asyncio.Semaphore(at_once)

    async def one(name: str, on: Database) -> Result:
        async with places_left:
            result = await run(name, on, size)
        if not result.passed:
            OUT.print(result.details(), markup=False)
        return result

    chosen = [(n, on) for n, on in itertools.product(names, places) if clocks_of(DRILLS[n], on)]
    return await asyncio.gather(*(one(*each) for each in chosen), return_exceptions=True)


def known(names: list[str]) -> list[str]:
    """Return the names, or all if there are none; report a name that no drill has."""
    if unknown := set(names) - set(DRILLS):
        raise typer.BadParameter(f"no drill is called {', '.join(unknown)}")
    return names or [*DRILLS]


def keep(logs: Path, results: Sequence[Result]) -> None:
    """Write the bots' logs into a folder, a file for each drill."""
    logs.mkdir(parents=True, exist_ok=True)
    for each in results:
        (logs / f"{each.name} {each.where}.log").write_text(each.log)


def main(  # noqa: PLR0917 # typer passes them by name
    names: Annotated[
        list[str], typer.Argument(callback=known, help=f"Some of: {', '.join(DRILLS)}.")
    ] = [],  # noqa: B006 # typer copies it
    on: Annotated[list[Database] | None, typer.Option(help="The databases.")] = None,
    submissions: Annotated[int, typer.Option(min=1, help="In each drill.")] = 16,
    seconds: Annotated[float, typer.Option(help="The length of an outage.")] = 10.0,
    requests: Annotated[int, typer.Option(help="How many broken requests.")] = 600,
    seed: Annotated[int, typer.Option(help="Decides the random moments.")] = 1,
    at_once: Annotated[int, typer.Option(min=1, help="How many drills at once.")] = 5,
    logs: Annotated[Path | None, typer.Option(help="A folder for the bots' logs.")] = None,
) -> None:
    """Run drills, and fail if anything was lost, done twice, untold or told wrongly."""
    # uvicorn logs a traceback for each client that dies in the middle of a request.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    places = [each for each in on or [*Database] if each is Database.SQLITE or POSTGRESQL]
    size = Size(submissions, seconds, requests, seed)
    ended = asyncio.run(run_all(names, places, size, at_once))
    results = [each for each in ended if isinstance(each, Result)]
    if logs:
        keep(logs, results)
    OUT.print(table_of(results))
    if broken := [each for each in ended if isinstance(each, BaseException)]:
        raise BaseExceptionGroup("drills that did not reach their end", broken)
    failed = sum(not each.passed for each in results)
    OUT.print(f"{len(results)} drills, of which {failed or 'none'} failed")
    if not POSTGRESQL:
        OUT.print("PostgreSQL was not found: SQLite alone was tested")
    raise typer.Exit(code=1 if failed else 0)


if __name__ == "__main__":
    typer.run(main)
