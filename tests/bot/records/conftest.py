"""Real databases: a SQLite file, and PostgreSQL where it is installed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.records import Records, open_database
from tests.postgres import POSTGRESQL, new_database

DATABASES = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new and empty database of each kind there is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite"
    return new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    """Records on a new database of each kind."""
    made = Records(open_database(url))
    yield made
    await made.close()
