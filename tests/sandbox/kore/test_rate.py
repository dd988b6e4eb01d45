from datetime import timedelta

from sandbox.kore.rate import CallCount
from tests.sandbox.kore.account import MONDAY


def test_calls_are_counted_in_all_and_in_the_last_minute() -> None:
    calls = CallCount()
    assert (calls.in_all, calls.last_minute(MONDAY)) == (0, 0)
    for seconds in (0, 30, 30, 90):
        calls.add(MONDAY + timedelta(seconds=seconds))
    assert calls.in_all == 4
    # The window is open at its beginning, as that of the rate limit.
    assert calls.last_minute(MONDAY + timedelta(seconds=90)) == 1
    assert calls.last_minute(MONDAY + timedelta(days=1)) == 0
    assert calls.in_all == 4
