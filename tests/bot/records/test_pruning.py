"""Old records are deleted; unfinished work and the audit are not."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, func, select, update

from bot.campaigns.actions import Action
from bot.campaigns.campaign import Snapshot
from bot.records import Done, Post, Records, State, tables
from tests.asked import command_for, submission
from tests.bot.records.approving import asked

NOW = datetime.now(UTC)
OLD, RECENT = NOW - timedelta(days=500), NOW - timedelta(days=300)
BEFORE = NOW - timedelta(days=400)


def rows(records: Records, table: Table, column: str) -> set[str]:
    with records.engine.connect() as db:
        return set(db.execute(select(table.c[column])).scalars())


async def ended(records: Records, key: str, at: datetime) -> None:
    """Store a submission with an approval that finished at this time."""
    request = submission(command_for(Action.START), key=key, accepted_at=OLD)
    await records.accept(request)
    await records.approvals.ask(asked(key=key))
    await records.mark(request, State.DONE, Done(campaign="cd-1"))
    change = update(tables.submissions).where(tables.submissions.c.key == key)
    with records.engine.begin() as db:
        db.execute(change.values(finished_at=at))


async def test_only_submissions_finished_long_ago_are_deleted(records: Records) -> None:
    await ended(records, "old", OLD)
    await ended(records, "recent", RECENT)
    await records.accept(submission(command_for(Action.START), key="open", accepted_at=OLD))
    await records.prune(BEFORE)
    assert rows(records, tables.submissions, "key") == {"recent", "open"}
    assert rows(records, tables.approvals, "key") == {"recent"}


async def test_campaigns_not_seen_for_long_are_deleted_with_their_messages(
    records: Records,
) -> None:
    for id_ in ("cd-1", "cd-2"):
        await records.campaigns.remember(Snapshot(id=id_, name=id_, status="Ready"))
        await records.cards.keep(Post(campaign_id=id_, channel="C1", ts="1.0"))
    old = update(tables.campaigns).where(tables.campaigns.c.id == "cd-1")
    with records.engine.begin() as db:
        db.execute(old.values(seen_at=OLD))
    await records.prune(BEFORE)
    assert rows(records, tables.campaigns, "id") == {"cd-2"}
    assert rows(records, tables.posts, "campaign_id") == {"cd-2"}


async def test_names_not_used_for_long_are_no_longer_suggested(records: Records) -> None:
    await records.remember_names("queues", ["Sales", "Service"])
    with records.engine.begin() as db:
        old = update(tables.names).where(tables.names.c.name == "Sales")
        db.execute(old.values(used_at=OLD))
    await records.prune(BEFORE)
    assert await records.names("queues") == ["Service"]


async def test_many_old_submissions_are_deleted_in_several_turns(records: Records) -> None:
    key = "key"
    row = submission(command_for(Action.START), key=key, accepted_at=OLD).row()
    many = [{**row, "finished_at": OLD, "key": f"{key} {n}"} for n in range(600)]
    with records.engine.begin() as db:
        db.execute(tables.submissions.insert(), many)
    await records.prune(BEFORE)
    with records.engine.connect() as db:
        assert db.execute(select(func.count()).select_from(tables.submissions)).scalar_one() == 100
    await records.prune(BEFORE)
    assert rows(records, tables.submissions, "key") == set()
