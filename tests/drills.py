"""Run the long tests that `./dev test` leaves out: a quarter of an hour, or more with options.

    ./dev drill                            all of them, with the numbers below
    ./dev drill cases                      the tests marked "drill": more kills, faults and stories
    ./dev drill oracle --seeds 20          thousands of random schedules against a simple model
    ./dev drill properties --examples 100  every property with more examples
    ./dev drill properties --new           the same with examples that no earlier run has tried
    ./dev drill crash                      kill the bot before and after each call it makes
    ./dev drill year --days 365            what channels read of 200 campaigns in so many days
    ./dev drill chaos --submissions 40     all of the below, on SQLite and on PostgreSQL

Each of these also runs alone, for example as `./dev drill slack --on postgres --seconds 1800`:

    kills      kill -9 a random process every second
    freezes    stop a random process for twice its lease
    slack      Slack is away, then answers 429
    kore       Kore.ai is away, slow, overloaded, late, and tears its answers
    postgres   PostgreSQL is restarted and away, and its connections are cut
    clocks     kill processes whose clocks are ten minutes apart
    disk       the disk is full, or PostgreSQL read-only
    broken     hundreds of broken requests, signed and unsigned

The options are those of pytest, or of `python -m tests.crash` and `python -m tests.chaos`. An
outage takes real time: 10 seconds, or as many as `--seconds` says.
"""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.examples import ALL

ROOT = Path(__file__).parents[1]
PYTEST = ("pytest", "-q", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
CHAOS = "chaos"
ORACLE = "tests/bot/campaigns/test_run_oracle.py"
# A module and its arguments. Options from the command line come after them and override them.
DRILLS: Mapping[str, Sequence[str]] = {
    "oracle": (*PYTEST, "--dist", "load", ORACLE, "--seeds", "20"),
    "properties": (*PYTEST, "-m", "hypothesis", "--examples", str(ALL)),
    # As in `./dev test`, one that waits in vain is run once more, and named.
    "cases": (
        *(*PYTEST, "-m", "drill", "--reruns", "1", "-rR"),
        *("--only-rerun=TimeoutError", "--only-rerun=Locator expected"),
    ),
    "crash": ("tests.crash",),
    "year": ("tests.year", "--days", "20"),
    CHAOS: (f"tests.{CHAOS}",),
}
OUT = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a drill: its exit status, its last line, and how long it took."""

    name: str
    status: int
    words: str
    seconds: float


def run(name: str, options: Sequence[str] = ()) -> Outcome:
    """Run a drill to its end and show its output. An unknown name is one of the chaos drills."""
    OUT.rule(name)
    began, last = time.monotonic(), ""
    process = subprocess.Popen(
        [sys.executable, "-m", *DRILLS.get(name, (*DRILLS[CHAOS], name)), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout or ():
        OUT.out(line, end="")
        last = line.strip() or last
    return Outcome(name, process.wait(), last, time.monotonic() - began)


def summary(outcomes: Sequence[Outcome]) -> Table:
    """Return a table with the result of each drill."""
    table = Table("drill", "result", "its last line", "minutes")
    for each in outcomes:
        result = "failed" if each.status else "passed"
        table.add_row(each.name, result, each.words, f"{each.seconds / 60:.1f}")
    return table


def main(arguments: Sequence[str]) -> int:
    """Run the named drill with its options, or all drills; return 1 if one failed."""
    if arguments and arguments[0].startswith("-"):
        OUT.out(__doc__)
        return 2
    name, *options = arguments or [""]
    outcomes = [run(name, options)] if name else [run(each) for each in DRILLS]
    OUT.print(summary(outcomes))
    return int(any(each.status for each in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
