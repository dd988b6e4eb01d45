"""A pretend Slack: a workspace for trying out and testing the bot."""

from sandbox.slack.acks import Outcome, OutcomeKind
from sandbox.slack.channels import StoredFile
from sandbox.slack.faults import DELIVERY, FaultOrder, FaultPlan, PlannedFault
from sandbox.slack.fields import Answer, Field, FormError
from sandbox.slack.journal import Call, Delivery
from sandbox.slack.manifest import (
    Manifest,
    Shortcut,
    ShortcutType,
    SlashCommand,
    project_manifest,
)
from sandbox.slack.message import Message
from sandbox.slack.modal import Modal
from sandbox.slack.person import Person
from sandbox.slack.pretend import PretendSlack
from sandbox.slack.view import Home, View
from sandbox.slack.workspace import UserGroup

__all__ = [
    "DELIVERY",
    "Answer",
    "Call",
    "Delivery",
    "FaultOrder",
    "FaultPlan",
    "Field",
    "FormError",
    "Home",
    "Manifest",
    "Message",
    "Modal",
    "Outcome",
    "OutcomeKind",
    "Person",
    "PlannedFault",
    "PretendSlack",
    "Shortcut",
    "ShortcutType",
    "SlashCommand",
    "StoredFile",
    "UserGroup",
    "View",
    "project_manifest",
]
