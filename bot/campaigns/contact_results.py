"""What became of each row of a file whose contacts were added to a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import SecretStr

from bot.campaigns.contact_files import ContactRow, RowFault
from bot.campaigns.values import Frozen


class RowOutcome(StrEnum):
    """What became of a row.

    `DONE`: Kore.ai accepted the contact. `REFUSED`: it did not. `UNKNOWN`: its answer was lost, so
    the contact may be on the list. `NOT_SENT`: the bot gave up before. `LEFT_OUT`: the row has no
    usable contact.
    """

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    LEFT_OUT = "left_out"


class ContactCounts(Frozen):
    """How many rows have each outcome."""

    counts: Mapping[RowOutcome, int] = {}


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row of the report. `typed` is the number in the file, hidden when printed."""

    line: int
    typed: SecretStr
    outcome: RowOutcome
    reason: str = ""
    fault: RowFault | None = None
    first_line: int | None = None

    @classmethod
    def of(cls, row: ContactRow, outcome: RowOutcome, reason: str) -> Self:
        """Return the result of a row."""
        return cls(row.line, row.typed, outcome, reason, row.fault, row.first_line)
