"""Checks the emergency stop of all running campaigns."""

from collections.abc import Iterator

from bot.campaigns.review.findings import Finding, Severity


class NothingRuns(Finding, topic="nothing_runs", severity=Severity.NEEDLESS):
    """No campaign of the environment runs."""


class RunningUnchecked(Finding, topic="running_unchecked", severity=Severity.UNCHECKED):
    """Not every campaign could be read, so others may run too."""


def check_stop_all(running: int | None, *, complete: bool) -> Iterator[Finding]:
    """Yield the findings; `running` is how many campaigns run, None if that is unknown."""
    if running is None or not complete:
        yield RunningUnchecked()
    elif not running:
        yield NothingRuns()
