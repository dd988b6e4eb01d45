"""Findings about an edit, in words."""

from collections.abc import Iterable

from blocks.findings.words import finding_words, names
from blocks.forms import setting_label
from bot.campaigns.review import edits


@finding_words.register
def _(_finding: edits.NothingChanged) -> str:
    return "The campaign has these settings already."


@finding_words.register
def _(finding: edits.ChangedElsewhere) -> str:
    said = "Somebody changed the campaign after you opened the form."
    if finding.kept:
        said += f" Your edit keeps what they changed in: {_labels(finding.kept)}."
    if finding.replaced:
        said += f" Your edit replaces what they changed in: {_labels(finding.replaced)}."
    return said


@finding_words.register
def _(finding: edits.ScheduleKept) -> str:
    said = "The campaign is scheduled, and its next runs have the new settings."
    if finding.known:
        return f"{said} If Kore.ai drops the schedule with the edit, the bot sets it again."
    return (
        f"{said} The bot does not know the schedule, so it could not set it again if Kore.ai "
        "dropped it with the edit. It would tell you."
    )


def _labels(settings: Iterable[str]) -> str:
    return names([setting_label(each) for each in settings])
