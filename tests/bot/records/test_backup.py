"""Backups can be made while the bot runs, but restored only while no bot runs."""

from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from bot.records import DatabaseFault, Records, open_database
from bot.records.backup import back_up, restore
from bot.records.database import engine_file, lock_file, sqlite_driver


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A database with one person's time zone, and the engine's file for it."""
    made = tmp_path / "bot.sqlite"
    await remember(made, "Europe/Berlin")
    with closing(sqlite_driver().connect(engine_file(made))) as engine:
        engine.execute("CREATE TABLE steps (name TEXT)")
    return made


async def remember(file: Path, zone: str) -> None:
    records = Records(open_database(f"sqlite:///{file}"))
    await records.remember_zone("U1", zone)
    await records.close()


async def remembered(file: Path) -> str | None:
    records = Records(open_database(f"sqlite:///{file}"))
    zone = await records.zone("U1")
    await records.close()
    return zone


def tables(file: Path) -> list[str]:
    with closing(sqlite_driver().connect(file)) as db:
        return [name for (name,) in db.execute("SELECT name FROM sqlite_master")]


async def test_a_backup_restores_the_earlier_data(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.sqlite"
    back_up(f"sqlite:///{file}", copy)
    await remember(file, "Asia/Tokyo")
    engine_file(file).unlink()
    restore(f"sqlite:///{file}", copy)
    assert await remembered(file) == "Europe/Berlin"
    assert tables(engine_file(file)) == ["steps"]


async def test_a_backup_contains_the_write_ahead_log_of_a_running_bot(
    file: Path, tmp_path: Path
) -> None:
    running = Records(open_database(f"sqlite:///{file}"))
    await running.remember_zone("U1", "Asia/Tokyo")
    with FileLock(lock_file(file)):
        back_up(f"sqlite:///{file}", tmp_path / "monday.sqlite")
    await running.close()
    assert await remembered(tmp_path / "monday.sqlite") == "Asia/Tokyo"


async def test_a_backup_can_become_a_new_database(file: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "monday.sqlite", tmp_path / "new.sqlite"
    back_up(f"sqlite:///{file}", copy)
    restore(f"sqlite:///{new}", copy)
    assert await remembered(new) == "Europe/Berlin"


async def test_an_earlier_backup_is_not_overwritten(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.sqlite"
    back_up(f"sqlite:///{file}", copy)
    with pytest.raises(DatabaseFault, match="is there already"):
        back_up(f"sqlite:///{file}", copy)


async def test_restore_is_refused_while_a_bot_runs(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.sqlite"
    back_up(f"sqlite:///{file}", copy)
    await remember(file, "Asia/Tokyo")
    with (
        FileLock(lock_file(file)),
        pytest.raises(DatabaseFault, match=r"a campaign-bot works on .*: stop it first"),
    ):
        restore(f"sqlite:///{file}", copy)
    assert await remembered(file) == "Asia/Tokyo"


async def test_a_file_that_is_not_a_backup_changes_nothing(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Remember the milk. " * 100)
    with pytest.raises(DatabaseFault, match="is damaged or no backup"):
        restore(f"sqlite:///{file}", other)
    assert await remembered(file) == "Europe/Berlin"


async def test_half_a_backup_changes_nothing(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "monday.sqlite"
    back_up(f"sqlite:///{file}", copy)
    await remember(file, "Asia/Tokyo")
    engine_file(copy).unlink()
    with pytest.raises(DatabaseFault, match=r"monday\.engine\.sqlite is missing"):
        restore(f"sqlite:///{file}", copy)
    assert await remembered(file) == "Asia/Tokyo"


def test_a_missing_database_is_reported_and_no_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match="is missing"):
        back_up(f"sqlite:///{tmp_path}/none.sqlite", tmp_path / "monday.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_for_postgresql_the_error_names_pg_dump(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match="use pg_dump"):
        back_up("postgresql://bot@127.0.0.1/bot", tmp_path / "monday.sqlite")
