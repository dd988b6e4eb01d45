"""The coming week has every run that reaches somebody, of every schedule that is known."""

from datetime import UTC, datetime, timedelta

from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.upcoming import week
from tests.blocks.samples import snapshot

# A Monday; the calling hours of the sample are those of New York on workdays.
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def daily(hour: int) -> Schedule:
    start = datetime(2027, 2, 1, hour)  # noqa: DTZ001 # local, in the schedule's zone
    return Schedule(
        recurrence=Recurrence.DAILY,
        zone="America/New_York",
        start=start,
        end=start + timedelta(days=90),
    )


def test_the_week_has_the_runs_of_seven_days_in_their_order() -> None:
    late, early = snapshot("Late", hours=None), snapshot("Early", hours=None)
    unknown = snapshot("By console")
    found = week([(late, daily(15)), (unknown, None), (early, daily(9))], NOW)
    assert [each.campaign.name for each in found] == ["Early", "Late"] * 7
    assert found[0].run.at == datetime(2027, 3, 1, 14, tzinfo=UTC)
    assert found[-1].run.at == datetime(2027, 3, 7, 20, tzinfo=UTC)


def test_runs_that_reach_nobody_are_left_out() -> None:
    found = week([(snapshot("Workdays"), daily(10))], NOW)
    assert [each.run.local.strftime("%a") for each in found] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
