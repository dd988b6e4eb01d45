"""The audit trail is a chain of hashes without gaps, which reveals every change to it."""

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.records import AuditEntry, AuditRecord, Broken, DatabaseFault, Records, open_database
from bot.records.audit import GENESIS
from bot.records.tables import audit
from tests.examples import examples

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GUARDS = {
    "sqlite": ("audit_no_update", "audit_no_delete", "audit_no_replace"),
    "postgresql": ("audit_no_change ON audit",),
}


def entry(submission: str = "V1", event: str = "accepted", **more: object) -> AuditEntry:
    plain = {"at": NOON, "actor": "U1", "action": "create", "reference": "0a1b2c3d"}
    return AuditEntry.model_validate(plain | more | {"submission": submission, "event": event})


async def append_all(records: Records, entries: Iterable[AuditEntry]) -> None:
    for each in entries:
        await records.audit.append(each)


async def all_of(records: Records) -> list[AuditRecord]:
    return [record async for record in records.audit.entries()]


def as_written(record: AuditRecord) -> AuditEntry:
    return AuditEntry(**record.model_dump(exclude={"number", "previous", "hash"}))


async def broken(records: Records) -> Broken | None:
    return (await records.audit.verify()).broken


def tamper(records: Records, *statements: str) -> None:
    """Change the trail as only a person with access to the database can."""
    engine = records.engine
    with engine.begin() as db:
        for guard in GUARDS[engine.dialect.name]:
            db.execute(text(f"DROP TRIGGER {guard}"))
        for statement in statements:
            db.execute(text(statement))


@pytest.fixture
async def three(records: Records) -> Records:
    """Records with three audit entries: a campaign is accepted, sent and created."""
    campaign = {"campaign_id": "c-1", "campaign_name": "Spring sale", "channel": "C1"}
    await append_all(
        records,
        [
            entry(after={"name": "Spring sale", "caller_id": "+12025550100"}, **campaign),
            entry(event="sending", **campaign),
            entry(event="done", before={"a": [1, 2.5]}, outcome=["Größe", None], **campaign),
        ],
    )
    return records


async def test_an_entry_is_read_back_unchanged(records: Records) -> None:
    written = entry(
        at=datetime(2026, 5, 4, 14, 0, 0, 7, tzinfo=datetime.strptime("+0200", "%z").tzinfo),
        discriminator="2",
        campaign_id="c-1",
        campaign_name="Größe 🎉",
        channel="C1",
        before={"b": 1, "a": [True, None, 0.1]},
        after="text",
        outcome=None,
    )
    await records.audit.append(written)
    (record,) = await all_of(records)
    assert as_written(record) == written
    assert (record.number, record.previous) == (1, GENESIS)
    assert record.at.utcoffset() == timedelta(0)


async def test_each_entry_holds_the_hash_of_the_one_before(three: Records) -> None:
    first, second, third = await all_of(three)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [second.previous, third.previous] == [first.hash, second.hash]
    check = await three.audit.verify()
    assert (check.entries, check.last, check.broken) == (3, third.hash, None)


async def test_an_empty_trail_is_unbroken(records: Records) -> None:
    check = await records.audit.verify()
    assert (check.entries, check.last, check.broken) == (0, GENESIS, None)


async def test_a_repeated_step_writes_nothing_and_leaves_no_gap(records: Records) -> None:
    await append_all(
        records,
        [
            entry(outcome="first"),
            entry(outcome="again"),
            entry(discriminator="2"),
            entry("V2"),
            entry(event="done"),
        ],
    )
    kept = [
        (each.number, each.submission, each.event, each.outcome) for each in await all_of(records)
    ]
    assert kept == [
        (1, "V1", "accepted", "first"),
        (2, "V1", "accepted", None),
        (3, "V2", "accepted", None),
        (4, "V1", "done", None),
    ]


async def test_several_writers_at_once_make_one_chain(url: str) -> None:
    writers = [Records(open_database(url)) for _ in range(4)]
    # Two writers append each entry.
    events = [(number, entry(f"V{number // 2}", str(number % 2))) for number in range(40)]
    await asyncio.gather(
        *(writers[number % 4].audit.append(each) for number, each in events),
        *(writers[(number + 1) % 4].audit.append(each) for number, each in events),
    )
    check = await writers[0].audit.verify()
    for writer in writers:
        await writer.close()
    assert (check.entries, check.broken) == (40, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'U2' WHERE number = 1",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit",
    ],
)
async def test_the_database_refuses_changes(three: Records, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), three.engine.begin() as db:
        db.execute(text(statement))
    assert (await three.audit.verify()).entries == 3


async def test_the_database_refuses_to_replace_or_truncate_rows(three: Records) -> None:
    columns = ", ".join(column.name for column in audit.columns)
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO audit SELECT {columns} FROM audit",  # noqa: S608 # fixed names
        "postgresql": "TRUNCATE audit",
    }[three.engine.dialect.name]
    with pytest.raises(DBAPIError, match="append-only"), three.engine.begin() as db:
        db.execute(text(statement))
    assert (await three.audit.verify()).entries == 3


@pytest.mark.parametrize("column", [each.name for each in audit.columns if each.name != "number"])
async def test_a_changed_field_is_found(three: Records, column: str) -> None:
    tamper(three, f"UPDATE audit SET {column} = 'x' WHERE number = 2")  # noqa: S608 # fixed names
    assert await broken(three) == Broken(
        number=2, wrong="was changed: its hash does not fit what it says"
    )


