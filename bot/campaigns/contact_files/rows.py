"""Checks the rows of a file: each becomes a contact, or gets the reason why it does not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import phonenumbers
from pydantic import SecretStr

from bot.campaigns.contact_files.columns import Columns, ContactField
from bot.campaigns.contact_files.faults import RowFault
from bot.campaigns.contacts import Contact
from bot.campaigns.csv_files import FileFault, Unreadable
from bot.campaigns.csv_files.tables import VALUE_MAX, Table
from bot.campaigns.names import trimmed
from bot.campaigns.values import zones


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A row of a file: the contact in it, or its fault.

    `line` is where it begins in the file. `first_line` is that of the earlier row with the same
    number. `typed` is the number as it stands in the file, hidden when printed.
    """

    line: int
    typed: SecretStr
    contact: Contact | None = None
    fault: RowFault | None = None
    first_line: int | None = None


@dataclass(slots=True)
class Tally:
    """How many rows are good, and how many have each fault."""

    good: int = 0
    faults: dict[RowFault, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Return the number of all rows."""
        return self.good + sum(self.faults.values())

    def add(self, row: ContactRow) -> None:
        """Count a row."""
        if row.fault:
            self.faults[row.fault] = self.faults.get(row.fault, 0) + 1
        else:
            self.good += 1


def contact_rows(table: Table, columns: Columns, region: str | None) -> Iterator[ContactRow]:
    """Yield every row of a table, in order.

    `region` is the country of numbers without a country code, such as "US"; None if there is none.

    Raises:
        Unreadable: no column has phone numbers, or the table cannot be read on.
    """
    phone = columns.phone
    if phone is None:
        raise Unreadable(FileFault.NO_PHONE_COLUMN, table.header_line)
    lines: dict[str, int] = {}
    for line, values in table.records():
        typed = SecretStr(_value(values, phone))
        number, fault = _number(typed.get_secret_value(), region)
        fault = _fault(values, columns, len(table.header)) or fault
        if fault:
            yield ContactRow(line, typed, fault=fault)
        elif number in lines:
            yield ContactRow(line, typed, fault=RowFault.TWICE, first_line=lines[number])
        else:
            lines[number] = line
            yield ContactRow(line, typed, _contact(number, values, columns))


def tally(rows: Iterable[ContactRow]) -> Tally:
    """Return the counts of rows."""
    counts = Tally()
    for row in rows:
        counts.add(row)
    return counts


def _number(typed: str, region: str | None) -> tuple[str, RowFault | None]:
    """Return a number in E.164 format, or what is wrong with it."""
    if not typed:
        return "", RowFault.NO_NUMBER
    fault = RowFault.NUMBER
    for reading in _readings(typed, region):
        if number := _parsed(*reading):
            if phonenumbers.is_valid_number(number):
                return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), None
            fault = RowFault.UNASSIGNED
    return "", fault


def _readings(typed: str, region: str | None) -> list[tuple[str, str | None]]:
    """Return the ways to read a number: as one of the region, else with its country code.

    Exports leave out the plus sign, or write the zeros that are dialed in its place.
    """
    bare = typed.removeprefix("00")
    if typed.startswith("+") or not bare[:1].isdigit() or bare.startswith("0"):
        return [(typed, region)]
    return [(typed, region), (f"+{bare}", None)]


def _parsed(typed: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) and not number.extension else None


def _fault(values: Sequence[str], columns: Columns, width: int) -> RowFault | None:
    """Return what is wrong with a row apart from its number."""
    if any(values[width:]):
        return RowFault.WIDE
    if any(len(_value(values, place)) > VALUE_MAX for place in columns.places.values()):
        return RowFault.LONG
    zone = columns.places.get(ContactField.TIME_ZONE)
    named = "" if zone is None else _value(values, zone)
    return RowFault.ZONE if named and named not in zones() else None


def _contact(number: str, values: Sequence[str], columns: Columns) -> Contact:
    """Return the contact of a row, without its empty values."""
    fields = {
        str(name): value
        for name, place in columns.places.items()
        if name is not ContactField.PHONE_NUMBER and (value := _value(values, place))
    }
    return Contact(phone_number=SecretStr(number), fields=fields)


def _value(values: Sequence[str], place: int) -> str:
    """Return a value; the last ones of a row may be missing."""
    return trimmed(values[place]) if place < len(values) else ""
