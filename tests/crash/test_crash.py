"""The bot is killed at chosen moments, and still does and confirms everything once.

These tests try a sample. `./dev drill crash` tries every point, `./dev drill kills` random moments.
"""

from pathlib import Path

import pytest

from tests.crash.drill import Drill
from tests.crash.points import COURSES, NEVER_ARRIVED, SAMPLE
from tests.crash.toll import Fate
from tests.process import installation
from tests.warm import hurried_bot


def check(drill: Drill) -> None:
    wrong = drill.wrong()
    assert not wrong, "\n\n".join(wrong)


def fates(drill: Drill) -> set[Fate]:
    return {found.fate(asked.flow) for asked, found in drill.found()}


@pytest.mark.drill
async def test_the_bot_is_killed_after_a_step_that_it_has_not_recorded(drill: Drill) -> None:
    for course in SAMPLE:
        await drill.follow(course)
    await drill.settle()
    check(drill)
    assert fates(drill) == {Fate.ONCE}


def test_the_long_drill_goes_through_the_sample() -> None:
    assert {*SAMPLE, NEVER_ARRIVED} <= set(COURSES)


@pytest.mark.drill
async def test_the_author_learns_that_a_request_never_arrived_and_it_is_not_repeated(
    tmp_path: Path,
) -> None:
    async with installation(tmp_path, bot=hurried_bot) as installed:
        drill = Drill(installed, seed=20261)
        await drill.prepare()
        await drill.follow(NEVER_ARRIVED)
        await drill.settle()
    check(drill)
    assert fates(drill) == {Fate.TOLD}
