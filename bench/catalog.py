"""Measure what look-ups cost in accounts from 10 to 100,000 campaigns.

Run it with `./dev bench catalog`. The bot runs in its own process and is used as from Slack; calls
are those that arrive at the pretend Kore.ai. Each row is compared with that of the smallest
account.
"""

import asyncio
import itertools
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from sandbox.kore import FaultKind, Operation, When
from sandbox.kore.campaign import Campaign
from sandbox.kore.invented import add_invented
from sandbox.slack import Modal, Person
from tests.process import Installation, Running, installation
from tests.reviewing import confirm_review
from tests.warm import hurried_bot

SIZES = (10, 1_000, 10_000, 100_000)
ROUNDS = 15
IDLE_SECONDS = 60.0
USABLE_SECONDS = 600.0
PAUSE_SECONDS = 0.2
COPIED = (
    "SELECT count(*) FROM readings WHERE list LIKE '% whole' AND state LIKE '%proven_at\": \"%'"
)
ANSWERS: dict[str, str | list[str]] = {
    "Message": "Hello",
    "Contact lists": ["Spring leads"],
    "Caller ID": "+1 202-555-0100",
}
Act = Callable[[], Awaitable[None]]


@dataclass
class Account:
    """An account of some size, with a bot that copies it."""

    installed: Installation
    person: Person
    meant: Campaign
    numbers: Iterator[int] = field(default_factory=itertools.count)
    rows: dict[str, float] = field(default_factory=dict)

    async def measure(self, name: str, act: Act, rounds: int = ROUNDS) -> None:
        """Measure the milliseconds and the calls of an act: the median, and the fewest.

        The background's calls come in between, so the fewest are those of the act alone.
        """
        taken, calls = [], []
        for _ in range(rounds):
            await asyncio.sleep(PAUSE_SECONDS)
            before, began = len(self.installed.kore.requests), time.monotonic()
            await act()
            taken.append(1000 * (time.monotonic() - began))
            calls.append(len(self.installed.kore.requests) - before)
        self.rows[f"{name}, ms"] = statistics.median(taken)
        self.rows[f"{name}, calls"] = min(calls)

    async def looked_up(self, typed: str, *, answer: str = "Checked in Kore.ai") -> None:
        """Look a campaign up, and wait for its card or another answer."""
        seen = {each.ts for each in self.person.messages()}
        await self.person.command(f"/campaign status {typed}")
        await self.person.state.changes.until(
            lambda: next(
                (
                    each
                    for each in self.person.messages()
                    if each.ts not in seen and answer in each.words
                ),
                None,
            ),
            within=20.0,
            missing=lambda: f"no answer for {typed}",
        )

    async def listed(self, filters: str = "") -> None:
        await self.person.command(f"/campaign list {filters}")

    async def created(self) -> None:
        """Fill in a form, review it, confirm it and wait for the card."""
        name = f"Bench {next(self.numbers)} of the new campaigns"
        await self.person.command(f"/campaign sms {name}")
        form = await self.person.wait_modal("New SMS campaign")
        await form.fill(ANSWERS)
        await form.submit()
        await confirm_review(self.person)
        await self.person.wait_message(containing=f"{name}\nCreated by")


async def measured(size: int) -> Mapping[str, float]:
    """Return all rows of an account of this size."""
    with tempfile.TemporaryDirectory() as folder:
        async with installation(Path(folder), bot=hurried_bot) as installed:
            kore = installed.kore
            kore.rate_limit = None
            dice = Random(1)  # noqa: S311 # the same names in every run
            (meant, *_) = add_invented(kore.state, size, dice)
            account = Account(installed, installed.slack.person("Ravi Iyer"), meant)
            began = time.monotonic()
            async with installed.running(LOG_LEVEL="WARNING") as bot:
                await _copied(Path(folder))
                account.rows["start to copied, s"] = time.monotonic() - began
                account.rows["start to copied, calls"] = len(kore.requests)
                await _used(account)
                await _idle(account, bot, Path(folder))
            return account.rows


async def _copied(folder: Path) -> None:
    async with asyncio.timeout(USABLE_SECONDS):
        while not await asyncio.to_thread(_is_copied, folder):  # noqa: ASYNC110 # another process
            await asyncio.sleep(0.1)


def _is_copied(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "campaign-bot.sqlite")) as db:
        return bool(db.execute(COPIED).fetchone()[0] == 2)  # noqa: PLR2004 # voice and SMS


async def _used(account: Account) -> None:
    meant, person = account.meant, account.person
    await account.measure("status by ID", lambda: account.looked_up(meant.id))
    await account.measure("status by name", lambda: account.looked_up(meant.name))
    nobody = "Nobody has this name"
    await account.measure(
        "status of no campaign", lambda: account.looked_up(nobody, answer="no campaign")
    )
    await account.measure("list", account.listed)
    await account.measure("list by text", lambda: account.listed(f"ready {meant.name[:6]}"))
    await person.command("/campaign schedule")
    form = await person.wait_modal("Schedule a campaign")
    await account.measure("typeahead", lambda: _typed(form, meant.name[:5]))
    await account.measure("typeahead without a match", lambda: _typed(form, "zzzzz"))
    await form.close()
    await account.measure("form to card", account.created, rounds=5)
    account.installed.kore.faults.add(Operation.CREATE, FaultKind.RESET, when=When.AFTER, times=5)
    await account.measure("form to card, answer lost", account.created, rounds=3)
    account.installed.kore.faults.clear()


async def _typed(form: Modal, text: str) -> None:
    await form.suggestions("Campaign", text)


async def _idle(account: Account, bot: Running, folder: Path) -> None:
    before = len(account.installed.kore.requests)
    await asyncio.sleep(IDLE_SECONDS)
    made = len(account.installed.kore.requests) - before
    account.rows["idle, calls a minute"] = made * 60 / IDLE_SECONDS
    account.rows["database, MB"] = (folder / "campaign-bot.sqlite").stat().st_size / 1e6
    status = Path(f"/proc/{bot.process.pid}/status").read_text()  # noqa: ASYNC240 # not a disk
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    account.rows["memory, MB"] = int(resident.split()[1]) / 1000


def show(found: Mapping[int, Mapping[str, float]]) -> None:
    """Print a table; the last column compares the largest account with the smallest."""
    sizes = list(found)
    table = Table("campaigns", *(f"{each:,}" for each in sizes), "ratio")
    for name in found[sizes[0]]:
        values = [found[size][name] for size in sizes]
        ratio = f"{values[-1] / values[0]:.2f}" if values[0] else ""
        table.add_row(name, *(f"{each:.1f}" for each in values), ratio)
    Console(width=120).print(table)


async def main() -> None:
    """Measure accounts of all sizes, one after the other."""
    show({size: await measured(size) for size in SIZES})


if __name__ == "__main__":
    asyncio.run(main())
