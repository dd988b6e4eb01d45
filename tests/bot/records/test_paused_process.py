"""A process that pauses during a change does not block the other processes forever."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError

from bot.records import Records, open_database
from bot.records.database import STALLED, one_writer
from tests.postgres import new_database


async def test_the_lock_of_a_paused_process_is_released_after_a_while(postgres_server: str) -> None:
    url = new_database(postgres_server)
    records, paused = Records(open_database(url)), open_database(url)
    with paused.connect() as db:
        one_writer(db)
        async with asyncio.timeout(STALLED.total_seconds() + 20):
            assert await records.take_call("acc", 10) == 0.0
        with pytest.raises(DBAPIError):
            one_writer(db)
    paused.dispose()
    await records.close()
