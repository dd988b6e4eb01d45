"""Names of campaigns as people type them.

Phones and word processors change what is typed: quotes become curly, two hyphens a dash, three dots
an ellipsis. So names are compared without such differences. What is sent and shown is always the
name as Kore.ai stores it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import count
from typing import TypeVar
from unicodedata import normalize

T = TypeVar("T")

# How alike two names are, from 0 to 1, if one may be a misspelling of the other: two of nine
# letters may differ.
_ALIKE = 0.75
# Characters that nobody sees: soft hyphens, zero-width spaces and joiners, directions, emoji
# variants, byte order marks.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff"
HIDDEN = re.compile(f"[{_UNSEEN}]")
_BLANK = "".join(sign for sign in map(chr, range(0x10000)) if sign.isspace() or HIDDEN.match(sign))
# Between two letters, of which the first may have its accent as a character of its own.
_APOSTROPHE = re.compile(r"(?<=[\w\u0300-\u036f])'(?=\w)")
_KEYS = {
    # Curly, low and angle quotes, double primes.
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\uff02",
    # The same as single ones, apostrophes and accents in their place.
    "'": "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02b9\u02bb\u02bc\u00b4\u0060\u1fef\uff07",
    # Hyphens, dashes, the minus sign.
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d",
    # The slash of fractions, which NFKC makes of a half.
    "/": "\u2044",
}
# Each of these characters with the key of a keyboard that is pressed for it.
TYPED_WITH = {ord(sign): key for key, signs in _KEYS.items() for sign in signs}
_SPACES = {ord(sign): " " for sign in _BLANK}


def folded(name: str) -> str:
    """Return the form in which names are compared: equal for names that people take for the same.

    It is the same for every letter case, white space, style of quotes and dashes, and with or
    without quotes around the whole. Compatible characters are the same too (NFKC, not NFC), as
    keyboards differ in them: full-width letters, ligatures, "…" and "...". That is harmless,
    because an exact match wins, and if several names match, the person chooses.
    """
    before, text = "", name
    while text != before:
        before, text = text, _folded_once(text)
    return text


def _folded_once(text: str) -> str:
    seen = HIDDEN.sub("", text).translate(TYPED_WITH)
    letters = normalize("NFKC", seen.casefold()).translate(TYPED_WITH)
    return _unquoted(re.sub("-+", "-", " ".join(letters.split())))


def typed_name(text: str) -> str:
    """Return the name that a person means by a text: without quotes around the whole.

    Slack's own signs in a command are undone before, by `handlers.payloads`, and only there: a
    campaign may really be called "R&D &amp; more".
    """
    return _unquoted(trimmed(text))


def quoted(name: str) -> str:
    """Return a text for which `typed_name` returns this name, in quotes if it needs them."""
    texts = (name, f'"{name}"', f"'{name}'")
    return next((text for text in texts if typed_name(text) == name), name)


def trimmed(text: str) -> str:
    """Return the text without white space and unseen characters at its ends."""
    return text.strip(_BLANK)


def keyed(text: str) -> str:
    """Return the text with the keys of a keyboard for its quotes, dashes and blanks.

    Each character stands for the one at the same place in `text`.
    """
    return text.translate(_SPACES).translate(TYPED_WITH)


def copies(name: str, longest: int) -> Iterator[str]:
    """Yield names for copies of something with this name, cut to a length."""
    for number in count(1):
        end = " (copy)" if number == 1 else f" (copy {number})"
        yield f"{name[: longest - len(end)].rstrip()}{end}"


def best(found: Sequence[T], name: str, name_of: Callable[[T], str]) -> list[T]:
    """Return those with exactly this name; if there are none, those with the same folded name."""
    wanted = folded(name)
    exact = [each for each in found if name_of(each) == name]
    return exact or [each for each in found if folded(name_of(each)) == wanted]


def similar(name: str, others: Iterable[str]) -> str | None:
    """Return the name most like this one, ignoring capitals and spaces; None if none is alike."""
    # Of "First Name" and "firstName", the first is kept.
    plain = {_plain(each): each for each in sorted(others, reverse=True)}
    closest = get_close_matches(_plain(name), plain, n=1, cutoff=_ALIKE)
    return plain[closest[0]] if closest else None


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _unquoted(text: str) -> str:
    inner = trimmed(text[1:-1])
    return inner if _in_quotes(text.translate(TYPED_WITH)) else text


def _in_quotes(text: str, *, nested: bool = True) -> bool:
    """Return whether one pair of quotes is around the whole, unlike in "A" and "B".

    If `nested`, the pair may be around a name that is in such quotes itself.
    """
    inner, mark = trimmed(text[1:-1]), text[:1]
    if not inner or mark not in {'"', "'"} or text[-1] != mark:
        return False
    others = _APOSTROPHE.sub("", inner) if mark == "'" else inner
    return mark not in others or (nested and _in_quotes(inner, nested=False))
