"""What runs now, and which runs come next."""

from datetime import UTC, datetime, timedelta

from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.upcoming import upcoming
from bot.campaigns.values import Status
from tests.blocks.samples import snapshot

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


def daily(hour: int, *, until: int = 30) -> Schedule:
    """Return runs every day at an hour in UTC, from tomorrow on."""
    start = NOW.replace(hour=hour, tzinfo=None) + timedelta(days=1)
    return Schedule(
        recurrence=Recurrence.DAILY,
        every=1,
        days=(),
        zone="UTC",
        start=start,
        end=start + timedelta(days=until),
    )


def test_the_next_runs_come_in_their_order() -> None:
    known = [(snapshot(f"At {hour}", hours=None), daily(hour)) for hour in (9, 7, 8)]
    found = upcoming(known, NOW, 2, more=False)
    assert [each.campaign.name for each in found.coming] == ["At 7", "At 8"]
    assert found.coming[0].run.at == datetime(2027, 1, 16, 7, tzinfo=UTC)
    assert (found.running, found.untimed, found.more) == ((), 0, False)


def test_what_is_over_does_not_come_and_what_only_the_console_knows_is_counted() -> None:
    scheduled = snapshot("Console", status=Status.SCHEDULED)
    runs = snapshot("Runs", status=Status.ACTIVE)
    over = (snapshot("Over", hours=None), daily(9))
    found = upcoming(
        [(scheduled, None), (runs, None), over], NOW + timedelta(days=60), 5, more=True
    )
    assert found.coming == ()
    assert (found.running, found.untimed, found.more) == ((runs,), 1, True)
