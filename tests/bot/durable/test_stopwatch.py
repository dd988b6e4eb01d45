"""Time counts even if one of the clocks stood still or was set back meanwhile."""

import pytest

from bot.durable.stopwatch import Stopwatch


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.shows = 1000.0

    def __call__(self) -> float:
        return self.shows


@pytest.mark.parametrize(
    ("monotonic", "wall", "passed"),
    [
        (30.0, 30.0, 30.0),
        (0.5, 3600.0, 3600.0),  # the machine slept for an hour
        (30.0, -600.0, 30.0),  # the wall clock was set back
        (30.0, 630.0, 630.0),  # it was set forward: too much is safe
    ],
)
def test_the_clock_that_shows_more_counts(monotonic: float, wall: float, passed: float) -> None:
    clocks = Clock(), Clock()
    stopwatch = Stopwatch(clocks)
    assert stopwatch.seconds() == 0.0
    clocks[0].shows += monotonic
    clocks[1].shows += wall
    assert stopwatch.seconds() == passed


def test_it_runs_by_real_clocks() -> None:
    assert 0.0 <= Stopwatch().seconds() < 60.0
