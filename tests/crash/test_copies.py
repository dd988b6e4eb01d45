"""Two bots on one PostgreSQL keep one copy of an account that people change in the console."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, select

from bot.records.tables import campaigns
from sandbox.kore import PretendKore
from sandbox.kore.account import Paging
from sandbox.kore.console_users import ConsoleUsers
from sandbox.kore.invented import add_invented
from tests.postgres import new_database
from tests.process import Installation, installation
from tests.warm import bot_of_quick_readings

CHANGES = 150
WITHIN = 60.0
SIZE = 300


def as_sorted(_kore: PretendKore) -> None:
    """Leave Kore.ai as it is."""


def unsorted(kore: PretendKore) -> None:
    kore.sorts = False


def unfiltered(kore: PretendKore) -> None:
    kore.filters = False


def untouched(kore: PretendKore) -> None:
    kore.touches, kore.whole_seconds = False, True


@pytest.fixture
async def installed(tmp_path: Path, postgres_server: str) -> AsyncIterator[Installation]:
    async with installation(tmp_path, bot=bot_of_quick_readings) as made:
        made.kore.rate_limit = None
        yield made.with_settings(DATABASE_URL=new_database(postgres_server))


def copy_of(installed: Installation) -> Mapping[str, tuple[str, str]]:
    """Return the name and status of each campaign that the bots know, by its ID."""
    url = installed.env["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    there = select(campaigns.c.id, campaigns.c.snapshot).where(campaigns.c.gone_at.is_(None))
    with engine.connect() as db:
        found = {
            row.id: (row.snapshot["name"], row.snapshot["status"]) for row in db.execute(there)
        }
    engine.dispose()
    return found


def account_of(installed: Installation) -> Mapping[str, tuple[str, str]]:
    rows = installed.kore.state.campaigns.values()
    return {each.id: (each.name, each.status.value) for each in rows}


@pytest.mark.drill
@pytest.mark.parametrize("paging", ["add", "page"])
@pytest.mark.parametrize("odd", [as_sorted, unsorted, unfiltered, untouched])
async def test_after_quiet_the_copy_equals_the_account(
    installed: Installation, odd: Callable[[PretendKore], None], paging: Paging
) -> None:
    kore, dice = installed.kore, Random(f"{odd.__name__} {paging}")
    kore.paging, kore.rows_max = paging, 50
    odd(kore)
    add_invented(kore.state, SIZE, dice)
    people = ConsoleUsers(kore, dice)
    async with (
        installed.running(EXECUTOR_ID="bot-2"),
        installed.running(EXECUTOR_ID="bot-1") as first,
    ):
        for number in range(CHANGES):
            people.change()
            await asyncio.sleep(dice.uniform(0.0, 0.2))
            if number == CHANGES // 2:
                first.process.kill()
        until = asyncio.get_running_loop().time() + WITHIN
        while (copy := await asyncio.to_thread(copy_of, installed)) != account_of(installed):
            if asyncio.get_running_loop().time() > until:
                break
            await asyncio.sleep(0.5)
    assert copy == account_of(installed)
