"""What a review shows of a file of contacts: its columns, how many rows are good, a few examples.

A review is stored, so it has no phone number and no name: examples are masked.
"""

from collections.abc import Mapping

from bot.campaigns.contact_files.columns import Columns, ContactField, guess_columns
from bot.campaigns.contact_files.faults import RowFault
from bot.campaigns.contact_files.rows import Tally, contact_rows
from bot.campaigns.contacts import Contact
from bot.campaigns.csv_files import FileFault, Unreadable
from bot.campaigns.csv_files.tables import Table
from bot.campaigns.names import folded
from bot.campaigns.values import Frozen

EXAMPLES = 3
# What stays of a masked number.
_DIGITS_SHOWN = 2


class FileReview(Frozen):
    """A file of contacts as a review shows it.

    `columns` maps each field to the name of its column, and `left_out` are the names of the other
    columns. `good` is the number of contacts, `faults` that of the rows that are left out, by
    reason. `examples` are masked contacts, each with a value for every field in `columns`.
    """

    columns: Mapping[ContactField, str]
    left_out: tuple[str, ...] = ()
    encoding: str
    delimiter: str
    good: int
    faults: Mapping[RowFault, int]
    examples: tuple[tuple[str, ...], ...] = ()


def columns_of(table: Table, chosen: Mapping[ContactField, str]) -> Columns:
    """Return a table's columns: as chosen by name, else as they are guessed.

    Raises:
        Unreadable: a chosen column does not exist.
    """
    places = {folded(name): place for place, name in reversed([*enumerate(table.header)])}
    named = {field: places.get(folded(name), -1) for field, name in chosen.items()}
    if -1 in named.values():
        raise Unreadable(FileFault.NO_COLUMN, table.header_line)
    taken = set(named.values())
    guessed = guess_columns(table.header).places.items()
    rest = {f: place for f, place in guessed if f not in named and place not in taken}
    return Columns(places=named | rest)


def review_file(table: Table, columns: Columns, region: str | None) -> FileReview:
    """Return what a review shows of a table.

    Raises:
        Unreadable: no column has phone numbers, or the table cannot be read to its end.
    """
    counts = Tally()
    examples: list[tuple[str, ...]] = []
    for row in contact_rows(table, columns, region):
        counts.add(row)
        if row.contact and len(examples) < EXAMPLES:
            examples.append(_masked(row.contact, columns))
    used = set(columns.places.values())
    return FileReview(
        columns={field: table.header[place] for field, place in columns.places.items()},
        left_out=tuple(n for place, n in enumerate(table.header) if n and place not in used),
        encoding=table.encoding,
        delimiter=table.delimiter,
        good=counts.good,
        faults=counts.faults,
        examples=tuple(examples),
    )


def _masked(contact: Contact, columns: Columns) -> tuple[str, ...]:
    number = contact.phone_number.get_secret_value()
    hidden = len(number) - _DIGITS_SHOWN
    shown = {ContactField.PHONE_NUMBER: "•" * hidden + number[hidden:]}
    for field in columns.places:
        if field is ContactField.TIME_ZONE:
            shown[field] = contact.fields.get(field, "")
        elif field is not ContactField.PHONE_NUMBER:
            value = contact.fields.get(field, "")
            shown[field] = value[:1] + "•" * min(len(value) - 1, 8) if value else ""
    return tuple(shown[field] for field in columns.places)
