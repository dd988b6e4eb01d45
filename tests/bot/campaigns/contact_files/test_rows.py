"""Each row becomes a contact, or is left out for a reason; columns are known by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.contact_files import (
    Columns,
    ContactField,
    ContactRow,
    contact_rows,
    guess_columns,
    tally,
)
from bot.campaigns.contact_files.faults import RowFault
from bot.campaigns.csv_files import FileFault, Unreadable, read_table

PHONE, FIRST, LAST = (
    ContactField.PHONE_NUMBER,
    ContactField.FIRST_NAME,
    ContactField.LAST_NAME,
)
ZONE, ID, PRIORITY = ContactField.TIME_ZONE, ContactField.UNIQUE_ID, ContactField.PRIORITY


def rows_of(text: str, region: str | None = "US") -> list[ContactRow]:
    table = read_table(text.encode())
    return list(contact_rows(table, guess_columns(table.header), region))


def number_in(row: ContactRow) -> str | None:
    return row.contact.phone_number.get_secret_value() if row.contact else None


@pytest.mark.parametrize(
    ("header", "places"),
    [
        (["phoneNumber", "firstName"], {PHONE: 0, FIRST: 1}),
        (["Last Name", "First_Name", "PHONE NUMBER"], {LAST: 0, FIRST: 1, PHONE: 2}),
        (["Vorname", "Nachname", "Telefon-Nr.", "Handynummer"], {FIRST: 0, LAST: 1, PHONE: 3}),
        (["Nombre", "Apellidos", "Número de teléfono"], {FIRST: 0, LAST: 1, PHONE: 2}),
        (["Prénom", "Nom", "Téléphone", "Fuseau horaire"], {FIRST: 0, LAST: 1, PHONE: 2, ZONE: 3}),
        (["Nome", "Sobrenome", "Telemóvel"], {FIRST: 0, LAST: 1, PHONE: 2}),
        (["имя", "фамилия", "Номер телефона"], {FIRST: 0, LAST: 1, PHONE: 2}),
        (["名", "姓", "電話番号"], {FIRST: 0, LAST: 1, PHONE: 2}),
        (["Time Zone", "Customer ID", "Priorität"], {ZONE: 0, ID: 1, PRIORITY: 2}),
        (["phone", "mobile"], {PHONE: 0}),
        (["", "notes"], {}),
    ],
    ids=str,
)
def test_columns_are_known_by_their_names(
    header: list[str], places: dict[ContactField, int]
) -> None:
    assert guess_columns(header).places == places


def test_a_row_becomes_a_contact_with_the_known_columns() -> None:
    (row,) = rows_of("First name,Shoe size,Phone,Zone\n Ann ,38,(202) 555-0100,Asia/Kolkata\n")
    assert row.contact
    assert number_in(row) == "+12025550100"
    assert row.contact.fields == {"firstName": "Ann", "timeZone": "Asia/Kolkata"}
    assert (row.line, row.fault) == (2, None)


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("202-555-0100", "US", "+12025550100"),
        ("1 (202) 555 0100", "US", "+12025550100"),
        ("12025550100", None, "+12025550100"),
        ("+44 20 7946 0018", "US", "+442079460018"),
        ("0044 20 7946 0018", "US", "+442079460018"),
        ("442079460018", "US", "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("\u200e+1 202 555 0100\u202c", None, "+12025550100"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, region: str | None, number: str) -> None:
    (row,) = rows_of(f'phone\n"{typed}"\n', region)
    assert number_in(row) == number


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        (",Ann,,", RowFault.NO_NUMBER),
        ("four,Ann,,", RowFault.NUMBER),
        ("911,Ann,,", RowFault.NUMBER),
        ("4.91512E+12,Ann,,", RowFault.NUMBER),
        ("+1 123 456 7890,Ann,,", RowFault.UNASSIGNED),
        ("2025550101,Ann,Mars/Base,", RowFault.ZONE),
        (f"2025550101,{'n' * 301},,", RowFault.LONG),
        ("2025550101,Ann,,7,8", RowFault.WIDE),
    ],
)
def test_a_row_is_left_out_for_a_reason(values: str, fault: RowFault) -> None:
    good, bad = rows_of(f"phone,first,zone,id\n2025550100,Bo,,\n{values}\n")
    assert number_in(good) == "+12025550100"
    assert (bad.line, bad.contact, bad.fault) == (3, None, fault)


def test_missing_last_values_are_empty_and_further_empty_ones_do_not_count() -> None:
    short, long = rows_of("phone,first,last\n2025550100\n2025550101,Ann,Lee,,\n")
    assert short.contact
    assert short.contact.fields == {}
    assert long.contact
    assert long.contact.fields == {"firstName": "Ann", "lastName": "Lee"}


def test_a_number_that_was_there_before_names_its_line() -> None:
    rows = rows_of('first,phone\n"Ann\nLee",+1 202-555-0100\nBo,(202) 555-0100\nCy,911\nCy,911\n')
    assert [(each.line, each.fault, each.first_line) for each in rows] == [
        (2, None, None),
        (4, RowFault.TWICE, 2),
        (5, RowFault.NUMBER, None),
        (6, RowFault.NUMBER, None),
    ]
    counts = tally(rows)
    assert (counts.rows, counts.good) == (4, 1)
    assert counts.faults == {RowFault.TWICE: 1, RowFault.NUMBER: 2}


@given(st.lists(st.integers(0, 99), min_size=1, max_size=30))
def test_each_number_is_added_once_whatever_the_order(ends: list[int]) -> None:
    text = "phone\n" + "".join(f"202-555-01{end:02}\n" for end in ends)
    added = [number_in(each) for each in rows_of(text) if each.contact]
    assert added == [f"+120255501{end:02}" for end in dict.fromkeys(ends)]


def test_a_file_without_a_column_of_numbers_is_refused() -> None:
    table = read_table(b"\nname,shoe size\nAnn,38\n")
    with pytest.raises(Unreadable) as refused:
        list(contact_rows(table, Columns(places={FIRST: 0}), "US"))
    assert (refused.value.fault, refused.value.line) == (FileFault.NO_PHONE_COLUMN, 2)


def test_a_row_is_printed_without_its_number() -> None:
    assert "2025550100" not in repr(rows_of("phone\n2025550100\n"))
