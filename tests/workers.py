"""Distribute the tests to the processes that run them in parallel.

The tests of one file stay together. So do the files that need the same slow service, which then
starts only once. The longest tests begin first, so that all processes end at about the same time.
"""

from xdist.scheduler import (  # type: ignore[import-untyped] # typed, but not marked so
    LoadFileScheduling,
)

# The slow services, each with the paths of the tests that need it.
SHARED = {
    "Chromium": ("tests/browser/",),
    "PostgreSQL": ("tests/bot/records/", "tests/crash/test_takeover.py"),
}
# All other tests come after these.
LONGEST_FIRST = (
    *("tests/browser/", "tests/crash/", "tests/bot/records/", "tests/sandbox/test_run.py"),
    *("tests/flows/", "tests/test_", "tests/sandbox/", "tests/bot/"),
)


class Scheduler(LoadFileScheduling):  # type: ignore[misc] # as above
    """Gives each process the tests of one file, or of one slow service, at a time."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test: its slow service or its file."""
        found = (name for name, paths in SHARED.items() if nodeid.startswith(paths))
        return next(found, nodeid.partition("::")[0])


def rank(nodeid: str) -> int:
    """Return a test's place in the order, by its path."""
    found = (place for place, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start))
    return next(found, len(LONGEST_FIRST))
