"""Persistence of all the bot's data. The only package that contains SQL."""

from bot.records.approvals import Approvals
from bot.records.audit import AuditEntry, AuditRecord, AuditTrail, Broken, Verdict
from bot.records.campaigns import Known, Post
from bot.records.catalog import Reading
from bot.records.database import open_database
from bot.records.drafts import Draft
from bot.records.executors import Executors, Heartbeat
from bot.records.faults import (
    DatabaseAway,
    DatabaseFault,
    connection_lost,
    database_fault,
    database_faults,
    while_away,
)
from bot.records.outbox import CLAIM, Entry, Late, Outbox
from bot.records.store import Records
from bot.records.submissions import (
    Done,
    FilledForm,
    NotApproved,
    Origin,
    Outcome,
    Overtaken,
    State,
    Submission,
)

__all__ = [
    "CLAIM",
    "Approvals",
    "AuditEntry",
    "AuditRecord",
    "AuditTrail",
    "Broken",
    "DatabaseAway",
    "DatabaseFault",
    "Done",
    "Draft",
    "Entry",
    "Executors",
    "FilledForm",
    "Heartbeat",
    "Known",
    "Late",
    "NotApproved",
    "Origin",
    "Outbox",
    "Outcome",
    "Overtaken",
    "Post",
    "Reading",
    "Records",
    "State",
    "Submission",
    "Verdict",
    "connection_lost",
    "database_fault",
    "database_faults",
    "open_database",
    "while_away",
]
