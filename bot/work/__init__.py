"""Durable work: what is carried out after the answer to Slack."""

from bot.work.budget import Budget
from bot.work.create import Again
from bot.work.directory import Directory
from bot.work.engine import ALONE
from bot.work.errands import Errands
from bot.work.poster import SLACK_FAULTS, Poster
from bot.work.tenure import EngineBusy
from bot.work.work import Work

__all__ = [
    "ALONE",
    "SLACK_FAULTS",
    "Again",
    "Budget",
    "Directory",
    "EngineBusy",
    "Errands",
    "Poster",
    "Work",
]
