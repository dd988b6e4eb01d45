"""Faults of the database are reported as such and logged as one outage; bugs stay what they are."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import QueuePool, create_engine
from sqlalchemy.exc import ProgrammingError
from structlog.testing import capture_logs

from bot.records import DatabaseAway, DatabaseFault, Records, open_database
from sandbox.server import LOOPBACK, listen
from tests.postgres import ASKED_FOR_PASSWORD, POSTGRESQL


async def test_a_pool_without_a_free_connection_is_a_fault_of_the_database(
    records: Records,
) -> None:
    engine = create_engine(
        records.engine.url, poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.01
    )
    busy = Records(engine)
    with engine.connect(), pytest.raises(DatabaseFault, match="cannot be used: QueuePool limit"):
        await busy.waiting()
    assert await busy.waiting() == []
    await busy.close()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_reading_does_not_end_an_outage_of_writing(records: Records) -> None:
    with capture_logs() as lines:
        with records.engine.connect() as other:
            other.exec_driver_sql("BEGIN IMMEDIATE")
            for _ in range(2):
                with pytest.raises(DatabaseAway, match="another program is writing"):
                    await records.prune(datetime.now(UTC))
                assert await records.waiting() == []
        await records.prune(datetime.now(UTC))
    assert [each["event"] for each in lines] == ["outage.began", "outage.over"]
    assert lines[1]["failed_calls"] == 2


@pytest.mark.parametrize("kind", ["postgresql"] if POSTGRESQL else [], indirect=True)
async def test_a_wrong_statement_is_no_fault_of_the_database(records: Records) -> None:
    with records.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE submissions")
    with capture_logs() as lines, pytest.raises(ProgrammingError):
        await records.waiting()
    assert lines == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("missing/bot.sqlite", "the folder that DATABASE_URL names must exist"),
        ("letter.txt", "is not a SQLite database"),
    ],
)
def test_waiting_does_not_help_against_a_wrong_file(tmp_path: Path, file: str, said: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader, " * 100)
    with pytest.raises(DatabaseFault, match=said) as fault:
        open_database(f"sqlite:///{tmp_path}/{file}")
    assert not isinstance(fault.value, DatabaseAway)


def opening(server: str, user: str = "bot", database: str = "postgres") -> DatabaseFault:
    """Return the fault when this user opens this database, which creates nothing."""
    address = server.rpartition("@")[2].rpartition("/")[0]
    with pytest.raises(DatabaseFault) as fault:
        open_database(f"postgresql://{user}@{address}/{database}")
    return fault.value


def test_waiting_does_not_help_against_a_refusal(postgres_server: str) -> None:
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute(f"CREATE ROLE {ASKED_FOR_PASSWORD} LOGIN PASSWORD 'right'".encode())
        db.execute("CREATE ROLE guest")
    refusals = {
        "password authentication failed": opening(postgres_server, f"{ASKED_FOR_PASSWORD}:wrong"),
        "no password supplied": opening(postgres_server, ASKED_FOR_PASSWORD),
        'role "nobody" does not exist': opening(postgres_server, "nobody"),
        'role "guest" is not permitted to log in': opening(postgres_server, "guest"),
        'database "missing" does not exist': opening(postgres_server, database="missing"),
    }
    for said, fault in refusals.items():
        assert said in str(fault)
        assert not isinstance(fault, DatabaseAway)


def test_waiting_may_help_if_there_is_no_connection(postgres_server: str) -> None:
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    with closing(listen()) as free:
        closed = f"postgresql://bot@{LOOPBACK}:{free.getsockname()[1]}/postgres"
    waits = {
        "too many connections": opening(postgres_server, "crowded"),
        "Connection refused": opening(closed),
    }
    for said, fault in waits.items():
        assert said in str(fault)
        assert isinstance(fault, DatabaseAway)
