"""The calendar says the same in words and in its picture, in the reader's time zone."""

from datetime import UTC, datetime

import pytest

from blocks.calendar import (
    NAMED_MAX,
    Calendar,
    calendar_alt_text,
    calendar_chart,
    calendar_words,
)
from bot.campaigns.environment import Environments
from bot.campaigns.runs import Run
from bot.campaigns.upcoming import ComingRun
from bot.charts import Charts
from tests.blocks.samples import snapshot
from tests.blocks.test_home import ONE

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def runs(*moments: str) -> list[ComingRun]:
    found = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in moments]
    return [
        ComingRun(
            campaign=snapshot(f"Sale {number} & more"),
            run=Run(at=at, local=at.replace(tzinfo=None), moved=at - at),
        )
        for number, at in enumerate(found)
    ]


def calendar(*moments: str, environments: Environments = ONE) -> Calendar:
    return Calendar(runs(*moments), NOW, "America/New_York", environments)


def test_the_words_name_each_run_below_its_day() -> None:
    said = calendar_words(calendar("2027-03-01 14:00", "2027-03-01 14:30", "2027-03-03 02:00"))
    assert said.split("\n") == [
        "*Runs of the coming week* (America/New_York)",
        "*Mon, Mar 1, 2027*",
        "• 9:00 AM *Sale 0 &amp; more*",
        "• 9:30 AM *Sale 1 &amp; more*",
        "*Tue, Mar 2, 2027*",
        "• 9:00 PM *Sale 2 &amp; more*",
    ]


def test_of_many_runs_the_first_are_named_and_the_others_counted() -> None:
    said = calendar_words(calendar(*["2027-03-01 14:00"] * (NAMED_MAX + 3)))
    assert said.count("•") == NAMED_MAX
    assert said.endswith("3 more runs are not named here.")


def test_the_picture_in_words_has_the_runs_of_each_day() -> None:
    said = calendar_alt_text(calendar("2027-03-01 14:00", "2027-03-01 14:30", "2027-03-03 02:00"))
    assert "Mon 1 2, Tue 2 1, Wed 3 0" in said


@pytest.mark.parametrize(
    "moments", [["2027-03-01 14:00"], ["2027-03-01 05:00", "2027-03-08 04:00"]]
)
async def test_the_picture_is_drawn(moments: list[str]) -> None:
    drawn = await Charts().draw(calendar_chart(calendar(*moments)))
    assert drawn.startswith(b"\x89PNG")


def test_the_picture_has_a_cell_for_each_hour_with_runs() -> None:
    chart = calendar_chart(calendar("2027-03-01 14:00", "2027-03-01 14:30", "2027-03-03 02:00"))
    assert chart["data"]["values"] == [
        {"day": "Mon 1", "hour": "9:00 AM", "runs": 2},
        {"day": "Tue 2", "hour": "9:00 PM", "runs": 1},
    ]
