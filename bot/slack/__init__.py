"""Slack's Web API client. The only package that calls it.

Source: docs.slack.dev/reference/methods.
"""

from bot.slack.answers import Identity, ShownView
from bot.slack.client import SlackClient
from bot.slack.errors import (
    Closed,
    Gone,
    HashConflict,
    InvalidResponse,
    NoAnswer,
    RateLimited,
    Refused,
    ServerFault,
    SlackError,
    TriggerUsed,
    Unreachable,
)
from bot.slack.methods import SCOPES, Method

__all__ = [
    "SCOPES",
    "Closed",
    "Gone",
    "HashConflict",
    "Identity",
    "InvalidResponse",
    "Method",
    "NoAnswer",
    "RateLimited",
    "Refused",
    "ServerFault",
    "ShownView",
    "SlackClient",
    "SlackError",
    "TriggerUsed",
    "Unreachable",
]
