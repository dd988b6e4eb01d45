"""Results of contacts become counts, or a file; no phone number is in the counts."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.campaigns.contacts import ContactResult
from bot.campaigns.results import WORDS_MAX, Count, ResultCounts, ResultRows

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


def row(number: int, **given_: object) -> ContactResult:
    fields = {"unique_id": f"lead-{number}", "outcome": "completed", "attempts": 1} | given_
    phone = SecretStr(f"120255501{number % 100:02}")
    return ContactResult.model_validate({"phone_number": phone} | fields)


def counted(*rows: ContactResult, total: int | None = None) -> ResultCounts:
    found = ResultRows()
    found.add(rows)
    return found.counts(
        total=len(rows) if total is None else total, is_complete=True, is_running=False, as_of=NOW
    )


def test_each_contact_is_reached_or_called_or_not_called() -> None:
    counts = counted(
        row(1),
        row(2, outcome="Completed", attempts=3),
        row(3, outcome=None, attempts=2),
        row(4, outcome=None, attempts=0),
        row(5, attempts=0),
    )
    assert (counts.contacts, counts.reached, counts.not_reached, counts.not_called) == (5, 3, 1, 1)


def test_a_contact_that_is_on_two_pages_counts_once_with_its_latest_row() -> None:
    rows = ResultRows()
    rows.add([row(1, outcome=None), row(2)])
    rows.add([row(1), row(3)])
    counts = rows.counts(total=3, is_complete=True, is_running=False, as_of=NOW)
    assert (len(rows), counts.contacts, counts.reached) == (3, 3, 3)


def test_a_number_that_a_list_has_twice_counts_twice_if_its_ids_differ() -> None:
    assert counted(row(1), row(1, unique_id="another")).contacts == 2


def test_words_are_counted_from_the_most_frequent_one() -> None:
    counts = counted(
        row(1, call_status="agentHangUp", dispositions=("Sale", "Call back", "Sale")),
        row(2, call_status="userHangUp", dispositions=("Sale",)),
        row(3, call_status="userHangUp"),
        row(4, outcome=None, attempts=4),
    )
    assert counts.call_statuses == (
        Count(word="userHangUp", contacts=2),
        Count(word="agentHangUp", contacts=1),
    )
    assert counts.dispositions[0] == Count(word="Sale", contacts=2)
    assert counts.attempts == (Count(word="1", contacts=3), Count(word="4", contacts=1))


def test_rare_words_are_counted_together() -> None:
    counts = counted(*(row(n, call_status=f"End {chr(65 + n)}") for n in range(WORDS_MAX + 3)))
    assert len(counts.call_statuses) == WORDS_MAX + 1
    assert counts.call_statuses[-1] == Count(word="", contacts=3)


def test_attempts_are_in_order_and_the_highest_ones_together() -> None:
    counts = counted(*(row(n, attempts=n + 1) for n in range(WORDS_MAX + 2)))
    assert [each.word for each in counts.attempts] == [*map(str, range(1, WORDS_MAX + 1)), ""]


@pytest.mark.parametrize(
    "word", ["+12025550100", "to 202 555 0100", "(202) 555-0100 busy", "12025550100"]
)
def test_a_word_with_a_phone_number_is_not_kept(word: str) -> None:
    counts = counted(row(1, call_status=word, dispositions=(word,)))
    assert "555" not in counts.model_dump_json()
    assert counts.call_statuses == (Count(word="", contacts=1),)


@given(
    st.lists(st.tuples(st.sampled_from(["completed", "", None]), st.integers(0, 5)), max_size=50)
)
def test_the_groups_add_up_to_all_contacts(given_: list[tuple[str | None, int]]) -> None:
    rows = [row(n, outcome=o, attempts=a) for n, (o, a) in enumerate(given_)]
    counts = counted(*rows)
    groups = (counts.reached, counts.not_reached, counts.not_called)
    assert sum(groups) == counts.contacts == len(rows)
    assert min(groups) >= 0


def table(*rows: ContactResult) -> list[list[str]]:
    found = ResultRows()
    found.add(rows)
    return list(csv.reader(StringIO(found.as_csv().decode("utf-8-sig"))))


def test_the_file_has_a_row_for_each_contact_under_kores_names() -> None:
    one = row(
        1, call_status="userHangUp", call_status_detail="user, hangup", dispositions=("A", "B")
    )
    header, first, second = table(one, row(2, unique_id=None, outcome=None, attempts=0))
    assert header[:2] == ["phoneNumber", "uniqueId"]
    shown = ["lead-1", "completed", "1", "userHangUp", "user, hangup", "A, B"]
    assert first == ["12025550101", *shown]
    assert second == ["12025550102", "", "", "0", "", "", ""]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2", "@sum"])
def test_no_cell_is_a_formula(text: str) -> None:
    _, cells = table(row(1, unique_id=text, call_status=text, dispositions=(text,)))
    assert (cells[1], cells[4], cells[6]) == (f"'{text}", f"'{text}", f"'{text}")


def test_a_number_with_a_plus_stays_a_number() -> None:
    numbered = row(1).model_copy(update={"phone_number": SecretStr("+12025550100")})
    assert table(numbered)[1][0] == "+12025550100"


def test_no_number_is_in_what_is_printed() -> None:
    rows = ResultRows()
    rows.add([row(17)])
    assert "5550117" not in f"{rows!r} {rows.__dict__.keys()} {counted(row(17))!r}"
