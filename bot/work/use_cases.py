"""Dispatches each command to the function that carries it out."""

from typing import assert_never

from bot.campaigns import commands, list_commands
from bot.campaigns.campaign_import import ImportCampaigns
from bot.campaigns.stop_all import StopAll
from bot.work.campaign_import import import_campaigns
from bot.work.contact_import import add_contacts
from bot.work.create import create
from bot.work.delete import delete
from bot.work.edit import edit
from bot.work.job import Job
from bot.work.list_changes import change_list
from bot.work.lookup import show_status
from bot.work.results import show_results
from bot.work.run import start, stop
from bot.work.schedule import schedule, unschedule
from bot.work.stop_all import stop_all


async def carry_out(job: Job) -> None:
    """Carry out the submission's command exactly once, however often this is called."""
    match job.asked.command:
        case commands.CreateSms() | commands.CreateVoice() as command:
            await create(job, command)
        case commands.ScheduleCampaign() as command:
            await schedule(job, command)
        case commands.EditCampaign() as command:
            await edit(job, command)
        case commands.ShowStatus() as command:
            await show_status(job, command)
        case commands.ShowResults() as command:
            await show_results(job, command)
        case (
            list_commands.CreateList() | list_commands.RenameList() | list_commands.DeleteList()
        ) as command:
            await change_list(job, command)
        case list_commands.AddContacts() as command:
            await add_contacts(job, command)
        case ImportCampaigns() as command:
            await import_campaigns(job, command)
        case StopAll():
            await stop_all(job)
        case other:
            await _change_by_name(job, other)


async def _change_by_name(job: Job, command: commands.ByName) -> None:
    """Carry out a change that needs only the campaign."""
    match command:
        case commands.UnscheduleCampaign():
            await unschedule(job)
        case commands.StartCampaign():
            await start(job)
        case commands.StopCampaign():
            await stop(job)
        case commands.DeleteCampaign():
            await delete(job)
        case other:
            assert_never(other)
