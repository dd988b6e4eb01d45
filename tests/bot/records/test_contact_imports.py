"""Each chunk of contacts is claimed once, whoever sends it; nothing of it stays for ever."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from bot.campaigns.actions import Action
from bot.campaigns.notifications import ContactsProgress
from bot.records import ChunkState, Done, Records, State, tables
from tests.asked import command_for, submission


async def test_a_chunk_is_claimed_once_by_however_many(records: Records) -> None:
    imports = records.catalog.contact_lists.imports
    claims = await asyncio.gather(*(imports.claim("V1", 0, 100) for _ in range(8)))
    assert sorted(claims) == [False] * 7 + [True]
    assert await imports.claim("V1", 1, 100)
    assert await imports.claim("V2", 0, 50)
    chunks = await imports.chunks("V1")
    assert [(c.number, c.contacts, c.state) for c in chunks.values()] == [
        (0, 100, ChunkState.SENDING),
        (1, 100, ChunkState.SENDING),
    ]


async def test_a_released_chunk_can_be_claimed_again(records: Records) -> None:
    imports = records.catalog.contact_lists.imports
    assert await imports.claim("V1", 0, 100)
    await imports.release("V1", 0)
    assert await imports.claim("V1", 0, 100)


async def test_the_size_before_the_first_chunk_stays(records: Records) -> None:
    imports = records.catalog.contact_lists.imports
    assert await imports.begin("V1", 45) == 45
    assert await imports.begin("V1", 145) == 45
    assert await imports.begin("V2", None) is None


async def test_a_settled_chunk_lets_the_progress_be_shown_again(records: Records) -> None:
    imports = records.catalog.contact_lists.imports
    await records.outbox.add("V1", ContactsProgress())
    entry = await records.outbox.claim("V1 contacts")
    assert entry
    await records.outbox.delivered(entry, ("D1", "1.0"))
    assert await records.outbox.pending() == 0
    await imports.claim("V1", 0, 100)
    await imports.settle("V1", 0, ChunkState.REFUSED, "refused")
    assert await records.outbox.pending() == 1
    (chunk,) = (await imports.chunks("V1")).values()
    assert (chunk.state, chunk.reason) == (ChunkState.REFUSED, "refused")


async def test_chunks_are_deleted_with_their_submission(records: Records) -> None:
    imports, long_ago = records.catalog.contact_lists.imports, datetime.now(UTC) - timedelta(days=9)
    asked = submission(command_for(Action.ADD_CONTACTS), key="V1")
    await records.accept(asked)
    await imports.begin("V1", 1)
    await imports.claim("V1", 0, 100)
    await records.mark(asked, State.DONE, Done(campaign=""))
    with records.engine.begin() as db:
        db.execute(update(tables.submissions).values(finished_at=long_ago))
    await records.prune(datetime.now(UTC))
    with records.engine.connect() as db:
        for table in (tables.contact_chunks, tables.contact_imports):
            assert db.execute(select(func.count()).select_from(table)).scalar() == 0
