"""The sandbox's clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sandbox.clock import Clock

YEAR = timedelta(days=365)


@given(st.lists(st.timedeltas(-YEAR, YEAR), max_size=5))
def test_the_clock_goes_forward_by_each_step_and_never_back(steps: list[timedelta]) -> None:
    clock, real = Clock(), datetime.now(UTC)
    seen = [clock.now()]
    for step in steps:
        clock.forward(step)
        seen.append(clock.now())
    assert seen == sorted(seen)
    ahead = sum((step for step in steps if step > timedelta()), timedelta())
    assert real + ahead <= seen[-1] <= datetime.now(UTC) + ahead


def test_the_clock_is_in_utc() -> None:
    assert Clock().now().utcoffset() == timedelta()
