"""How the tests are shared out to the processes that run them side by side.

A file's tests stay together, as do those of all files that need the same slow thing, so that it is
started once. What takes longest begins first, so that no process is left at work alone.
"""

from xdist.scheduler import (  # type: ignore[import-untyped] # it has types, and does not say so
    LoadFileScheduling,
)

# The slow things, by the beginnings of the paths of what needs them.
SHARED = {
    "Chromium": ("tests/browser/",),
    "PostgreSQL": ("tests/bot/records/", "tests/crash/test_takeover.py"),
}
# In this order; all others come after them.
LONGEST_FIRST = (
    *("tests/browser/", "tests/crash/", "tests/bot/records/", "tests/sandbox/test_run.py"),
    *("tests/flows/", "tests/test_", "tests/sandbox/", "tests/bot/"),
)


class Scheduler(LoadFileScheduling):  # type: ignore[misc] # as above
    """Gives each process the tests of one file, or of one slow thing, at a time."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test belongs to."""
        found = (name for name, paths in SHARED.items() if nodeid.startswith(paths))
        return next(found, nodeid.partition("::")[0])


def rank(nodeid: str) -> int:
    """The place of a test among all, by its path."""
    found = (place for place, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start))
    return next(found, len(LONGEST_FIRST))
