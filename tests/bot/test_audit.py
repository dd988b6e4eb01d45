"""The audit commands of the command line, which need no setting but DATABASE_URL."""

import csv
import io
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.audit import Format, audit_trail, export
from bot.records import AuditEntry, Records, open_database
from tests import warm
from tests.process import Finished

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A database whose audit trail has two entries, on two days."""
    made = tmp_path / "bot.sqlite"
    records = Records(open_database(f"sqlite:///{made}"))
    await records.audit.append(entry(4, "U1", FORMULA))
    await records.audit.append(entry(6, "U2", "Größe"))
    await records.close()
    return made


def entry(day: int, actor: str, name: str) -> AuditEntry:
    return AuditEntry(
        at=datetime(2026, 5, day, 23, 59, tzinfo=UTC),
        actor=actor,
        action="create",
        submission=f"V{day}",
        reference="0a1b2c3d",
        event="done",
        campaign_id=f"c-{day}",
        campaign_name=name,
        after={"caller_id": "+12025550100"},
        outcome=-1,
    )


async def campaign_bot(file: Path, *arguments: str, url: str = "") -> Finished:
    """Run a command with DATABASE_URL as its only setting: `url`, or else `file`."""
    env = {"PATH": os.environ["PATH"], "DATABASE_URL": url or f"sqlite:///{file}"}
    process = warm.Process(warm.campaign_bot, *arguments, folder=file.parent, env=env)
    output = await process.output()
    return Finished(process.returncode or 0, output)


async def exported(file: Path, form: Format) -> str:
    out = io.StringIO()
    async with audit_trail(f"sqlite:///{file}") as trail:
        await export(trail.entries(), form, out)
    return out.getvalue()


def tamper(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("DROP TRIGGER audit_no_update")
        db.execute("UPDATE audit SET actor = 'U3' WHERE number = 2")
        db.commit()


async def test_csv_has_every_field_and_disarms_formulas(file: Path) -> None:
    first, second = csv.DictReader(io.StringIO(await exported(file, "csv")))
    assert first.pop("hash") == second.pop("previous")
    assert first == {
        "at": "2026-05-04T23:59:00Z",
        "actor": "U1",
        "action": "create",
        "submission": "V4",
        "reference": "0a1b2c3d",
        "event": "done",
        "discriminator": "",
        "campaign_id": "c-4",
        "campaign_name": f"'{FORMULA}",
        "channel": "",
        "before": "",
        "after": '{"caller_id": "+12025550100"}',
        "outcome": "'-1",
        "number": "1",
        "previous": "0" * 64,
    }
    assert second["campaign_name"] == "Größe"


async def test_json_lines_keep_every_value_unchanged(file: Path) -> None:
    first, second = (await exported(file, "jsonl")).splitlines()
    assert f'"campaign_name":"{FORMULA}"' in first
    assert '"after":{"caller_id":"+12025550100"},"outcome":-1' in second


async def test_export_filters_by_day_person_and_campaign(file: Path) -> None:
    days = ("--since", "2026-05-04", "--until", "2026-05-04")
    ended = await campaign_bot(file, "audit", "export", "--format", "jsonl", *days)
    assert ended.status == 0, ended.output
    assert [line[:14] for line in ended.output.splitlines()] == ['{"at":"2026-05']
    assert '"submission":"V4"' in ended.output
    of_one = ("--person", "U2", "--campaign", "Größe")
    ended = await campaign_bot(file, "audit", "export", *of_one)
    assert ended.status == 0, ended.output
    assert [row["submission"] for row in csv.DictReader(io.StringIO(ended.output))] == ["V6"]


async def test_verify_counts_the_entries_and_names_a_changed_one(file: Path) -> None:
    whole = await campaign_bot(file, "audit", "verify")
    assert whole.status == 0
    assert whole.output.startswith("2 entries, unbroken\nthe last hash is ")
    tamper(file)
    broken = await campaign_bot(file, "audit", "verify")
    assert broken == Finished(1, "entry 2 was changed: its hash does not fit what it says\n")


@pytest.mark.parametrize("command", [("audit", "verify"), ("audit", "export"), ("backup", "copy")])
async def test_a_mistyped_database_is_not_created(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "mistyped.sqlite"
    ended = await campaign_bot(file, *command)
    assert ended.status == 1
    assert "mistyped" in ended.output
    assert "is missing" in ended.output
    assert not file.exists()


async def test_a_wrong_database_url_is_reported_without_its_password(tmp_path: Path) -> None:
    file = tmp_path / "bot.sqlite"
    ended = await campaign_bot(file, "audit", "verify", url="mysql://bot:secret-word@db/bot")
    assert ended.status == 1
    assert "DATABASE_URL: must begin with sqlite:/// or postgresql://" in ended.output
    assert "secret-word" not in ended.output


async def test_a_backup_can_be_restored(file: Path) -> None:
    with closing(sqlite3.connect(file.with_name("bot.engine.sqlite"))) as engine:
        engine.execute("CREATE TABLE steps (name TEXT)")
    assert await campaign_bot(file, "backup", "copy.sqlite") == Finished(0, "")
    tamper(file)
    assert await campaign_bot(file, "restore", "copy.sqlite") == Finished(0, "")
    assert (await campaign_bot(file, "audit", "verify")).status == 0
