"""Findings about the campaign to change, in words."""

from blocks import times
from blocks.findings.words import finding_words, names, progress, typed
from blocks.kit import escape
from blocks.names import namesakes
from blocks.statuses import NOT_IN_STATUS
from bot.campaigns.review import target
from bot.campaigns.schedule import Schedule
from bot.campaigns.values import Status

_OVER = {Status.STOPPED, Status.COMPLETED}
_GO_ON = "You can go on: the bot looks again before it sends anything."


@finding_words.register
def _(finding: target.CampaignMissing) -> str:
    return (
        f"Kore.ai has no campaign named “{typed(finding.name)}”. Check the name with "
        "`/campaign list`, or use the ID."
    )


@finding_words.register
def _(finding: target.CampaignGone) -> str:
    return (
        f"Kore.ai no longer has the campaign “{typed(finding.name)}”. If you mean another one with "
        "this name, ask again by its name."
    )


@finding_words.register
def _(finding: target.SeveralCampaigns) -> str:
    return (
        f"Several campaigns are called “{typed(finding.name)}”: {names(finding.ids)}. "
        "Use the ID of the one you mean."
    )


@finding_words.register
def _(finding: target.NameShared) -> str:
    return (
        f"Several campaigns are called “{typed(finding.name)}”: {namesakes(finding.namesakes)}. "
        "Kore.ai schedules by name alone, and could pick the wrong one. Rename or delete one of "
        "them in the Kore.ai console, then try again."
    )


@finding_words.register
def _(finding: target.NamesakesUnchecked) -> str:
    return (
        "The bot could not check whether another campaign has the same name, and Kore.ai schedules "
        "by name alone. The bot will check again before it sends anything."
    ) + progress(finding.progress)


@finding_words.register
def _(finding: target.CampaignUnchecked) -> str:
    return (
        "The bot could not look up the campaign, so it did not check its status, schedule, calling "
        "hours and DNC list."
    ) + progress(finding.progress)


@finding_words.register
def _(_finding: target.HoursUnknown) -> str:
    return (
        "Kore.ai does not show the campaign's calling hours, so the bot could not check whether "
        "runs fall into them."
    )


@finding_words.register
def _(_finding: target.DncListNotShown) -> str:
    return (
        "Kore.ai shows no DNC list for this SMS campaign, and applies its global list to voice "
        "only. To go on without one, give a reason; it goes into the audit log."
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
    return f"The campaign is {status}. Kore.ai may not accept a schedule in this status."


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
    return f"The campaign is {status}. Kore.ai may not start it in this status."


@finding_words.register
def _(finding: target.StartedAgain) -> str:
    return (
        f"The campaign is {typed(finding.status)}. Starting it again contacts everybody on its "
        "lists once more."
    )


@finding_words.register
def _(finding: target.NotRunning) -> str:
    state = "Its last run is over" if finding.status in _OVER else "It is not running"
    return f"{state}: Kore.ai shows the campaign as {typed(finding.status)}."


@finding_words.register
def _(finding: target.RunUnchecked) -> str:
    return f"The bot could not check whether the campaign is running. {_GO_ON}" + progress(
        finding.progress
    )


@finding_words.register
def _(_finding: target.NotScheduled) -> str:
    return "The campaign has no schedule."


@finding_words.register
def _(_finding: target.ScheduleOver) -> str:
    return "The campaign's schedule is over, so it will not start by itself again."


@finding_words.register
def _(finding: target.ScheduleUnchecked) -> str:
    return f"The bot could not check whether the campaign has a schedule. {_GO_ON}" + progress(
        finding.progress
    )


@finding_words.register
def _(finding: target.NotInStatus) -> str:
    return f"The campaign is {typed(finding.status)}. {NOT_IN_STATUS[finding.reason]}"


@finding_words.register
def _(_finding: target.ScheduleDeleted) -> str:
    return (
        "The campaign starts by itself. Its schedule is deleted too, so its runs will not happen."
    )


def _schedule(schedule: Schedule) -> str:
    start, end = (times.day_and_time(each) for each in (schedule.start, schedule.end))
    return f"{times.recurrence(schedule)} from {start} to {end} ({escape(schedule.zone)})"
