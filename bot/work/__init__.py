"""Durable work: carries out submissions after the bot has acknowledged Slack's request."""

from bot.work.rate_limiter import RateLimiter
from bot.work.uploads import NotDownloaded, NotUploaded, SlackFiles
from bot.work.work import Work

__all__ = [
    "NotDownloaded",
    "NotUploaded",
    "RateLimiter",
    "SlackFiles",
    "Work",
]
