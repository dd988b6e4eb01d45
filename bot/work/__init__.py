"""Durable work: what is carried out after the answer to Slack."""

from bot.work.budget import Budget
from bot.work.create import Again
from bot.work.directory import Directory
from bot.work.engine import ALONE
from bot.work.errands import Errands
from bot.work.poster import MessageKey, Poster
from bot.work.tenure import EngineBusy
from bot.work.work import Work

__all__ = [
    "ALONE",
    "Again",
    "Budget",
    "Directory",
    "EngineBusy",
    "Errands",
    "MessageKey",
    "Poster",
    "Work",
]
