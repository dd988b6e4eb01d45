"""The findings about other campaigns on the same contact lists."""

from datetime import date

import pytest

from bot.campaigns.review.neighbors import NeighborsUnchecked, NeighborsUnknown, SameDay
from bot.campaigns.review.runs import NoEffectiveRun
from bot.campaigns.schedule import Schedule
from tests.bot.campaigns.review.samples import (
    SUN,
    TUE,
    facts,
    local,
    of_schedule,
    of_start,
    plan,
    utc,
)

FIRST = date(2027, 2, 1)


@pytest.mark.parametrize(
    ("neighbor", "day", "days"),
    [
        (plan(), FIRST, 3),
        (plan(days=(TUE,)), None, 0),
        (plan(start=local("2027-02-02 10:00")), date(2027, 2, 8), 2),
        (plan(start=local("2026-02-01 10:00")), FIRST, 3),
        (plan(start=local("2027-01-31 19:00"), days=(SUN,)), FIRST, 3),
        (plan(start=local("2027-02-16 10:00"), end=local("2027-03-16 10:00")), None, 0),
    ],
)
def test_campaigns_on_one_list_with_runs_on_one_utc_date_are_found(
    neighbor: Schedule, day: date | None, days: int
) -> None:
    found = of_schedule(plan(), facts(neighbors=(("Other", neighbor),)))
    assert found == ([SameDay(name="Other", day=day, days=days)] if day else [])


def test_a_start_is_compared_with_the_runs_of_today() -> None:
    known = facts(neighbors=(("Other", plan()), ("Tuesdays", plan(days=(TUE,)))))
    found = of_start(known, utc("2027-02-01 15:00"))
    assert found == [SameDay(name="Other", day=FIRST, days=1)]


def test_neighbors_with_unknown_schedules_are_in_one_finding() -> None:
    known = facts(neighbors=(("One", None), ("Two", None)))
    for found in (of_schedule(plan(), known), of_start(known)):
        assert found == [NeighborsUnknown(names=("One", "Two"))]


def test_a_schedule_without_runs_is_not_compared_with_neighbors() -> None:
    never = plan(days=(SUN,), end=local("2027-02-06 18:00"))
    known = facts(neighbors=(("Other", plan()), ("Unknown", None)))
    assert of_schedule(never, known) == [NoEffectiveRun()]


def test_neighbors_that_could_not_be_looked_up_are_unchecked() -> None:
    known = facts(neighbors=None)
    assert of_schedule(plan(), known) == of_start(known) == [NeighborsUnchecked()]
