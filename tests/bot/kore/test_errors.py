import pickle

import pytest

from bot.campaigns.reasons import ListProgress
from bot.campaigns.values import Kind
from bot.kore import (
    KoreError,
    ListIncomplete,
    NoAnswer,
    Operation,
    Outcome,
    RateLimited,
    Unreachable,
)


def test_an_error_survives_pickling() -> None:
    error = RateLimited(Operation.CREATE_SMS, sentence="wait", http_status=429, code=429)
    error.retry_after = 7.0

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 # the test's own bytes

    assert type(copy) is RateLimited
    assert str(copy) == str(error) == "create_sms: RateLimited (HTTP 429): wait"
    assert (copy.code, copy.retry_after, copy.outcome) == (429, 7.0, Outcome.NOT_DONE)


def test_the_progress_of_a_list_survives_pickling() -> None:
    error = ListIncomplete(Operation.LIST_CAMPAIGNS)
    error.progress = ListProgress(kind=Kind.SMS, read=50, total=60)

    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 # the test's own bytes

    assert type(copy) is ListIncomplete
    assert (copy.progress, copy.outcome) == (error.progress, Outcome.NOT_DONE)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Unreachable(Operation.START_SMS), Outcome.NOT_DONE),
        (NoAnswer(Operation.START_SMS), Outcome.UNKNOWN),
        (NoAnswer(Operation.CAMPAIGN_STATUS), Outcome.NOT_DONE),
    ],
)
def test_an_unanswered_write_is_uncertain_unless_it_was_never_sent(
    error: KoreError, outcome: Outcome
) -> None:
    assert error.outcome is outcome
