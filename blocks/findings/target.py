"""What is found about the campaign to schedule or to start, in words."""

from blocks import times
from blocks.findings.words import finding_words, names, progress, typed
from blocks.kit import escape
from blocks.names import namesakes
from bot.campaigns.review import target
from bot.campaigns.schedule import Schedule


@finding_words.register
def _(finding: target.CampaignMissing) -> str:
    return (
        f"Kore.ai has no campaign “{typed(finding.name)}”. Check the name with `/campaign list`, "
        "or use its ID."
    )


@finding_words.register
def _(finding: target.SeveralCampaigns) -> str:
    return (
        f"Several campaigns are called “{typed(finding.name)}”: {names(finding.ids)}. "
        "Use the ID of the one meant."
    )


@finding_words.register
def _(finding: target.NameShared) -> str:
    return (
        f"Several campaigns are called “{typed(finding.name)}”: {namesakes(finding.namesakes)}. "
        "Kore.ai schedules by name alone, and could take another than the one meant. Rename or "
        "delete one of them in the Kore.ai console, then try again."
    )


@finding_words.register
def _(finding: target.NamesakesUnchecked) -> str:
    return (
        "Whether another campaign has the same name could not be checked, and Kore.ai schedules by "
        "name alone. The bot will check it again before it sends anything."
    ) + progress(finding.progress)


@finding_words.register
def _(finding: target.CampaignUnchecked) -> str:
    return (
        "The campaign could not be looked up. Its status, its schedule, its calling hours and its "
        "DNC list were not checked."
    ) + progress(finding.progress)


@finding_words.register
def _(_finding: target.HoursUnknown) -> str:
    return (
        "Kore.ai does not say the campaign's calling hours. Whether runs fall into them was not "
        "checked."
    )


@finding_words.register
def _(_finding: target.DncListNotShown) -> str:
    return (
        "Kore.ai shows no DNC list for this SMS campaign, and applies its global one to voice "
        "alone. Give a reason to go on without; it is kept in the audit."
    )


@finding_words.register
def _(finding: target.ScheduleReplaced) -> str:
    old = _schedule(finding.old) if finding.old else "one that the bot does not know"
    return f"The present schedule will be replaced. Now: {old}. Then: {_schedule(finding.new)}."


@finding_words.register
def _(_finding: target.PresentUnknown) -> str:
    return (
        "Kore.ai does not say whether the campaign has a schedule. If it has one, it will be "
        "replaced."
    )


@finding_words.register
def _(finding: target.ScheduledWhileRunning) -> str:
    status = typed(finding.status)
    return f"The campaign is {status}. Whether Kore.ai takes a schedule then is unknown."


@finding_words.register
def _(_finding: target.StartsByItself) -> str:
    return (
        "The campaign has a schedule and will start by itself. To start it now, remove its "
        "schedule first."
    )


@finding_words.register
def _(_finding: target.AlreadyRunning) -> str:
    return "The campaign is running already."


@finding_words.register
def _(finding: target.NotKnownToStart) -> str:
    status = typed(finding.status)
    return f"The campaign is {status}. Whether Kore.ai starts it then is unknown."


@finding_words.register
def _(finding: target.StartedAgain) -> str:
    return (
        f"The campaign is {typed(finding.status)}. Starting it again contacts everybody on its "
        "lists once more."
    )


def _schedule(schedule: Schedule) -> str:
    start, end = (times.day_and_time(each) for each in (schedule.start, schedule.end))
    return f"{times.recurrence(schedule)} from {start} to {end} ({escape(schedule.zone)})"
