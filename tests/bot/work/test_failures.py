"""Each error of the Kore.ai client becomes a failure with its own reason."""

from collections.abc import Iterator

import pytest

from bot import kore
from bot.campaigns.reasons import ListProgress, Reason
from bot.campaigns.values import Kind
from bot.work.failures import failure_of


def below(error: type[kore.KoreError]) -> Iterator[type[kore.KoreError]]:
    for each in error.__subclasses__():
        yield each
        yield from below(each)


ERRORS = list(below(kore.KoreError))


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    "operation", [kore.Operation.CREATE_SMS, kore.Operation.LIST_CAMPAIGNS], ids=str
)
def test_every_error_becomes_a_failure_with_its_certainty_and_sentence(
    error: type[kore.KoreError], operation: kore.Operation
) -> None:
    raised = error(operation, sentence="no such list")
    failure = failure_of(raised)
    assert failure.certain is (raised.outcome is kore.Outcome.NOT_DONE)
    assert failure.sentence == "no such list"


def test_no_two_errors_have_the_same_reason() -> None:
    reasons = {failure_of(each(kore.Operation.CREATE_SMS)).reason for each in ERRORS}
    assert len(reasons) == len(ERRORS)


def test_how_far_a_list_was_read_is_kept() -> None:
    error = kore.ListIncomplete(kore.Operation.LIST_CAMPAIGNS)
    error.progress = ListProgress(kind=Kind.VOICE, read=50, total=60)
    failure = failure_of(error)
    assert (failure.reason, failure.progress) == (Reason.LIST_INCOMPLETE, error.progress)
