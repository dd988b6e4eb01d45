"""The log of DBOS, as a part of the bot's log.

DBOS prints its lines itself, unmasked and in a format of their own, and a line with a traceback for
each attempt of each of its threads while the database is away.
"""

import asyncio
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.outages import Outage
from bot.records import connection_lost, database_fault


@contextmanager
def engine_log(outage: Outage, closing: asyncio.Event, *known: type[Exception]) -> Iterator[None]:
    """Pass on what DBOS logs during the block, but not errors that are logged already.

    These are the `known` classes, and faults of the database, which are reported to the `outage`.
    While the engine is `closing`, workflows also fail for want of the threads that DBOS has ended;
    they go on after the next start, or in the process that has taken them over.
    """

    def is_news(record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else sys.exc_info()[1]
        fault = database_fault(error)
        # DBOS makes a lost connection anew. If it cannot, that is the error which it logs next.
        if fault and not connection_lost(error):
            outage.failed(str(fault))
        ended = closing.is_set() and isinstance(error, RuntimeError)
        return not (fault or ended or isinstance(error, known))

    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True
    logger.addFilter(is_news)
    try:
        yield
    finally:
        logger.removeFilter(is_news)
