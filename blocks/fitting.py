"""Cuts the texts of a message until Slack takes all of its blocks together."""

from collections.abc import Iterator, Sequence
from typing import Any

# Slack documents no limit, but refuses a message from somewhere above 11,000 characters of text in
# its blocks: github.com/slackapi/bolt-js/issues/2867.
BLOCKS_MAX = 10_500


def fit(blocks: Sequence[dict[str, Any]]) -> None:
    """Cut the longest texts in a message's blocks, so that Slack takes them together."""
    holders = list(_holders(blocks))
    if sum(len(each["text"]) for each in holders) <= BLOCKS_MAX:
        return
    longest = _longest([len(each["text"]) for each in holders])
    for each in holders:
        if len(each["text"]) > longest:
            each["text"] = each["text"][: longest - 1] + "…"


def _holders(part: object) -> Iterator[dict[str, Any]]:
    """Yield each object with a text."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part
        part = list(part.values())
    if isinstance(part, list | tuple):
        for each in part:
            yield from _holders(each)


def _longest(lengths: Sequence[int]) -> int:
    """Return how long a text may be, if longer ones are cut to that and the others stay."""
    room, left = BLOCKS_MAX, len(lengths)
    for length in sorted(lengths):
        if length * left > room:
            break
        room, left = room - length, left - 1
    return room // max(left, 1)
