"""Killed at chosen and at random moments, the bot does what was asked once and says so once.

A sample; `python -m tests.crash` goes through every point, hundreds of times.
"""

import pytest

from tests.crash.drill import Drill
from tests.crash.points import NEVER_ARRIVED, SAMPLE, Course, Flow
from tests.crash.toll import Fate

CREATES = [each for each in SAMPLE if each.flow is Flow.SMS]
OTHERS = [each for each in SAMPLE if each.flow is not Flow.SMS]


def check(drill: Drill) -> None:
    wrong = drill.wrong()
    assert not wrong, "\n\n".join(wrong)


def fates(drill: Drill) -> set[Fate]:
    return {found.fate(asked.flow) for asked, found in drill.found()}


@pytest.mark.parametrize("courses", [CREATES, OTHERS], ids=["creates", "others"])
async def test_killed_where_something_is_done_and_not_yet_noted(
    drill: Drill, courses: list[Course]
) -> None:
    for course in courses:
        await drill.follow(course)
    await drill.settle()
    check(drill)
    assert fates(drill) == {Fate.ONCE}


async def test_killed_under_load_at_random_moments(drill: Drill) -> None:
    for _ in range(4):
        await drill.kill_at_random()
    await drill.settle()
    check(drill)


async def test_a_request_that_never_arrived_is_told_and_not_repeated(drill: Drill) -> None:
    await drill.follow(NEVER_ARRIVED)
    await drill.settle()
    check(drill)
    assert fates(drill) == {Fate.TOLD}
