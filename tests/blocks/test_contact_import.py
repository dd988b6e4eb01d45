"""The review of a file, the progress of adding its contacts, and the report: valid and harmless."""

import csv
from io import StringIO

import pytest
from pydantic import SecretStr

from blocks.contact_import import (
    FAULT_WORDS,
    FIELD_WORDS,
    Adding,
    file_blocks,
    progress_message,
    report_comment,
    report_csv,
)
from blocks.kit import Message
from bot.campaigns.contact_files import ContactField, FileReview, RowFault
from bot.campaigns.contact_results import ContactCounts, RowOutcome, RowResult
from bot.campaigns.list_refs import ListRef
from bot.campaigns.reasons import Reason
from sandbox.slack.blockkit import message_faults
from tests.blocks.samples import HOSTILE, as_sent, formatted

any_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
REF = ListRef(id="cl-1", name="Spring leads", environment="production")


def bar(sent: int, total: int) -> str:
    return formatted(progress_message(Adding(ref=REF, total=total, sent=sent)))[-1]


def said(**counts: int) -> str:
    done = ContactCounts(counts={RowOutcome(name): number for name, number in counts.items()})
    return progress_message(Adding(ref=REF, total=9, sent=9, done=done)).text


def cells(*rows: RowResult) -> list[list[str]]:
    return [*csv.reader(StringIO(report_csv(rows).decode("utf-8-sig")))][1:]


def result(typed: str, outcome: RowOutcome = RowOutcome.DONE, **facts: object) -> RowResult:
    return RowResult(2, SecretStr(typed), outcome, **facts)  # type: ignore[arg-type] # tests give any


def test_every_field_and_fault_has_words() -> None:
    assert FIELD_WORDS.keys() == {*ContactField}
    assert FAULT_WORDS.keys() == {*RowFault}


@pytest.mark.parametrize(
    ("sent", "total", "shown"),
    [
        (0, 250, "0 of 250\n`░░░░░░░░░░░░░░░░░░░░` 0%"),
        (100, 250, "100 of 250\n`████████░░░░░░░░░░░░` 40%"),
        (1250, 1250, "1,250 of 1,250\n`████████████████████` 100%"),
    ],
)
def test_the_progress_is_a_bar(sent: int, total: int, shown: str) -> None:
    assert bar(sent, total) == f"Adding contacts to “Spring leads”: {shown}"


def test_the_end_says_what_became_of_all_lines() -> None:
    assert said(done=1) == (
        "Kore.ai accepted 1 contact for “Spring leads”, and adds them by itself."
    )
    assert said(done=1200, refused=100, unknown=100, not_sent=3, left_out=2) == (
        "Kore.ai accepted 1,200 contacts for “Spring leads”, and adds them by itself. Of the other "
        "lines: 100 not added, 100 not known, 3 not sent, 2 left out. Those not known may be on "
        "the list: the bot does not send them again. Look at the list before you do."
    )


@any_text
def test_no_name_breaks_a_message_or_pings(text: str) -> None:
    ref = REF.model_copy(update={"name": text})
    file = FileReview(
        columns={ContactField.PHONE_NUMBER: text},
        left_out=(text, text),
        encoding="utf-8",
        delimiter=";",
        good=1,
        faults={},
        examples=((text,),),
    )
    for message in (
        progress_message(Adding(ref=ref, total=1, sent=0)),
        progress_message(Adding(ref=ref, total=1, sent=1, done=ContactCounts())),
        Message(text="file", blocks=file_blocks(file)),
    ):
        assert message_faults(as_sent(message)) == []
        assert not any("<" in each for each in formatted(message))
    assert "<" not in report_comment(text, None)


@pytest.mark.parametrize("sign", "=+-@\t")
def test_no_cell_of_the_report_is_a_formula(sign: str) -> None:
    ((_, typed, _, _),) = cells(result(f"{sign}cmd|' /C calc'!A0"))
    assert typed == f"'{sign}cmd|' /C calc'!A0"


def test_the_report_gives_the_reason_of_each_line() -> None:
    rows = (
        result("1", RowOutcome.REFUSED, reason=Reason.REFUSED),
        result("2", RowOutcome.UNKNOWN, reason=Reason.NO_ANSWER),
        result("3", RowOutcome.NOT_SENT),
        result("4", RowOutcome.LEFT_OUT, fault=RowFault.TWICE, first_line=7),
        result("", RowOutcome.LEFT_OUT, fault=RowFault.NO_NUMBER),
    )
    assert [each[2:] for each in cells(*rows)] == [
        ["not added", "Kore.ai refused it."],
        ["not known", "Kore.ai did not answer in time."],
        [
            "not sent",
            "the bot stopped: Kore.ai did not take those before it, or the list was renamed",
        ],
        ["left out", "the same number as line 7"],
        ["left out", "no phone number"],
    ]


def test_a_result_is_printed_without_its_number() -> None:
    assert "5550100" not in repr(result("+12025550100"))
