"""Build the commands and submissions that tests use."""

from datetime import UTC, datetime, time
from uuid import uuid4

from bot.campaigns.actions import Action
from bot.campaigns.campaign import SmsCampaign
from bot.campaigns.campaign_import import CampaignRow, ImportCampaigns
from bot.campaigns.commands import (
    BY_NAME,
    AnyCommand,
    CreateSms,
    EditCampaign,
    ScheduleCampaign,
    ShowResults,
    ShowStatus,
)
from bot.campaigns.contacts import ListChange, NewContactList
from bot.campaigns.hours import WORKDAYS, CallingHours
from bot.campaigns.list_commands import AddContacts, CreateList, DeleteList, RenameList
from bot.campaigns.list_refs import ListRef
from bot.campaigns.refs import CampaignRef
from bot.campaigns.schedule import Recurrence, Schedule
from bot.campaigns.stop_all import StopAll
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


def command_for(action: Action, campaign: str = "cd-1 Spring sale") -> AnyCommand:  # one for each
    """Return an action's command for the campaign with this name or reference."""
    ref = CampaignRef.parse(campaign)
    listed = ListRef(id="cl-1", name=ref.label)
    made: dict[Action, AnyCommand] = {
        Action.CREATE: CreateSms(campaign=sms_campaign(ref.label)),
        Action.SCHEDULE: ScheduleCampaign(campaign=ref, schedule=a_schedule()),
        Action.EDIT: EditCampaign(campaign=ref, edited=sms_campaign(ref.label), seen=""),
        Action.STATUS: ShowStatus(campaign=ref),
        Action.RESULTS: ShowResults(campaign=ref),
        Action.STOP_ALL: StopAll(environment="production"),
        Action.IMPORT: ImportCampaigns(
            file="F1",
            zone="UTC",
            rows=(CampaignRow(line=2, campaign=sms_campaign(ref.label), schedule=a_schedule()),),
        ),
        Action.CREATE_LIST: CreateList(
            contact_list=NewContactList(name=ref.label, description="Everybody")
        ),
        Action.RENAME_LIST: RenameList(
            contact_list=listed, change=ListChange(name="Spring leads 2")
        ),
        Action.DELETE_LIST: DeleteList(contact_list=listed),
        Action.ADD_CONTACTS: AddContacts(contact_list=listed, file="F1"),
        **{each: command(campaign=ref) for each, command in BY_NAME.items()},
    }
    return made[action]


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
