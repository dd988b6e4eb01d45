"""How many examples of each property are tried: few in every test run, all in a drill."""

from hypothesis import settings

EVERY_RUN = 20
ALL = 100


def examples(all_of_them: int) -> int:
    """Return `max_examples` for a property that needs this many when others have a hundred."""
    return max(1, all_of_them * settings().max_examples // ALL)
