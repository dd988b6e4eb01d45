"""A review says in words which runs a finding means."""

from datetime import timedelta

import pytest

from bot.campaigns.review import runs
from bot.campaigns.runs import Gap
from tests.blocks.test_findings import line
from tests.bot.campaigns.review.samples import local


@pytest.mark.parametrize(
    ("some", "of", "words"),
    [
        (1, 1, "the run of Sat, Feb 6, 2027, 9:00 AM (America/New_York)."),
        (1, 9, "1 of 9 runs, on Sat, Feb 6, 2027, 9:00 AM (America/New_York)."),
        (2, 9, "2 of 9 runs, the first on Sat, Feb 6, 2027, 9:00 AM (America/New_York)."),
    ],
)
def test_a_finding_says_which_runs_it_means(some: int, of: int, words: str) -> None:
    assert f": {words} " in line(runs.RunsOnExcludedDays, runs=some, of=of)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap.NO_HOURS, "a day without calling hours. They next open Sat"),
        (Gap.BEFORE_HOURS, "before they open. They next open Sat"),
        (Gap.BETWEEN_HOURS, "while they pause. They next open Sat"),
        (Gap.AFTER_HOURS, "after they close. They next open Sat"),
    ],
)
def test_each_gap_has_its_words(gap: Gap, words: str) -> None:
    said = line(runs.RunsOutsideHours, gap=gap, opens=local("2027-02-06 10:00"))
    assert said.endswith(f"(America/New_York), {words}, Feb 6, 2027, 10:00 AM.")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (60, "1 hour later"),
        (-60, "1 hour earlier"),
        (120, "2 hours later"),
        (30, "30 minutes later"),
        (-1, "1 minute earlier"),
    ],
)
def test_a_finding_says_how_far_runs_are_moved(minutes: int, words: str) -> None:
    said = line(runs.RunsMovedByClocks, shift=timedelta(minutes=minutes))
    assert f"runs start {words}." in said
