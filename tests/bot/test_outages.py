"""An outage is one line when it begins and one when it is over, however its calls overlap."""

import time
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.outages import Outage

Lines = list[MutableMapping[str, Any]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    with capture_logs() as captured:
        yield captured


def events(lines: Lines) -> list[str]:
    return [each["event"] for each in lines]


def test_only_the_first_failure_and_the_first_success_are_logged(lines: Lines) -> None:
    outage = Outage("database")
    outage.over()
    for reason in ("refused", "starting up", "starting up"):
        outage.failed(reason)
    outage.over()
    outage.over()
    began, over = lines
    assert began == {
        "event": "outage.began",
        "log_level": "error",
        "service": "database",
        "reason": "refused",
    }
    assert over.pop("seconds") >= 0
    assert over == {
        "event": "outage.over",
        "log_level": "warning",
        "service": "database",
        "failed_calls": 3,
    }


def test_each_outage_counts_its_own_calls(lines: Lines) -> None:
    outage = Outage("database")
    for failures in (2, 1):
        for _ in range(failures):
            outage.failed("refused")
        outage.over()
    assert events(lines) == ["outage.began", "outage.over"] * 2
    assert [each["failed_calls"] for each in lines[1::2]] == [2, 1]


def test_a_success_of_a_call_made_before_the_outage_does_not_end_it(lines: Lines) -> None:
    outage, made_at = Outage("database"), time.monotonic()
    outage.failed("refused")
    outage.over(made_at)
    assert events(lines) == ["outage.began"]
    outage.over(time.monotonic())
    assert events(lines) == ["outage.began", "outage.over"]


def test_a_failure_of_a_call_made_before_the_end_begins_no_other_outage(lines: Lines) -> None:
    outage, made_at = Outage("database"), time.monotonic()
    outage.failed("refused")
    outage.over()
    outage.failed("the connection was lost", made_at)
    assert events(lines) == ["outage.began", "outage.over"]
    outage.failed("refused", time.monotonic())
    assert events(lines) == ["outage.began", "outage.over", "outage.began"]
