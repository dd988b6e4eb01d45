"""Faults of the database are reported as such, whichever library finds them."""

import pytest
from sqlalchemy import QueuePool, create_engine

from bot.records import DatabaseFault, Records


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
