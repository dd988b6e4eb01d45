"""Finds out in which encoding a file's text is written."""

import codecs
import re

from charset_normalizer import from_bytes

from bot.campaigns.csv_files.faults import FileFault, Unreadable

# A byte order mark with the codec that takes it off; the longer ones begin like the shorter.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"
# What else spreadsheets write, by the language of the computer.
_OTHERS = ["cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp932", "cp949", "gb18030", "big5"]
# So much of a file is looked at to guess.
_SAMPLE = 1 << 16
# A letter beside a sign that no Western language has there, and the signs that some do have there.
_SIGNS = "\u00a1-\u00bf\u00d7\u00f7"
_STRANGE = re.compile(
    rf"[^\W\d_][{_SIGNS}\u02c6\u02dc\u2018\u201a\u201c\u201e\u2020-\u2022\u2030\u2039\u20ac\u2122]"
    rf"|[{_SIGNS}][^\W\d_]"
)
_USUAL = re.compile(r"[\u00a1\u00ab\u00bf]\w|\w[\u00aa\u00ba\u00bb]|\w\u00b7\w")
_FOREIGN_WORD = re.compile(r"[^\W\d_]*[\u00c0-\u00ff][^\W\d_]*")


def decoded(data: bytes) -> tuple[str, str]:
    """Return a file's text without a byte order mark, and the name of its encoding.

    Raises:
        Unreadable: it is no text, or not all of it is in one encoding.
    """
    encoding = _encoding(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise Unreadable(FileFault.ENCODING, _line(data, error.start)) from None


def _encoding(data: bytes) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    if b"\0" in data[:_SAMPLE]:
        return _utf16(data[:_SAMPLE])
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if not data[: error.start].isascii():
            # Text of another encoding hardly ever has a valid letter of UTF-8 before.
            raise Unreadable(FileFault.ENCODING, _line(data, error.start)) from None
        return _guessed(data[max(0, error.start - _SAMPLE // 2) :][:_SAMPLE])
    return "utf-8"


def _utf16(sample: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, as the header and numbers of contacts are
    mostly ASCII.
    """
    low, high = sample[::2].count(0), sample[1::2].count(0)
    if min(low, high) * 10 < max(low, high) and max(low, high) * 4 > len(sample) // 2:
        return "utf-16-le" if high > low else "utf-16-be"
    raise Unreadable(FileFault.NOT_TEXT)


def _guessed(sample: bytes) -> str:
    """Return the encoding of text that is not UTF-8.

    From as few accents as names have, a statistical guess takes Western European text for that of
    other countries: so its own rules are tried before.
    """
    if _is_western(sample):
        return _WESTERN
    found = from_bytes(sample, cp_isolation=_OTHERS).best()
    if found is None:
        raise Unreadable(FileFault.NOT_TEXT)
    return found.encoding


def _is_western(sample: bytes) -> bool:
    """Return whether words have only a few accents, and no signs among their letters."""
    try:
        text = sample.decode(_WESTERN)
    except UnicodeDecodeError:
        return False
    if _STRANGE.search(_USUAL.sub("", text)):
        return False
    words = _FOREIGN_WORD.findall(text)
    accents = sum(not sign.isascii() for word in words for sign in word)
    return accents * 2 <= sum(map(len, words))


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
