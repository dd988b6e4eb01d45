"""Guesses what the columns of a file are, by their names."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from unicodedata import combining, normalize

from bot.campaigns.names import folded

T = TypeVar("T")


def places_of(header: Sequence[str], meanings: Mapping[str, T]) -> dict[T, int]:
    """Return the place of each column that has a meaning, counted from 0.

    `meanings` are by name, without letter case, accents, spaces and punctuation. Of several columns
    with one meaning, the first counts.
    """
    places: dict[T, int] = {}
    for place, name in enumerate(header):
        meaning = meanings.get(_bare(name))
        if meaning is not None and meaning not in places:
            places[meaning] = place
    return places


def _bare(name: str) -> str:
    """Return a name's letters and digits alone, without accents."""
    letters = normalize("NFKD", folded(name))
    kept = (sign for sign in letters if sign.isalnum() and not combining(sign))
    return normalize("NFKC", "".join(kept))
