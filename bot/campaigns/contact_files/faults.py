"""Why a row of a file gets no contact. `blocks` has the words."""

from enum import StrEnum


class RowFault(StrEnum):
    """Why a row gets no contact.

    `NUMBER`: the phone number cannot exist, `UNASSIGNED`: its country assigns no such numbers.
    `TWICE`: an earlier row has the same number. `WIDE`: the row has more values than the header has
    names. `LONG`: a value is longer than Kore.ai takes.
    """

    NO_NUMBER = "no_number"
    NUMBER = "number"
    UNASSIGNED = "unassigned"
    TWICE = "twice"
    ZONE = "zone"
    WIDE = "wide"
    LONG = "long"
