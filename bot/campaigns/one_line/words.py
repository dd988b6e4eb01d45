"""The words of a line, each with its place in what was typed."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Self

from bot.campaigns.names import folded, keyed, trimmed

# What may stand between two parts of a line, and between two values of a part.
SEPARATORS = frozenset({",", ";", "\u3001", "and", "&", "+"})
# A line is a sentence; what follows this many characters is not read.
LINE_MAX = 2000
_COMMAS = ",;\uff0c\uff1b\u3001"
_WORD = re.compile(
    # A quote opens before a word, as an apostrophe does not, and closes after one.
    rf"(?<![^\s{_COMMAS}:(])(?P<mark>[\"'])(?P<inner>\s*\S.{{0,200}}?)(?P=mark)"
    rf"(?=[\s{_COMMAS}:.)]|$)|[{_COMMAS}]|[^\s{_COMMAS}]+",
    re.DOTALL,
)
_EDGES = "().:!?"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a comma, or several words in quotes, of which `inner` is what the quotes hold."""

    start: int
    end: int
    folded: str
    inner: str = ""

    @property
    def key(self) -> str:
        """The word in the form in which words are compared; empty for one in quotes."""
        return "" if self.inner else self.folded.strip(_EDGES)


class Names:
    """Names that exist, found as people type them."""

    def __init__(self, names: Collection[str]) -> None:
        """Keep the names; of those that people take for the same, the first is found."""
        self._exact = frozenset(names)
        self._by_folded: dict[str, str] = {}
        for name in names:
            self._by_folded.setdefault(folded(name), name)

    def find(self, typed: str) -> str | None:
        """Return the name that is typed, in exactly these letters if there is one."""
        return typed if typed in self._exact else self._by_folded.get(folded(typed))


@dataclass(frozen=True, slots=True)
class Line:
    """A typed text and its words."""

    text: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Return a text with its words."""
        return cls(text, tuple(_words(text)))

    def piece(self, first: int, last: int) -> str:
        """Return what was typed from word `first` to the one before `last`, or in its quotes."""
        if last - first == 1 and self.words[first].inner:
            return self.words[first].inner
        if last <= first:
            return ""
        text = self.text[self.words[first].start : self.words[last - 1].end]
        return trimmed(trimmed(text).strip(_COMMAS))

    def keys(self, first: int, last: int) -> tuple[str, ...]:
        """Return some words as they are compared; empty texts beyond the end of the line."""
        keys = [word.key for word in self.words[first:last]]
        return (*keys, *[""] * (last - first - len(keys)))

    def pieces(self, places: Collection[int]) -> tuple[str, ...]:
        """Return the words at these places; neighbors are one piece, with separators in between."""
        return tuple(filter(None, (self.piece(*each) for each in self._runs(sorted(places)))))

    def _runs(self, places: list[int]) -> Iterator[tuple[int, int]]:
        first = last = -1
        for place in places:
            if first >= 0 and not SEPARATORS.issuperset(self.keys(last + 1, place)):
                yield first, last + 1
                first = -1
            first, last = (place if first < 0 else first), place
        if first >= 0:
            yield first, last + 1


def _words(text: str) -> Iterator[Word]:
    for found in _WORD.finditer(keyed(text)):
        inner = trimmed(text[slice(*found.span("inner"))]) if found["mark"] else ""
        yield Word(*found.span(), folded(found[0]), inner)
