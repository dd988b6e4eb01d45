"""When a digest is due, and what belongs into it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.campaigns.digests import Digest, DigestTime
from bot.campaigns.runs import Run
from bot.campaigns.upcoming import ComingRun, Upcoming
from tests.blocks.samples import snapshot

NEW_YORK = DigestTime(channel="C1", author="U1", at=time(8, 30), zone="America/New_York")
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2027-01-15T12:00", "2027-01-15T13:30"),
        ("2027-01-15T13:30", "2027-01-16T13:30"),
        ("2027-01-16T02:00", "2027-01-16T13:30"),
        # The clocks change on March 14.
        ("2027-03-13T14:00", "2027-03-14T12:30"),
    ],
)
def test_a_digest_is_due_at_the_local_time_each_day(moment: str, due: str) -> None:
    after = NEW_YORK.after(datetime.fromisoformat(f"{moment}Z"))
    assert after == datetime.fromisoformat(f"{due}Z")


def test_an_hour_that_the_clocks_skip_is_not_a_day_without_a_digest() -> None:
    skipped = NEW_YORK.model_copy(update={"at": time(2, 30)})
    before = datetime(2027, 3, 14, 5, tzinfo=UTC)
    assert skipped.after(before) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)


def test_the_day_ends_in_the_zone() -> None:
    assert NEW_YORK.end_of_day(NOW) == datetime(2027, 1, 16, 5, tzinfo=UTC)


def test_only_the_runs_of_the_day_are_told_and_nothing_on_a_day_with_nothing() -> None:
    today, tomorrow = (
        ComingRun(
            campaign=snapshot(),
            run=Run(at=NOW + days * timedelta(days=1), local=NOW, moved=timedelta()),
        )
        for days in (0.1, 1)
    )
    until = NEW_YORK.end_of_day(NOW)

    def of(*coming: ComingRun, waiting: int = 0) -> Digest | None:
        return Digest.of_day(Upcoming(coming=coming), until, (), waiting=waiting, since=NOW)

    found = of(today, tomorrow)
    assert found
    assert found.coming == (today,)
    assert of(tomorrow) is None
    assert of(waiting=1)
