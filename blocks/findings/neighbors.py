"""Findings about other campaigns on the same contact lists, in words."""

from blocks import times
from blocks.findings.words import finding_words, names, typed
from bot.campaigns.review import neighbors


@finding_words.register
def _(finding: neighbors.SameDay) -> str:
    more = finding.days - 1
    and_more = f" and {more} more {'day' if more == 1 else 'days'}" if more else ""
    return (
        f"“{typed(finding.name)}” uses one of the same contact lists and runs on the same day: "
        f"{times.day(finding.day)} (UTC){and_more}. "
        "Kore.ai does not run two campaigns on one list at once."
    )


@finding_words.register
def _(_finding: neighbors.NeighborsUnchecked) -> str:
    return (
        "The bot could not check whether other campaigns use the same contact lists at the same "
        "time."
    )


@finding_words.register
def _(finding: neighbors.NeighborsUnknown) -> str:
    unknown = names(finding.names)
    return f"Also using the same contact lists, at times the bot does not know: {unknown}."
