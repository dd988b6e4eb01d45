"""Real databases: a SQLite file, and a PostgreSQL of its own where one is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from bot.records import Records, open_database
from sandbox.server import LOOPBACK, listen


def _binaries() -> Path | None:
    """Where PostgreSQL's programs are: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


POSTGRESQL = _binaries()
DATABASES = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not POSTGRESQL:
        terminalreporter.write_line("PostgreSQL was not found: SQLite alone was tested")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A running cluster that nothing else uses, in a folder its own user can reach."""
    with tempfile.TemporaryDirectory(prefix="campaign-bot-") as made, closing(listen()) as free:
        folder, port = Path(made), free.getsockname()[1]
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        _run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "bot", "--no-sync")
        free.close()
        settings = f"-h {LOOPBACK} -p {port} -k {folder} -F"
        _run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", settings, "-w", "start")
        try:
            yield f"postgresql://bot@{LOOPBACK}:{port}/postgres"
        finally:
            _run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; it refuses to be root."""
    assert POSTGRESQL
    user = "postgres" if os.getuid() == 0 else None
    command = [str(POSTGRESQL / program), *arguments]
    # Its server would hold a pipe open for as long as it runs.
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new and empty database of each kind there is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite"
    server = request.getfixturevalue("postgres_url")
    name = f"bot_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}".encode())
    return f"{server.rpartition('/')[0]}/{name}"


@pytest.fixture
async def records(url: str) -> AsyncIterator[Records]:
    """Records on a new database of each kind."""
    made = Records(open_database(url))
    yield made
    await made.close()
