"""Measures how much time has passed, even while the process or its machine was stopped."""

import time
from collections.abc import Callable, Sequence


class Stopwatch:
    """Measures the time since it was made, by the clock that shows most.

    A monotonic clock may stand still while the machine sleeps, and the wall clock can be set back.
    """

    def __init__(self, clocks: Sequence[Callable[[], float]] = (time.monotonic, time.time)) -> None:
        self._started = [(clock, clock()) for clock in clocks]

    def seconds(self) -> float:
        """Return the seconds since this was made."""
        return max(clock() - start for clock, start in self._started)
