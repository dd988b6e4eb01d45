"""Exports and verifies the audit trail for people outside Slack."""

import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, TextIO

from pydantic import JsonValue

from bot.records import AuditRecord, AuditTrail, DatabaseFault, Records, Verdict, open_database
from bot.records.database import sqlite_file

Format = Literal["csv", "jsonl"]
# First characters of cells that spreadsheets treat as formulas:
# owasp.org/www-community/attacks/CSV_Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@asynccontextmanager
async def audit_trail(url: str) -> AsyncIterator[AuditTrail]:
    """Open the audit trail of a database during the block.

    Raises:
        DatabaseFault: it cannot be used, or is missing: a new one would look unbroken.
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
    """Write one line per entry to `out`; CSV starts with the column names."""
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
    """Describe the result. The last hash, stored elsewhere, reveals a truncated trail."""
    if broken := verdict.broken:
        return f"entry {broken.number} {broken.wrong}"
    return f"{verdict.entries} entries, unbroken\nthe last hash is {verdict.last}"


def _cell(value: JsonValue) -> str:
    """Return the value as a cell that no spreadsheet interprets as a formula."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text
