"""A pretend Slack: a workspace to try the bot in and to test it with."""

from sandbox.slack.acks import Outcome, OutcomeKind
from sandbox.slack.fields import Answer, Field, FormError
from sandbox.slack.journal import Call, Delivery
from sandbox.slack.message import Message
from sandbox.slack.modal import Modal
from sandbox.slack.person import Person
from sandbox.slack.pretend import BOT_SCOPES, PretendSlack

__all__ = [
    "BOT_SCOPES",
    "Answer",
    "Call",
    "Delivery",
    "Field",
    "FormError",
    "Message",
    "Modal",
    "Outcome",
    "OutcomeKind",
    "Person",
    "PretendSlack",
]
