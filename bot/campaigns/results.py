"""The results of a voice campaign's latest run: counted for everybody, or by contact for a few.

Source: docs.kore.ai/ai-for-service/apis/contact-center, get-all-contact-details-voice-campaigns-v2.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO

from pydantic import AwareDatetime

from bot.campaigns.contacts import ContactResult
from bot.campaigns.values import Frozen, same_name

# The only outcome that Kore.ai documents; it is empty until the dialer is done with a contact.
COMPLETED = "completed"
# Of each kind of word, the most frequent ones are counted by name.
WORDS_MAX = 12
WORD_MAX = 60
# A word that may contain a phone number is counted without its name.
_NUMBER = re.compile(r"\d(?:[\s().+-]*\d){6,}")
_COLUMNS = (
    *("phoneNumber", "uniqueId", "dialerOutcome", "numberOfAttemptsSoFar"),
    *("botOutboundStatus", "botOutboundStatusDetail", "agentDispositionCodes"),
)
# A spreadsheet would take a cell that begins like this for a formula:
# owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@")
_PHONE = re.compile(r"\+?\d+")


class Count(Frozen):
    """How many contacts have a word of Kore.ai's; an empty word stands for all rarer ones."""

    word: str
    contacts: int


class ResultCounts(Frozen):
    """The results of a run as counts, without anything about a single contact.

    `contacts` were read, of `total` according to Kore.ai; `is_complete` if these are proven to be
    all. Of them, `reached` are completed by the dialer, and `not_called` were not called yet.
    `is_running`: the run goes on.
    """

    contacts: int
    total: int
    is_complete: bool
    is_running: bool
    as_of: AwareDatetime
    reached: int
    not_called: int
    call_statuses: tuple[Count, ...] = ()
    dispositions: tuple[Count, ...] = ()
    attempts: tuple[Count, ...] = ()

    def is_other_than(self, before: "ResultCounts | None") -> bool:
        """Return whether an earlier look has shown other counts, or none."""
        return before is None or self != before.model_copy(update={"as_of": self.as_of})

    @property
    def called(self) -> int:
        """Return how many contacts were called."""
        return self.contacts - self.not_called

    def estimated(self, number: int) -> int:
        """Return how many of all contacts are like so many of those that were read."""
        return round(number * self.total / self.contacts) if self.contacts else 0

    @property
    def not_reached(self) -> int:
        """Return how many contacts were called, and not reached."""
        return self.contacts - self.reached - self.not_called


class ResultRows:
    """The rows of a run, each contact's latest one; a page may repeat rows of another.

    Contacts differ by number and ID, as a contact list may allow a number several times.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str | None], ContactResult] = {}

    def __len__(self) -> int:
        """Return the number of contacts."""
        return len(self._rows)

    def add(self, rows: Iterable[ContactResult]) -> None:
        """Add the rows of a page."""
        for row in rows:
            self._rows[row.phone_number.get_secret_value(), row.unique_id] = row

    def counts(
        self, *, total: int, is_complete: bool, is_running: bool, as_of: AwareDatetime
    ) -> ResultCounts:
        """Return the rows as counts."""
        rows = list(self._rows.values())
        called = [row for row in rows if row.attempts]
        return ResultCounts(
            contacts=len(rows),
            total=total,
            is_complete=is_complete,
            is_running=is_running,
            as_of=as_of,
            reached=sum(_is_reached(row) for row in rows),
            not_called=sum(not row.attempts and not _is_reached(row) for row in rows),
            call_statuses=_counted(row.call_status for row in rows),
            dispositions=_counted(code for row in rows for code in set(row.dispositions)),
            attempts=_in_order(row.attempts for row in called),
        )

    def as_csv(self) -> bytes:
        """Return a CSV file with a row for each contact, with phone numbers, for a spreadsheet.

        Its columns have Kore.ai's names. The byte order mark tells a spreadsheet that it is UTF-8.
        """
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(_COLUMNS)
        writer.writerows(_cells(row) for row in self._rows.values())
        return text.getvalue().encode("utf-8-sig")


def _is_reached(row: ContactResult) -> bool:
    return same_name(row.outcome or "", COMPLETED)


def _counted(words: Iterable[str | None]) -> tuple[Count, ...]:
    """Return the frequent words, the most frequent first, and a count of the others."""
    found = Counter(_safe(word) for word in words if word)
    rest = found.pop("", 0)
    ordered = found.most_common()
    rest += sum(contacts for _, contacts in ordered[WORDS_MAX:])
    counts = [Count(word=word, contacts=contacts) for word, contacts in ordered[:WORDS_MAX]]
    return (*counts, Count(word="", contacts=rest)) if rest else tuple(counts)


def _in_order(attempts: Iterable[int]) -> tuple[Count, ...]:
    """Return how many contacts took how many attempts; those above the maximum together."""
    found = sorted(Counter(attempts).items())
    counts = [Count(word=str(number), contacts=contacts) for number, contacts in found[:WORDS_MAX]]
    rest = sum(contacts for _, contacts in found[WORDS_MAX:])
    return (*counts, Count(word="", contacts=rest)) if rest else tuple(counts)


def _safe(word: str) -> str:
    """Return a word of Kore.ai's, short; empty if a phone number may be in it."""
    return "" if _NUMBER.search(word) else word.strip()[:WORD_MAX]


def _cells(row: ContactResult) -> Sequence[str]:
    given = (
        *(row.unique_id, row.outcome, str(row.attempts)),
        *(row.call_status, row.call_status_detail, ", ".join(row.dispositions)),
    )
    return [_cell(row.phone_number.get_secret_value()), *(_cell(each or "") for each in given)]


def _cell(text: str) -> str:
    """Return a text that a spreadsheet shows as it is."""
    is_formula = text.startswith(_FORMULA) and not _PHONE.fullmatch(text)
    return f"'{text}" if is_formula else text
