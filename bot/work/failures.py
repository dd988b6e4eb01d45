"""Maps the Kore.ai client's errors to failure reasons."""

from bot import kore
from bot.campaigns.reasons import Failure, Reason
from bot.kore.field_names import with_labels

_REASONS: dict[type[kore.KoreError], Reason] = {
    kore.Unreachable: Reason.UNREACHABLE,
    kore.NoAnswer: Reason.NO_ANSWER,
    kore.RateLimited: Reason.RATE_LIMITED,
    kore.BadCredentials: Reason.BAD_CREDENTIALS,
    kore.NotAllowed: Reason.NOT_ALLOWED,
    kore.NotFound: Reason.NOT_FOUND,
    kore.UnknownRoute: Reason.UNKNOWN_ROUTE,
    kore.Refused: Reason.REFUSED,
    kore.NoDncInVersion1: Reason.NO_DNC_IN_V1,
    kore.ServerFault: Reason.SERVER_FAULT,
    kore.InvalidResponse: Reason.GARBLED,
    kore.ListIncomplete: Reason.LIST_INCOMPLETE,
}


def failure_of(error: kore.KoreError) -> Failure:
    """Return the error as a failure: its reason, its certainty and Kore.ai's message."""
    return Failure(
        reason=_REASONS[type(error)],
        certain=error.outcome is kore.Outcome.NOT_DONE,
        sentence=with_labels(error.sentence),
        progress=error.progress if isinstance(error, kore.ListIncomplete) else None,
    )
