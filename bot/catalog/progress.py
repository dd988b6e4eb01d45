"""Looks at the results of a run for its progress: few pages, and of a long run a fair sample."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.campaigns.results import ResultCounts, ResultRows
from bot.kore import KoreClient

# Kore.ai's limit: get-all-contact-details-voice-campaigns-v2.
PAGE_ROWS = 100
# A look takes so many pages at most. Kore.ai may call its contacts in any order, so that of a
# longer run pages from all of it are read.
PAGES_MAX = 10


NOTHING = ResultCounts(
    contacts=0,
    total=0,
    is_complete=True,
    is_running=True,
    as_of=datetime.min.replace(tzinfo=UTC),
    reached=0,
    not_called=0,
)


async def counts_of_run(kore: KoreClient, campaign: str) -> tuple[ResultCounts | None, int]:
    """Return the counts of a voice campaign's latest run, and how many pages were read.

    The counts are None if Kore.ai has no results.

    Raises:
        KoreError: they could not be read.
    """
    first = await kore.contact_results(campaign, page=1, limit=PAGE_ROWS)
    rows, totals = ResultRows(), {first.total_results}
    rows.add(first.rows)
    last = max(first.total_pages, -(-first.total_results // PAGE_ROWS))
    further = spread(last)[1:]
    for number in further:
        page = await kore.contact_results(campaign, page=number, limit=PAGE_ROWS)
        totals.add(page.total_results)
        rows.add(page.rows)
    counts = rows.counts(
        total=max(*totals, len(rows)),
        is_complete=totals == {len(rows)},
        is_running=True,
        as_of=datetime.now(UTC),
    )
    return (counts if rows else None), 1 + len(further)


def spread(last: int) -> Sequence[int]:
    """Return the numbers of at most `PAGES_MAX` pages, evenly from the first to the last."""
    if last <= PAGES_MAX:
        return range(1, last + 1) if last else (1,)
    return [1 + round(each * (last - 1) / (PAGES_MAX - 1)) for each in range(PAGES_MAX)]
