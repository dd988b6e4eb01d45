"""The way out to Slack: a Web API client, and the delivery of the outbox.

The only package that calls Slack. Source: docs.slack.dev/reference/methods.
"""

from bot.slack.answers import Identity, ShownView
from bot.slack.client import SlackClient
from bot.slack.delivery import Delivery
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
from bot.slack.outbox import OutboxLoop
from bot.slack.poster import MessageKey, Poster
from bot.slack.renderer import Renderer

__all__ = [
    "SCOPES",
    "Closed",
    "Delivery",
    "Gone",
    "HashConflict",
    "Identity",
    "InvalidResponse",
    "MessageKey",
    "Method",
    "NoAnswer",
    "OutboxLoop",
    "Poster",
    "RateLimited",
    "Refused",
    "Renderer",
    "ServerFault",
    "ShownView",
    "SlackClient",
    "SlackError",
    "TriggerUsed",
    "Unreachable",
]
