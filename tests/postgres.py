"""Start a PostgreSQL server for the tests, if PostgreSQL is installed."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
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
# The only user whom the server asks for a password.
ASKED_FOR_PASSWORD = "careful"


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL cluster in a temporary folder, which a test can stop and start again."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """The URL of its first database."""
        return f"postgresql://bot@{LOOPBACK}:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, and wait until it accepts connections."""
        settings = f"-h {LOOPBACK} -p {self.port} -k {self.folder} -F"
        self._control("start", "-l", f"{self.folder}/log", "-o", settings)

    def stop(self, mode: str) -> None:
        """Stop it: "fast" ends every connection in order, "immediate" is a crash."""
        self._control("stop", "-m", mode)

    def ask(self, statement: str) -> None:
        """Run a statement."""
        with psycopg.connect(self.url, autocommit=True) as db:
            db.execute(statement.encode())

    def is_running(self) -> bool:
        """Tell whether the server accepts connections."""
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url):
            return True
        return False

    def _control(self, what: str, *options: str) -> None:
        _run("pg_ctl", what, "-D", f"{self.folder}/data", "-w", *options)


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Create a PostgreSQL cluster in a temporary folder, and run it during the block."""
    with tempfile.TemporaryDirectory(prefix="campaign-bot-") as made, closing(listen()) as free:
        server = Server(Path(made), free.getsockname()[1])
        if os.getuid() == 0:
            shutil.chown(made, "postgres")
        _run("initdb", "-D", f"{made}/data", "-A", "trust", "-U", "bot", "--no-sync")
        rules = Path(made, "data", "pg_hba.conf")
        asks = f"host all {ASKED_FOR_PASSWORD} {LOOPBACK}/32 scram-sha-256\n"
        rules.write_text(asks + rules.read_text())
        free.close()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


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
