"""Read the bot's SQLite files, and block writes to its engine's file."""

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REVIEW_SECONDS = 4
# A form's latest draft is stored under the ID of its view, which its first draft names.
_DRAFT = "SELECT key, draft FROM drafts WHERE key = (SELECT view FROM drafts WHERE key = ?)"
_UNFINISHED = "SELECT key FROM submissions WHERE finished_at IS NULL"
_UNTOLD = "SELECT submission FROM outbox WHERE due_at IS NOT NULL AND submission IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Files:
    """The database of the records, and the durable engine's file beside it."""

    folder: Path

    def states(self) -> dict[str, str]:
        """Return the state of each submission by its key."""
        return dict(self._ask("SELECT key, state FROM submissions"))

    async def reviewed(self, key: str) -> tuple[str, str] | None:
        """Wait for a review and return its view and digest, or None if none comes."""
        for _ in range(REVIEW_SECONDS * 50):
            for view, draft in self._ask(_DRAFT, key):
                if digest := json.loads(draft)["digest"]:
                    return view, str(digest)
            await asyncio.sleep(0.02)
        return None

    def under_way(self) -> set[str]:
        """Return the keys of submissions that are not finished, or of which not all is told."""
        return {key for (key,) in self._ask(f"{_UNFINISHED} UNION {_UNTOLD}")}

    def hold_engine(self) -> sqlite3.Connection:
        """Keep the engine from saving anything until this connection is closed."""
        held = sqlite3.connect(self.folder / "campaign-bot.engine.sqlite", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        return held

    def _ask(self, query: str, *values: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "campaign-bot.sqlite")) as database:
            return database.execute(query, values).fetchall()
