"""Start a PostgreSQL server for the tests, if PostgreSQL is installed."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg

from sandbox.server import LOOPBACK, listen


def _binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


POSTGRESQL = _binaries()


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """Run a new PostgreSQL cluster in a temporary folder and give its URL."""
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


def new_database(server: str) -> str:
    """Create an empty database and return its URL."""
    name = f"bot_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}".encode())
    return f"{server.rpartition('/')[0]}/{name}"


def new_schema(database: str) -> str:
    """Create an empty schema in a database and return a URL that uses it by default."""
    name = f"bot_{uuid4().hex}"
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(f"CREATE SCHEMA {name}".encode())
    return f"{database}?options=-c%20search_path%3D{name}"


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    assert POSTGRESQL
    user = "postgres" if os.getuid() == 0 else None
    command = [str(POSTGRESQL / program), *arguments]
    # No pipe for stdout: the server would keep it open for as long as it runs.
    subprocess.run(command, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)
