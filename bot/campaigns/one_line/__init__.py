"""Reads what people type after `/campaign sms`, `voice` or `schedule`, as far as it is certain.

A line only fills in a form. What the bot does not understand is said on the form.
"""

from bot.campaigns.one_line.campaign import CampaignLine, possible_lists, read_campaign
from bot.campaigns.one_line.clock import clock_of
from bot.campaigns.one_line.days import weekday_of
from bot.campaigns.one_line.schedule import (
    ScheduleLine,
    ScheduleValues,
    possible_campaigns,
    read_schedule,
)

__all__ = [
    "CampaignLine",
    "ScheduleLine",
    "ScheduleValues",
    "clock_of",
    "possible_campaigns",
    "possible_lists",
    "read_campaign",
    "read_schedule",
    "weekday_of",
]
