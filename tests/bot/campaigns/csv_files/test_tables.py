"""Files are read in any encoding and dialect, or refused with the line at which they go wrong."""

import csv
from io import StringIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.campaigns.csv_files import FileFault, Unreadable, read_table
from bot.campaigns.csv_files.tables import BYTES_MAX, DELIMITERS, ROWS_MAX

HEADER = ["Vorname", "Telefon", "Notiz"]
# Letters that every tested encoding has, with what a dialect has to protect.
TEXT = st.text("aoZ 9-äéñß.,;\t|\"'\n\r", min_size=1, max_size=12).filter(str.strip)
UNICODE = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"])
    | st.sampled_from('\n\r\t,;|"'),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip())


def written(rows: list[list[str]], delimiter: str, *, end: str = "\r\n", quote: bool = True) -> str:
    out = StringIO(newline="")
    if quote:
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows(rows)
    return out.getvalue()


def fault_of(data: bytes) -> tuple[FileFault, int]:
    with pytest.raises(Unreadable) as refused:
        list(read_table(data).records())
    return refused.value.fault, refused.value.line


@given(
    rows=st.lists(st.lists(UNICODE, min_size=3, max_size=3), min_size=1, max_size=5),
    delimiter=st.sampled_from(DELIMITERS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    quote=st.booleans(),
)
def test_what_is_written_in_unicode_is_read_back(
    *, rows: list[list[str]], delimiter: str, encoding: str, end: str, quote: bool
) -> None:
    # Without quotes around everything, Python's writer does not quote a line end of another kind.
    assume(quote or not any(sign in value for row in rows for value in row for sign in "\r\n"))
    data = written([HEADER, *rows], delimiter, end=end, quote=quote).encode(encoding)
    table = read_table(data)
    assert table.header == tuple(HEADER)
    assert [values for _, values in table.records()] == rows


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize(
    "name", ["Jürgen Müßig", "Muñoz Peña", "Hélène Lefèvre", "João Simões", "Åse Sørensen", "Zoë"]
)
def test_names_of_western_europe_are_read(encoding: str, name: str) -> None:
    data = f"Vorname;Telefon\r\n{name};+1 202-555-0100\r\n".encode(encoding)
    assert [values for _, values in read_table(data).records()] == [[name, "+1 202-555-0100"]]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1251", "Иван Кузнецов;Мария Смирнова;Сергей Волков;Ольга Новикова;Дмитрий Попов"),
        ("cp1253", "Γιώργος Παπαδόπουλος;Μαρία Νικολάου;Ελένη Γεωργίου;Κώστας Δημητρίου"),
        ("cp932", "山田太郎;佐藤花子;鈴木一郎;高橋美咲"),
        ("cp949", "김철수;이영희;박민수;최지우"),
    ],
)
def test_names_of_other_countries_are_read(encoding: str, names: str) -> None:
    people = names.split(";") * 3
    rows = "".join(f"{name};+1 202-555-01{n:02}\r\n" for n, name in enumerate(people))
    table = read_table(f"Name;Phone\r\n{rows}".encode(encoding))
    assert [values[0] for _, values in table.records()] == people


@given(
    rows=st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=6),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    blank=st.integers(0, 3),
)
def test_a_record_has_the_line_in_which_it_begins(
    rows: list[list[str]], end: str, blank: int
) -> None:
    head = written([["a", "b"]], ",", end=end) + end * blank
    records = [written([row], ",", end=end) for row in rows]
    table = read_table((head + "".join(records)).encode())
    found = [line for line, _ in table.records()]
    before = [head + "".join(records[:at]) for at in range(len(records))]
    assert found == [len(each.splitlines()) + 1 for each in before]


def test_a_file_of_one_column_needs_no_delimiter() -> None:
    table = read_table(b"phone\n+12025550100\n\n+12025550101\n")
    assert list(table.records()) == [(2, ["+12025550100"]), (4, ["+12025550101"])]


def test_a_delimiter_inside_quoted_values_is_not_taken_for_one() -> None:
    data = b'name;phone\n"Lee, Ann, Dr., PhD";+12025550100\n"Ray, Bo, Jr., MD";+12025550101\n'
    assert read_table(data).delimiter == ";"


@pytest.mark.parametrize(
    ("data", "fault", "line"),
    [
        (b"", FileFault.EMPTY, 1),
        (b"\xef\xbb\xbf", FileFault.EMPTY, 1),
        (b" \r\n\r\n", FileFault.EMPTY, 1),
        (b"name,phone\n", FileFault.NO_ROWS, 1),
        (b"\n\nname,phone\n , \n", FileFault.NO_ROWS, 3),
        (b'name,phone\nAnn,1\n"Bo,2\nCy,3\n', FileFault.QUOTES, 3),
        (b'name,phone\n"Ann" Lee,1\n', FileFault.QUOTES, 2),
        (b"name,phone,Name\nAnn,1,2\n", FileFault.SAME_NAMES, 1),
        (b",".join([b"c%d" % n for n in range(151)]) + b"\n1\n", FileFault.COLUMNS, 1),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", FileFault.NOT_TEXT, 1),
        (b"%PDF-1.7\n\x07\n", FileFault.NOT_TEXT, 2),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileFault.NOT_TEXT, 1),
        ("name,phone\nJosé,1\nBo".encode() + b"\xe9,2\n", FileFault.ENCODING, 3),
        ("name,phone\n".encode("utf-16") + b"a", FileFault.ENCODING, 2),
        (b"a" * (BYTES_MAX + 1), FileFault.SIZE, 1),
    ],
    ids=lambda value: str(value)[:20],
)
def test_other_files_are_refused_with_the_line(data: bytes, fault: FileFault, line: int) -> None:
    assert fault_of(data) == (fault, line)


def test_a_hundred_thousand_rows_are_read_and_no_more() -> None:
    rows = b"name,phone\n" + b"Ann,+12025550100\n" * ROWS_MAX
    assert sum(1 for _ in read_table(rows).records()) == ROWS_MAX
    assert fault_of(rows + b"Bo,+12025550101\n") == (FileFault.ROWS, ROWS_MAX + 2)


def test_a_table_is_printed_without_its_text() -> None:
    assert "2025550100" not in repr(read_table(b"phone\n+12025550100\n"))
