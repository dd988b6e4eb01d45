"""Durable work: what is carried out after the answer to Slack."""

from bot.work.directory import Directory
from bot.work.poster import MessageKey, Poster
from bot.work.rate_limiter import RateLimiter
from bot.work.work import Work

__all__ = [
    "Directory",
    "MessageKey",
    "Poster",
    "RateLimiter",
    "Work",
]
