"""Build the commands and submissions that tests use."""

from datetime import UTC, datetime, time
from uuid import uuid4

from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.commands import (
    AnyCommand,
    CreateSms,
    ScheduleCampaign,
    ShowStatus,
    StartCampaign,
    StopCampaign,
    UnscheduleCampaign,
)
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.values import Format
from bot.records import Submission


def sms_campaign(name: str = "Spring sale") -> SmsCampaign:
    """Return an SMS campaign that the pretend Kore.ai accepts."""
    return SmsCampaign(
        name=name,
        description="Everybody on the spring list",
        contact_lists=("Spring leads",),
        caller_id="+12025550100",
        hours=CallingHours.same_every_day("UTC", WORKDAYS, time(9), time(18)),
        format=Format.MESSAGE,
        message="Hello",
    )


def a_schedule() -> Schedule:
    """Return a daily schedule of one week in the far future."""
    start = datetime(2099, 1, 1, 9)  # noqa: DTZ001 # schedules are in local time
    return Schedule(recurrence=Recurrence.DAILY, zone="UTC", start=start, end=start.replace(day=8))


def command_for(action: Action, campaign: str = "cd-1 Spring sale") -> AnyCommand:
    """Return an action's command for the campaign with this name or reference."""
    ref = CampaignRef.parse(campaign)
    match action:
        case Action.CREATE:
            return CreateSms(campaign=sms_campaign(ref.label))
        case Action.SCHEDULE:
            return ScheduleCampaign(campaign=ref, schedule=a_schedule())
        case Action.UNSCHEDULE:
            return UnscheduleCampaign(campaign=ref)
        case Action.START:
            return StartCampaign(campaign=ref)
        case Action.STOP:
            return StopCampaign(campaign=ref)
        case Action.STATUS:
            return ShowStatus(campaign=ref)


def submission(command: AnyCommand, **fields: object) -> Submission:
    """Return Ana's submission in production, accepted now."""
    given: dict[str, object] = {
        "key": uuid4().hex,
        "author": "U1",
        "channel": "C1",
        "asked_in": "C1",
        "accepted_at": datetime.now(UTC),
        "environment": "production",
    }
    return Submission.model_validate({**given, **fields, "command": command})
