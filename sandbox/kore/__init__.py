"""A strict stand-in for Kore.ai's campaign API, for trying out and testing the bot."""

from sandbox.kore.calls import Kind, Operation
from sandbox.kore.console import CampaignRow
from sandbox.kore.faults import Fault, FaultKind, FaultPlan, When
from sandbox.kore.records import RequestRecord
from sandbox.kore.service import PretendKore
from sandbox.kore.state import Campaign, ContactList, Schedule, State, Status

__all__ = [
    "Campaign",
    "CampaignRow",
    "ContactList",
    "Fault",
    "FaultKind",
    "FaultPlan",
    "Kind",
    "Operation",
    "PretendKore",
    "RequestRecord",
    "Schedule",
    "State",
    "Status",
    "When",
]
