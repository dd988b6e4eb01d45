"""Processes of different versions do not use one database at the same time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from bot.records import DatabaseFault, Records, open_database
from bot.records.versions import code_version, database_version, migrations

BEFORE = "0009"
LEASE = timedelta(seconds=90)
REFUSAL = (
    "another version of campaign-bot is running (bot-1): stop it first, then start this one; "
    "after a crash a process counts as running for 90 seconds"
)
# A heartbeat of each kind: when it was, and the process run that it belongs to.
ALIVE = (timedelta(seconds=5), "run")
DEAD = (timedelta(seconds=95), "run")
STOPPED = (timedelta(seconds=5), None)


@pytest.fixture
def older(new_url: str) -> Iterator[Engine]:
    """A database of the version before processes named their version."""
    engine = create_engine(new_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as db:
        config = migrations()
        config.attributes["connection"] = db
        command.upgrade(config, BEFORE)
    yield engine
    engine.dispose()


def beat(db: Connection, heartbeat: tuple[timedelta, str | None]) -> None:
    """Store the heartbeat of a process of that version."""
    ago, run = heartbeat
    row = {"seen_at": datetime.now(UTC) - ago, "run": run}
    added = "INSERT INTO executors (name, life, seen_at) VALUES ('bot-1', :run, :seen_at)"
    db.execute(text(added), row)


def refusal(url: str) -> str:
    with pytest.raises(DatabaseFault) as fault:
        open_database(url, LEASE)
    return str(fault.value)


def test_nothing_is_migrated_while_a_process_of_an_older_version_runs(
    new_url: str, older: Engine
) -> None:
    with older.begin() as db:
        beat(db, ALIVE)
    assert refusal(new_url) == REFUSAL
    with older.connect() as db:
        assert database_version(db) == BEFORE
        assert "marked_at" not in {each["name"] for each in inspect(db).get_columns("submissions")}


@pytest.mark.parametrize("heartbeat", [DEAD, STOPPED])
def test_a_dead_or_stopped_process_of_an_older_version_does_not_hinder(
    new_url: str, older: Engine, heartbeat: tuple[timedelta, str | None]
) -> None:
    with older.begin() as db:
        beat(db, heartbeat)
    open_database(new_url, LEASE).dispose()
    with older.connect() as db:
        assert database_version(db) == code_version()


async def test_a_silent_process_of_an_older_version_does_not_continue_after_the_migration(
    new_url: str, older: Engine
) -> None:
    with older.begin() as db:
        beat(db, DEAD)
    records = Records(open_database(new_url, LEASE))
    assert not await records.executors.beat("bot-1", "run")
    assert await records.executors.claim(LEASE) == ["bot-1"]
    await records.close()


@pytest.mark.parametrize("version", [None, BEFORE])
async def test_a_process_of_another_version_hinders_even_after_the_migration(
    records: Records, url: str, version: str | None
) -> None:
    await records.executors.join("bot-1", "run", None)
    open_database(url, LEASE).dispose()
    assert await records.executors.beat("bot-1", "run")
    with records.engine.begin() as db:
        db.execute(text("UPDATE executors SET version = :version"), {"version": version})
    assert refusal(url) == REFUSAL


async def test_a_process_does_not_join_after_a_newer_version_has_migrated(
    records: Records,
) -> None:
    with records.engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseFault, match="a newer campaign-bot has changed this database"):
        await records.executors.join("bot-1", "run", None)
    assert await records.executors.last("bot-1") is None