async def test_an_added_space_is_found(three: Records) -> None:
    tamper(three, "UPDATE audit SET channel = 'C1 ' WHERE number = 3")
    assert (await broken(three) or pytest.fail("unseen")).number == 3


async def test_bytes_in_place_of_text_are_found(three: Records) -> None:
    if three.engine.dialect.name == "sqlite":  # PostgreSQL allows only text in a text column
        tamper(three, "UPDATE audit SET actor = x'ff' WHERE number = 1")
        assert (await broken(three) or pytest.fail("unseen")).number == 1


@pytest.mark.parametrize(
    ("statement", "number", "wrong"),
    [
        ("DELETE FROM audit WHERE number = 1", 1, "is missing; entry 2 is in its place"),
        ("DELETE FROM audit WHERE number = 2", 2, "is missing; entry 3 is in its place"),
        ("UPDATE audit SET number = 7 WHERE number = 2", 2, "is missing; entry 3 is in its place"),
        ("UPDATE audit SET number = 0 WHERE number = 3", 1, "is missing; entry 0 is in its place"),
    ],
)
async def test_a_missing_entry_is_found(
    three: Records, statement: str, number: int, wrong: str
) -> None:
    tamper(three, statement)
    assert await broken(three) == Broken(number=number, wrong=wrong)


async def test_a_replaced_entry_breaks_the_chain(three: Records) -> None:
    """Even if its own hash fits, the hash of the next entry does not."""
    tamper(three, "CREATE TABLE kept AS SELECT * FROM audit WHERE number = 3", "DELETE FROM audit")
    await append_all(three, [entry(), entry(event="sending", actor="U2")])
    with three.engine.begin() as db:
        db.execute(text("INSERT INTO audit SELECT * FROM kept"))
    assert await broken(three) == Broken(number=3, wrong="does not follow from entry 2")


async def test_an_unreadable_entry_is_reported(three: Records) -> None:
    tamper(three, "UPDATE audit SET outcome = '{oops' WHERE number = 2")
    with pytest.raises(DatabaseFault, match="entry 2 of the audit trail cannot be read"):
        await all_of(three)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, [1, 2, 3, 4]),
        ({"since": NOON + timedelta(hours=1)}, [2, 3, 4]),
        ({"until": NOON + timedelta(hours=1)}, [1]),
        ({"since": NOON + timedelta(hours=1), "until": NOON + timedelta(hours=2)}, [2]),
        ({"person": "U2"}, [3, 4]),
        ({"person": "U3"}, []),
        # An entry from before the campaign had an ID belongs to it all the same.
        ({"campaign": "c-1"}, [1, 2, 3]),
        ({"campaign": "Spring sale"}, [1, 2]),
        ({"campaign": "c-1", "person": "U2"}, [3]),
    ],
)
async def test_entries_by_time_person_and_campaign(
    records: Records, filters: dict[str, str], numbers: list[int]
) -> None:
    await append_all(
        records,
        [
            entry("V1", campaign_name="Spring sale"),
            entry("V1", "done", campaign_id="c-1", at=NOON + timedelta(hours=1)),
            entry("V2", actor="U2", campaign_id="c-1", at=NOON + timedelta(hours=2)),
            entry("V3", actor="U2", campaign_id="c-2", at=NOON + timedelta(hours=3)),
        ],
    )
    found = [each.number async for each in records.audit.entries(**filters)]  # type: ignore[arg-type] # one table for all filters
    assert found == numbers


async def test_a_long_trail_is_read_in_pages(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.records.audit.PAGE", 2)
    await append_all(records, [entry(f"V{number}") for number in range(5)])
    assert [each.number for each in await all_of(records)] == [1, 2, 3, 4, 5]
    assert (await records.audit.verify()).entries == 5


words = st.text(min_size=1, max_size=8)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
entries = st.builds(
    AuditEntry,
    at=st.datetimes(timezones=st.just(UTC)),
    actor=words,
    action=words,
    submission=st.sampled_from(["V1", "V2", "V3"]),
    reference=st.just("0a1b2c3d"),
    event=st.sampled_from(["accepted", "done"]),
    campaign_name=st.none() | words,
    before=json_values,
    after=json_values,
    outcome=json_values,
)


@settings(max_examples=examples(25))
@given(st.lists(entries, max_size=8), st.data())
async def test_any_entries_make_a_chain_that_reveals_any_change(
    written: Sequence[AuditEntry], data: st.DataObject
) -> None:
    kept = {(each.submission, each.event): each for each in reversed(written)}
    with tempfile.TemporaryDirectory() as folder:
        records = Records(open_database(f"sqlite:///{folder}/bot.sqlite"))
        try:
            await append_all(records, written)
            read = await all_of(records)
            assert [each.number for each in read] == list(range(1, len(kept) + 1))
            assert {(each.submission, each.event): as_written(each) for each in read} == kept
            assert await broken(records) is None
            if read:
                number = data.draw(st.sampled_from(read)).number
                column = data.draw(st.sampled_from(["actor", "after", "at", "previous", "hash"]))
                tamper(records, f"UPDATE audit SET {column} = 'x' WHERE number = {number}")  # noqa: S608 # fixed names
                assert (await broken(records) or pytest.fail("unseen")).number == number
        finally:
            await records.close()
