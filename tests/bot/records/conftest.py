"""Real databases: a SQLite file, and PostgreSQL where it is installed."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.records import Records, open_database
from tests.postgres import POSTGRESQL, new_database, new_schema

DATABASES = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)


@pytest.fixture(params=DATABASES)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database that is installed."""
    return str(request.param)


@pytest.fixture
def new_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new and empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite"
    return new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with all tables and no rows: a copied file, or a new schema.

    PostgreSQL writes about 300 files for a new database, which takes longer than most tests.
    """
    if kind == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "bot.sqlite")
        return f"sqlite:///{copy}"
    return new_schema(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows."""
    file = tmp_path_factory.mktemp("template") / "bot.sqlite"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> str:
    """The URL of the database that holds the schemas."""
    return new_database(postgres_server)


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    """Records on a new database of each kind."""
    made = Records(open_database(url))
    yield made
    await made.close()
