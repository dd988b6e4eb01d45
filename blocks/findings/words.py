"""The words for each class of finding, and the parts that several findings share."""

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
    """Return the sentences for a finding; each class registers a function in this package.

    Raises:
        TypeError: no function is registered for the class.
    """
    raise TypeError(f"{type(finding).__name__} has no words in blocks.findings")


def typed(text: str) -> str:
    """Escape and shorten text that people or Kore.ai wrote."""
    return escape(clamp(text, NAME_MAX))


def names(all_: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    return listed([typed(name) for name in all_])


def listed(texts: Sequence[str]) -> str:
    """Return the first few formatted texts, and how many more there are."""
    rest = [f"{len(texts) - _NAMES_SHOWN} more"] if len(texts) > _NAMES_SHOWN else []
    return ", ".join([*texts[:_NAMES_SHOWN], *rest])


def progress(read: ListProgress | None) -> str:
    """Return a sentence on how many campaigns the bot read; empty if that is unknown."""
    return f" {list_progress(read)}" if read else ""


def span(length: timedelta) -> str:
    """Format a duration as `90 minutes`, or as `2 hours` if it is whole hours."""
    unit, word = (_MINUTE, "minute") if length % _HOUR else (_HOUR, "hour")
    count = length // unit
    return f"{count} {word}{'' if count == 1 else 's'}"
