"""Findings about the emergency stop, in words."""

from blocks.findings.words import finding_words
from bot.campaigns.review import stop_all


@finding_words.register
def _(_finding: stop_all.NothingRuns) -> str:
    return "No campaign runs in this environment."


@finding_words.register
def _(_finding: stop_all.RunningUnchecked) -> str:
    return (
        "The bot could not read every campaign from Kore.ai, so more may run. You can go on: the "
        "bot looks again before it stops them."
    )
