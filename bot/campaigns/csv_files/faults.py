"""Why a file cannot be used. `blocks` has the words."""

from enum import StrEnum


class FileFault(StrEnum):
    """Why a file cannot be read.

    `ENCODING`: some bytes are no text in the encoding of the others. `NOT_TEXT`: it is a
    spreadsheet, an archive, a picture or the like. `QUOTES`: a quoted value does not end, or goes
    on after its quote. `HEADER`: the first line does not name the columns, `SAME_NAMES`: it names
    two of them the same. `NO_COLUMN`: no column has a name that was chosen. `COLUMNS`, `ROWS` and
    `SIZE`: there are too many, or it is too large.
    """

    EMPTY = "empty"
    SIZE = "size"
    NOT_TEXT = "not_text"
    ENCODING = "encoding"
    QUOTES = "quotes"
    HEADER = "header"
    SAME_NAMES = "same_names"
    NO_ROWS = "no_rows"
    COLUMNS = "columns"
    ROWS = "rows"
    NO_PHONE_COLUMN = "no_phone_column"
    NO_COLUMN = "no_column"
    NO_NAME_COLUMN = "no_name_column"
    CAMPAIGNS = "campaigns"


class Unreadable(Exception):
    """A file cannot be read; `line` is the line of the file at which that shows."""

    def __init__(self, fault: FileFault, line: int = 1) -> None:
        super().__init__(f"{fault} in line {line}")
        self.fault = fault
        self.line = line
