"""How many examples of a property are tried: few in every run of the tests, all in a drill."""

from hypothesis import settings

EVERY_RUN = 20
ALL = 100


def examples(all_of_them: int) -> int:
    """The `max_examples` of a property that wants this many where others have a hundred."""
    return max(1, all_of_them * settings().max_examples // ALL)
