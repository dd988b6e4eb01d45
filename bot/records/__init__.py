"""Persistence of all the bot's data. The only package that contains SQL."""

from bot.records.approvals import Approvals
from bot.records.audit import AuditEntry, AuditRecord, AuditTrail, Broken, Verdict
from bot.records.campaign_parts import CampaignPart, Part, PartPlace, outcomes
from bot.records.campaigns import Known
from bot.records.cards import Post
from bot.records.catalog import Reading
from bot.records.contact_imports import Chunk, ChunkState, ContactImports
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
from bot.records.late import Late
from bot.records.outbox import CLAIM, NOT_YET, Entry, Outbox, Told
from bot.records.saved_forms import SavedForms
from bot.records.store import Records
from bot.records.submissions import (
    AllStopped,
    CampaignsImported,
    ContactsDone,
    Done,
    FilledForm,
    ListDone,
    NotApproved,
    Origin,
    Outcome,
    Overtaken,
    State,
    Submission,
)

__all__ = [
    "CLAIM",
    "NOT_YET",
    "AllStopped",
    "Approvals",
    "AuditEntry",
    "AuditRecord",
    "AuditTrail",
    "Broken",
    "CampaignPart",
    "CampaignsImported",
    "Chunk",
    "ChunkState",
    "ContactImports",
    "ContactsDone",
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
    "ListDone",
    "NotApproved",
    "Origin",
    "Outbox",
    "Outcome",
    "Overtaken",
    "Part",
    "PartPlace",
    "Post",
    "Reading",
    "Records",
    "SavedForms",
    "State",
    "Submission",
    "Told",
    "Verdict",
    "connection_lost",
    "database_fault",
    "database_faults",
    "open_database",
    "outcomes",
    "while_away",
]
