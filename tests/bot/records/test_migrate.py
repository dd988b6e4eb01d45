"""Opening a database brings its tables up to date, or explains why it cannot."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    text,
)

from bot.campaigns.values import Kind
from bot.records import DatabaseFault, Records, database, open_database
from bot.records.migrate import FIRST
from bot.records.tables import metadata
from bot.records.versions import migrations


@pytest.fixture
def url(new_url: str) -> str:
    """The URL of an empty database, as these tests make its tables themselves."""
    return new_url


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    try:
        yield engine
    finally:
        engine.dispose()


def refusal(url: str) -> str:
    with pytest.raises(DatabaseFault) as fault:
        open_database(url)
    return str(fault.value)


def read_only(url: str) -> str:
    """Return a URL that opens the database read-only: file modes do not stop a superuser."""
    if url.startswith("sqlite:"):
        return url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    return f"{url}?options=-c%20default_transaction_read_only%3Don"


def revision(engine: Engine) -> str:
    with engine.connect() as db:
        return str(db.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def differences(engine: Engine) -> list[object]:
    with engine.connect() as db:
        return list(compare_metadata(MigrationContext.configure(db), metadata))


def test_the_migrations_make_the_tables(url: str) -> None:
    with opened(url) as engine:
        assert differences(engine) == []
        assert revision(engine) == "0022"


def test_opening_again_changes_nothing(url: str) -> None:
    with opened(url) as engine, engine.begin() as db:
        db.execute(text("INSERT INTO zones VALUES ('U1', 'Europe/Berlin')"))
    with opened(url) as engine, engine.connect() as db:
        assert db.execute(text("SELECT person, zone FROM zones")).all() == [("U1", "Europe/Berlin")]


def test_a_database_from_before_the_migrations_is_upgraded_with_its_data(url: str) -> None:
    bare = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with bare.begin() as db:
        config = migrations()
        config.attributes["connection"] = db
        command.upgrade(config, FIRST)
        db.execute(text("DROP TABLE alembic_version"))
        db.execute(text("INSERT INTO posts VALUES ('c1', 'C1', '1.1', 'created')"))
    bare.dispose()
    with opened(url) as engine, engine.connect() as db:
        assert db.execute(text("SELECT * FROM posts")).all() == [("c1", "C1", "1.1", "created")]
        assert differences(engine) == []


async def test_the_senders_of_known_campaigns_are_found_after_an_upgrade(url: str) -> None:
    bare = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with bare.begin() as db:
        config = migrations()
        config.attributes["connection"] = db
        command.upgrade(config, "0012")
        table = Table("campaigns", MetaData(), autoload_with=db)
        known = {"folded": "sale", "status": "Ready", "environment": "production", "kind": "sms"}
        moments = dict.fromkeys(("seen_at", "changed_at"), datetime.now(UTC))
        snapshots: list[dict[str, str | None]] = [{"caller_id": "72345"}, {"caller_id": None}, {}]
        for number, snapshot in enumerate(snapshots):
            row = known | moments | {"id": f"cd-{number}", "snapshot": snapshot}
            db.execute(insert(table).values(row))
        names = Table("names", MetaData(), autoload_with=db)
        for name in ("+1 202 555 0100", "agent-7.example"):
            used = {"field": "caller_ids", "name": name, "used_at": datetime.now(UTC)}
            db.execute(insert(names).values(used))
    bare.dispose()
    records = Records(open_database(url))
    assert await records.campaigns.caller_ids("production", Kind.SMS) == {"72345"}
    assert await records.names("sms_caller_ids") == ["+1 202 555 0100"]
    assert set(await records.names("caller_ids")) == {"+1 202 555 0100", "agent-7.example"}
    await records.close()


def test_a_failed_migration_changes_nothing(url: str) -> None:
    bare = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with bare.begin() as db:
        db.execute(text("CREATE TABLE calls (at TEXT)"))  # makes the third migration fail
    assert "calls" in refusal(url)
    assert inspect(bare).get_table_names() == ["calls"]
    bare.dispose()


def test_several_threads_may_open_a_new_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        engines = list(threads.map(open_database, [url] * 4))
    assert [revision(engine) for engine in engines] == ["0022"] * 4
    for engine in engines:
        engine.dispose()


def test_a_newer_versions_database_is_refused(url: str) -> None:
    with opened(url) as engine, engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert refusal(url) == (
        "a newer campaign-bot has changed this database (to 9999): "
        "install that version again, or restore a backup from before"
    )


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    assert "the folder that DATABASE_URL names must exist" in refusal(
        f"sqlite:///{tmp_path}/none/bot.sqlite"
    )


def test_a_read_only_database_is_reported(url: str) -> None:
    with opened(url):
        pass
    assert "the database is read-only" in refusal(read_only(url))


def test_a_lock_of_another_program_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    file = tmp_path / "bot.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "another program is writing to the database" in refusal(f"sqlite:///{file}")


def test_a_full_disk_is_reported(tmp_path: Path) -> None:
    def fill(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(Engine, "connect", fill)
    try:
        assert "is full" in refusal(f"sqlite:///{tmp_path}/bot.sqlite")
    finally:
        event.remove(Engine, "connect", fill)


def test_a_file_that_is_not_a_database_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Remember the milk. " * 100)
    assert "is not a SQLite database" in refusal(f"sqlite:///{file}")


def test_an_unreachable_postgresql_is_reported_without_its_password() -> None:
    told = refusal("postgresql://bot:secret-word@127.0.0.1:9/bot")
    assert told.startswith("the database cannot be used: connection failed")
    assert "secret-word" not in told
