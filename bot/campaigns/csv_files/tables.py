"""Reads a file into its header and records, each with the line of the file in which it begins."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from bot.campaigns.csv_files.encodings import decoded
from bot.campaigns.csv_files.faults import FileFault, Unreadable
from bot.campaigns.names import trimmed

# Kore.ai's limits on files in its console: contact-center/campaigns.
COLUMNS_MAX = 150
VALUE_MAX = 300
ROWS_MAX = 100_000
BYTES_MAX = 20 * 2**20
DELIMITERS = (",", ";", "\t", "|")
# So many records are compared to find out the delimiter.
_COMPARED = 30
# What no text has: control characters other than white space.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A file's text, how it is written, and its header. It is not printed: it has phone numbers.

    `header_line` is the line of the file that the header is in.
    """

    text: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_line: int

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and the values of each record below the header; empty lines are left out.

        Raises:
            Unreadable: a quote is not closed, or there are too many records.
        """
        below = islice(_records(self.text, self.delimiter), 1, None)
        for number, record in enumerate(below):
            if number == ROWS_MAX:
                raise Unreadable(FileFault.ROWS, record[0])
            yield record


def read_table(data: bytes) -> Table:
    """Return a file as a table.

    Raises:
        Unreadable: it has no header or no records, or is no text with delimiters.
    """
    if len(data) > BYTES_MAX:
        raise Unreadable(FileFault.SIZE)
    text, encoding = decoded(data)
    if found := _BINARY.search(text):
        raise Unreadable(FileFault.NOT_TEXT, text.count("\n", 0, found.start()) + 1)
    delimiter = _delimiter(text)
    records = _records(text, delimiter)
    line, names = next(records, (1, []))
    if not names:
        raise Unreadable(FileFault.EMPTY)
    header = tuple(map(trimmed, names))
    _check_header(header, line)
    if next(records, None) is None:
        raise Unreadable(FileFault.NO_ROWS, line)
    return Table(text, encoding, delimiter, header, line)


def _check_header(header: Sequence[str], line: int) -> None:
    named = [name.casefold() for name in header if name]
    if not named:
        raise Unreadable(FileFault.HEADER, line)
    if len(header) > COLUMNS_MAX:
        raise Unreadable(FileFault.COLUMNS, line)
    if len(set(named)) < len(named):
        raise Unreadable(FileFault.SAME_NAMES, line)


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the first records most evenly, into the most values.

    The first fault of a file with quotes that are not closed is found when it is read.
    """
    return max(DELIMITERS, key=lambda each: _evenness(text, each))


def _evenness(text: str, delimiter: str) -> tuple[bool, int]:
    """Return whether the header is divided as most records are, and how many values it has."""
    try:
        widths = [len(record) for _, record in islice(_records(text, delimiter), _COMPARED)]
    except Unreadable:
        return False, 0
    if not widths or widths[0] == 1:
        return False, 0
    same = sum(width == widths[0] for width in widths)
    return same * 2 > len(widths), widths[0]


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that has a value, with its line; a quoted value may have several lines."""
    # Line ends stay as they are, so that `line_num` counts them as editors do.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            if any(map(str.strip, record)):
                yield line, record
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable(FileFault.QUOTES, line) from None
