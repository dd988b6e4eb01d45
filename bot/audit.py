"""The audit trail for people outside Slack: as a table, as lines of JSON, and verified."""

import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, TextIO

from pydantic import JsonValue

from bot.records import AuditRecord, AuditTrail, DatabaseFault, Records, Verdict, open_database
from bot.records.database import sqlite_file

Format = Literal["csv", "jsonl"]
# What makes a spreadsheet take a cell for a formula: owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@asynccontextmanager
async def audit_trail(url: str) -> AsyncIterator[AuditTrail]:
    """The audit trail of a database while the block runs.

    Raises:
        DatabaseFault: it cannot be used, or is not there: a new one would look unbroken.
    """
    file = sqlite_file(url)
    if file and not file.exists():
        raise DatabaseFault(f"{file} is missing: DATABASE_URL must name the bot's database")
    records = Records(open_database(url))
    try:
        yield records.audit
    finally:
        await records.close()


async def export(entries: AsyncIterator[AuditRecord], form: Format, out: TextIO) -> None:
    """Write entries to `out`, a line for each; CSV has the names of the columns first."""
    if form == "jsonl":
        async for entry in entries:
            out.write(entry.model_dump_json() + "\n")
        return
    table = csv.DictWriter(out, AuditRecord.model_fields, lineterminator="\n")
    table.writeheader()
    async for entry in entries:
        values = entry.model_dump(mode="json")
        table.writerow({name: _cell(value) for name, value in values.items()})


def sentence(verdict: Verdict) -> str:
    """What was found, for the operator. The last hash, kept elsewhere, shows a shortened trail."""
    if broken := verdict.broken:
        return f"entry {broken.number} {broken.wrong}"
    return f"{verdict.entries} entries, unbroken\nthe last hash is {verdict.last}"


def _cell(value: JsonValue) -> str:
    """A value as a cell that no spreadsheet computes."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text
