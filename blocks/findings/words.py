"""The words of a finding by its class, and the parts that several findings share."""

from collections.abc import Sequence
from datetime import timedelta
from functools import singledispatch

from blocks.kit import clamp, escape
from blocks.names import list_progress
from bot.campaigns.reasons import ListProgress
from bot.campaigns.review.findings import Finding

NAME_MAX = 150
_NAMES_SHOWN = 5
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@singledispatch
def finding_words(finding: Finding) -> str:
    """The sentences of a finding; each class has a function of its own in this package.

    Raises:
        TypeError: the class has none.
    """
    raise TypeError(f"{type(finding).__name__} has no words in blocks.findings")


def typed(text: str) -> str:
    """Text that people or Kore.ai wrote, escaped and not too long."""
    return escape(clamp(text, NAME_MAX))


def names(all_: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    shown = [typed(name) for name in all_[:_NAMES_SHOWN]]
    rest = [f"{len(all_) - _NAMES_SHOWN} more"] if len(all_) > _NAMES_SHOWN else []
    return ", ".join(shown + rest)


def progress(read: ListProgress | None) -> str:
    """A further sentence on how far the campaigns were read, empty where that is unknown."""
    return f" {list_progress(read)}" if read else ""


def span(length: timedelta) -> str:
    """`90 minutes`, or `2 hours` where they are whole hours."""
    unit, word = (_MINUTE, "minute") if length % _HOUR else (_HOUR, "hour")
    count = length // unit
    return f"{count} {word}{'' if count == 1 else 's'}"
