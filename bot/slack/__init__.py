"""The way out to Slack: a Web API client, and the delivery of the outbox.

The only package that calls Slack. Source: docs.slack.dev/reference/methods.
"""

from bot.slack.answers import Identity, ShownView, SlackFile
from bot.slack.cards import Cards
from bot.slack.client import SlackClient
from bot.slack.delivery import Delivery
from bot.slack.errors import (
    Closed,
    Gone,
    HashConflict,
    InvalidResponse,
    NoAnswer,
    NoFiles,
    RateLimited,
    Refused,
    ServerFault,
    SlackError,
    TooLarge,
    TriggerUsed,
    Unreachable,
)
from bot.slack.files import File, Files
from bot.slack.following import Following
from bot.slack.living_cards import LivingCards
from bot.slack.methods import SCOPES, Method
from bot.slack.outbox import OutboxLoop
from bot.slack.poster import MessageKey, Poster
from bot.slack.renderer import Renderer
from bot.slack.sharing import Sharing

__all__ = [
    "SCOPES",
    "Cards",
    "Closed",
    "Delivery",
    "File",
    "Files",
    "Following",
    "Gone",
    "HashConflict",
    "Identity",
    "InvalidResponse",
    "LivingCards",
    "MessageKey",
    "Method",
    "NoAnswer",
    "NoFiles",
    "OutboxLoop",
    "Poster",
    "RateLimited",
    "Refused",
    "Renderer",
    "ServerFault",
    "Sharing",
    "ShownView",
    "SlackClient",
    "SlackError",
    "SlackFile",
    "TooLarge",
    "TriggerUsed",
    "Unreachable",
]
