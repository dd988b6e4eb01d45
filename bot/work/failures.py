"""Why something failed: from the Kore.ai client's errors, or because nothing was found."""

from bot import kore
from bot.campaigns.reasons import Failure, Reason
from bot.campaigns.refs import CampaignRef
from bot.kore.field_names import with_labels
from bot.records import Records

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


async def not_found(records: Records, ref: CampaignRef) -> Failure:
    """Return the failure if Kore.ai has no campaign that a reference means.

    If one that was known was meant by its ID, nobody looked for others with its name.
    """
    gone = await records.campaigns.was_known(ref)
    return Failure(reason=Reason.GONE if gone else Reason.NOT_FOUND)


def failure_of(error: kore.KoreError) -> Failure:
    """Return the error as a failure: its reason, its certainty and Kore.ai's message."""
    return Failure(
        reason=_REASONS[type(error)],
        certain=error.outcome is kore.Outcome.NOT_DONE,
        sentence=with_labels(error.sentence),
        progress=error.progress if isinstance(error, kore.ListIncomplete) else None,
    )
