"""The text of an SMS campaign: its length as networks count it, its placeholders and its links.

A text of the GSM alphabet is sent in 7 bits per character, any other text as Unicode (UCS-2) in 16
bits. Sources: 3GPP TS 23.038 for both; 3GPP TS 23.040, 9.2.3.24.1, for texts of several segments,
each of which loses six octets to the header that joins them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

import gsm0338  # type: ignore[import-untyped] # noqa: F401 # registers the codec
import regex
from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from linkify_it.tlds import TLDS  # type: ignore[import-untyped]

from bot.campaigns.names import HIDDEN, TYPED_WITH

_CODEC = "gsm03.38"
# In the GSM alphabet, this leads to the extension table. It is no character of a text.
_ESCAPE = "\x1b"
_LAST_OF_16_BITS = 0xFFFF
# What people type instead of these; NFKC knows no such form of them.
_TYPED_INSTEAD = TYPED_WITH | {ord("\t"): " ", ord("•"): "-"}
# As in Kore.ai's sample, <First Name> (create-sms-campaign-using-template-v2). Neither <3 nor an
# address in such brackets is one.
_PLACEHOLDER = re.compile(
    r"<[^\S\n]*(?!www\.|[^<>\n]*(?:://|@))([^\W\d][^<>\n]*?)[^\S\n]*>", re.IGNORECASE
)
# Any other scheme with an authority (RFC 3986), as phones open some of them in apps. Punctuation at
# its end belongs to the sentence.
_OTHER_SCHEME = re.compile(
    r"\b(?!(?:https?|ftp)://)[a-z][a-z0-9+.-]*://[^\s<>]*[^\s<>.,;:!?)\]\"']", re.IGNORECASE
)
_HTTPS, _MAIL = "https:", "mailto:"
# Phones also make links of domains without a scheme. The library's list has only ASCII.
_LINKS = LinkifyIt().tlds([*TLDS, "рф"])


class Encoding(StrEnum):
    """How a text is sent."""

    GSM_7 = "GSM-7"
    UNICODE = "Unicode"


# The most units of a text in one segment, and of each segment if there are several.
_ALONE = {Encoding.GSM_7: 160, Encoding.UNICODE: 70}
_JOINED = {Encoding.GSM_7: 153, Encoding.UNICODE: 67}


@dataclass(frozen=True, slots=True)
class NotGsm:
    """A character, as people see it, that is not in the GSM alphabet.

    `instead` says the same in that alphabet: it is empty if the character can be left out, and None
    if nothing says the same.
    """

    character: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class SmsLength:
    """The length of a text in `units`: septets (GSM-7), or UTF-16 code units (Unicode).

    `wide` are the characters that count as more than one unit, with their units. `not_gsm` are
    those that make it Unicode. Both have each character once, in the order of the text.
    """

    encoding: Encoding
    units: int
    segments: int
    wide: tuple[tuple[str, int], ...] = ()
    not_gsm: tuple[NotGsm, ...] = ()

    @property
    def most_in_one(self) -> int:
        """Return how many units fit into a single segment."""
        return _ALONE[self.encoding]


def sms_length(text: str) -> SmsLength:
    """Return the length of a text as it is sent, without the values of its placeholders."""
    septets = [width for width in map(_septets, text) if width]
    if len(septets) == len(text):
        return _length(text, Encoding.GSM_7, septets)
    return _length(text, Encoding.UNICODE, [_code_units(each) for each in text])


def in_gsm(text: str) -> str | None:
    """Return the text in the GSM alphabet; None if there is nothing for one of its characters."""
    written = [_instead(each) for each in _characters(text)]
    known = [each for each in written if each is not None]
    return "".join(known) if len(known) == len(written) else None


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names of a text's placeholders without their brackets, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def links_without_https(text: str) -> tuple[str, ...]:
    """Return the links of a text that do not begin with https, each once, in their order.

    A domain without a scheme is a link; an address of mail is none.
    """
    rest = _PLACEHOLDER.sub(" ", text)
    found = _LINKS.match(_OTHER_SCHEME.sub(" ", rest)) or ()
    others = [each.raw for each in found if each.schema not in {_HTTPS, _MAIL}]
    links = dict.fromkeys([*_OTHER_SCHEME.findall(rest), *others])
    return tuple(sorted(links, key=text.find))


def _length(text: str, encoding: Encoding, widths: Sequence[int]) -> SmsLength:
    shown = _characters(text)
    not_gsm = [NotGsm(each, _instead(each)) for each in shown if not _is_gsm(each)]
    width_of = dict(zip(text, widths, strict=True))
    # A line break of two code points looks like nothing that counts.
    wide = ((each, sum(width_of[part] for part in each)) for each in shown if not each.isspace())
    return SmsLength(
        encoding=encoding,
        units=sum(widths),
        segments=_segments(widths, encoding),
        wide=tuple(dict.fromkeys(each for each in wide if each[1] > 1)),
        not_gsm=tuple(dict.fromkeys(not_gsm)),
    )


def _segments(widths: Sequence[int], encoding: Encoding) -> int:
    """Return the number of segments; what counts as two units is not split between them."""
    if sum(widths) <= _ALONE[encoding]:
        return 1
    segments, filled = 1, 0
    for width in widths:
        if filled + width > _JOINED[encoding]:
            segments, filled = segments + 1, 0
        filled += width
    return segments


@lru_cache(maxsize=1024)
def _septets(point: str) -> int | None:
    """Return 1, or 2 in the extension table; None if the code point is not GSM."""
    try:
        return len(point.encode(_CODEC)) if point != _ESCAPE else None
    except UnicodeEncodeError:
        return None


def _code_units(point: str) -> int:
    """Return 2 for a code point that UTF-16 writes as a surrogate pair, otherwise 1."""
    return 2 if ord(point) > _LAST_OF_16_BITS else 1


def _is_gsm(text: str) -> bool:
    return None not in map(_septets, text)


def _characters(text: str) -> list[str]:
    """Return the characters that people see: an emoji or a letter may be several code points."""
    return regex.findall(r"\X", text)


def _instead(character: str) -> str | None:
    """Return the character in the GSM alphabet, by its look; None if that has nothing for it."""
    if _is_gsm(character):
        return character
    seen = HIDDEN.sub("", character).translate(_TYPED_INSTEAD)
    plain = normalize("NFKC", seen).translate(_TYPED_INSTEAD)
    return plain if _is_gsm(plain) else None
