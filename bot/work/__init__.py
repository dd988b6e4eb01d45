"""Durable work: what is carried out after the answer to Slack."""

from bot.work.budget import Budget
from bot.work.directory import Directory
from bot.work.poster import MessageKey, Poster
from bot.work.work import Work

__all__ = [
    "Budget",
    "Directory",
    "MessageKey",
    "Poster",
    "Work",
]
