from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot.records.catalog
from bot.catalog import Catalog, Reader
from bot.catalog.reader import LISTS
from bot.catalog.states import Part
from bot.kore import Account, KoreClient
from bot.records import Records, open_database
from sandbox.clock import Clock
from sandbox.kore import PretendKore
from sandbox.server import listen, serving

HERE = "production"
IDS = {"stream_id": "st-1", "account_id": "acc-1", "client_id": "cs-1"}
SECRET = "a-public-secret-of-the-sandbox-32"


@dataclass
class Time:
    """The database's clock, which the test moves."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def forward(self, by: timedelta) -> None:
        self.now += by


@dataclass(frozen=True)
class Copied:
    """An account, and the bot's copy of it."""

    kore: PretendKore
    records: Records
    reader: Reader
    catalog: Catalog
    time: Time

    async def read(self) -> None:
        """Let the reader read every list to its end."""
        due = LISTS
        while due:
            self.time.forward(timedelta(seconds=1))
            await self.records.catalog.hasten(HERE, due)
            while await self.reader.read_next():
                pass
            coverage = await self.catalog.coverage()
            due = tuple(Part.WHOLE.of(each.kind) for each in coverage if each.whole.cursor)

    async def copy(self) -> set[tuple[str, str, str]]:
        found = await self.records.campaigns.search(limit=1_000_000)
        return {(each.snapshot.id, each.snapshot.name, each.snapshot.status) for each in found}

    @property
    def account(self) -> set[tuple[str, str, str]]:
        rows = self.kore.state.campaigns.values()
        return {(each.id, each.name, each.status.value) for each in rows}

    async def is_covered(self) -> bool:
        return all(each.as_of for each in await self.catalog.coverage())

    async def calls(self, ask: Callable[[], object]) -> int:
        """Return how many calls of Kore.ai a question costs."""
        before = len(self.kore.requests)
        await ask()  # type: ignore[misc] # each is a coroutine function
        return len(self.kore.requests) - before


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """A database clock that only the test moves, and that no two transactions share."""
    made = Time()

    def now(_: object) -> datetime:
        made.forward(timedelta(microseconds=1))
        return made.now

    monkeypatch.setattr(bot.records.catalog, "database_now", now)
    monkeypatch.setattr(bot.records.campaigns, "database_now", now)
    return made


@pytest.fixture
async def copied(tmp_path: Path, time: Time) -> AsyncIterator[Copied]:
    kore = PretendKore(clock=Clock(), client_secret=SECRET, **IDS)
    kore.rate_limit = None
    kore.rows_max = 50
    records = Records(open_database(f"sqlite:///{tmp_path}/bot.sqlite"))
    async with serving(kore.app, listen()) as url:
        account = Account(host=url, client_secret=SECRET, **IDS)
        async with KoreClient(account, environment=HERE) as client:
            reader, catalog = Reader(client, HERE, records), Catalog(client, HERE, records)
            await records.catalog.add(HERE, LISTS)
            yield Copied(kore, records, reader, catalog, time)
    await records.close()
