"""Findings about a campaign before it is created, in words."""

from blocks import times
from blocks.findings.words import finding_words, names, progress, span, typed
from bot.campaigns.phones import formatted, is_short_code
from bot.campaigns.review import form


@finding_words.register
def _(finding: form.NameTaken) -> str:
    return (
        f"The name “{typed(finding.name)}” is in use: {names(finding.ids)}. Kore.ai schedules by "
        "name, and may not tell capital letters from small ones. Choose another name."
    )


@finding_words.register
def _(finding: form.NameUnchecked) -> str:
    return "The bot could not check whether the name is already in use." + progress(
        finding.progress
    )


@finding_words.register
def _(_finding: form.NoDncList) -> str:
    return (
        "This SMS campaign has no DNC list, and Kore.ai applies its global list to voice only. "
        "To go on without one, give a reason; it goes into the audit log."
    )


@finding_words.register
def _(finding: form.DncListNotSeen) -> str:
    meant = f" Did you mean “{typed(finding.similar)}”?" if finding.similar else ""
    return (
        f"No campaign in this environment is known to use the DNC list “{typed(finding.name)}”."
        f"{meant} Kore.ai does not tell which DNC lists exist, so compare the spelling with the "
        "Kore.ai console: under a wrong name, people who must not be contacted might be."
    )


@finding_words.register
def _(finding: form.DncListUnchecked) -> str:
    return (
        f"The bot could not check the DNC list “{typed(finding.name)}”: Kore.ai does not tell "
        "which DNC lists exist, and no campaign in this environment is known to use one. "
        "Compare the spelling with the Kore.ai console."
    )


@finding_words.register
def _(finding: form.HoursOutsideRule) -> str:
    return f"Early or late calling hours: {times.calling_hours(finding.hours)}."


@finding_words.register
def _(finding: form.TooManyAttempts) -> str:
    every = span(finding.every)
    return f"Up to {finding.attempts} attempts at one contact in a day, {every} apart."


@finding_words.register
def _(finding: form.InvalidCallerId) -> str:
    shown = typed(formatted(finding.caller_id))
    return f"The caller ID {shown} is not a valid number for its country. Check it."


@finding_words.register
def _(finding: form.CallerIdNotSeen) -> str:
    called = "short code" if is_short_code(finding.caller_id) else "sender ID"
    return (
        f"No campaign in this environment is known to use the {called} "
        f"“{typed(finding.caller_id)}”. Kore.ai decides whether this account may send from it; if "
        "not, nothing is created."
    )
