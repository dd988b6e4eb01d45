"""Dispatches each command to the function that carries it out."""

from typing import assert_never

from bot.campaigns import commands
from bot.work.create import create
from bot.work.job import Job
from bot.work.lookup import show_status
from bot.work.run import start, stop
from bot.work.schedule import schedule, unschedule


async def carry_out(job: Job) -> None:
    """Carry out the submission's command exactly once, however often this is called."""
    match job.asked.command:
        case commands.CreateSms() | commands.CreateVoice() as command:
            await create(job, command)
        case commands.ScheduleCampaign() as command:
            await schedule(job, command)
        case commands.UnscheduleCampaign():
            await unschedule(job)
        case commands.StartCampaign():
            await start(job)
        case commands.StopCampaign():
            await stop(job)
        case commands.ShowStatus() as command:
            await show_status(job, command)
        case other:
            assert_never(other)
