"""Words about campaigns with the same name, and about how far the bot read the campaign list."""

from collections.abc import Sequence

from blocks.kit import clamp, escape
from bot.campaigns.reasons import ListProgress, Namesake
from bot.campaigns.values import Kind

_ID_MAX = 60
_SHOWN = 10
_KINDS = {Kind.SMS: "SMS", Kind.VOICE: "voice"}


def namesakes(campaigns: Sequence[Namesake]) -> str:
    """Return IDs and kinds, as `cd-1 (SMS), cd-2 (voice)`; of many campaigns, the first ten."""
    shown = [_namesake(each) for each in campaigns[:_SHOWN]]
    rest = [f"{len(campaigns) - _SHOWN} more"] if len(campaigns) > _SHOWN else []
    return ", ".join(shown + rest)


def _namesake(campaign: Namesake) -> str:
    kind = f" ({_KINDS[campaign.kind]})" if campaign.kind else ""
    return f"{escape(clamp(campaign.id, _ID_MAX))}{kind}"


def read_so_far(progress: ListProgress) -> str:
    """Return how far the bot has read a list, as `3,000 of 7,000 SMS campaigns read so far`."""
    of_all = "" if progress.total is None else f" of {progress.total:,}"
    return f"{progress.read:,}{of_all} {_KINDS[progress.kind]} campaigns read so far"


def list_progress(progress: ListProgress) -> str:
    """Return a sentence on how far the bot read the list."""
    kind, read, total = _KINDS[progress.kind], progress.read, progress.total
    if progress.goes_on:
        return f"The bot still reads the account: {read_so_far(progress)}."
    if total is None:
        return (
            f"The bot read {read:,} {kind} campaigns, and Kore.ai did not say how many there are."
        )
    if read < total:
        return f"The bot could read only {read:,} of {total:,} {kind} campaigns."
    return f"The number of {kind} campaigns changed while the bot read them."
