"""What the bot's SQLite files say between its lives, and how to keep it from writing to them."""

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

REVIEW_SECONDS = 4
# The latest draft of a form names its view, under which it is kept as far as it has come.
_DRAFT = "SELECT key, draft FROM drafts WHERE key = (SELECT view FROM drafts WHERE key = ?)"
_UNFINISHED = "SELECT key, state FROM submissions WHERE finished_at IS NULL"


@dataclass(frozen=True, slots=True)
class Files:
    """The records, and the durable engine's file beside them."""

    folder: Path

    def states(self) -> dict[str, str]:
        """How far each submission has come, by its key."""
        return dict(self._ask("SELECT key, state FROM submissions"))

    async def reviewed(self, key: str) -> tuple[str, str] | None:
        """The review's view and what binds it, once there is a review; None if none comes."""
        for _ in range(REVIEW_SECONDS * 50):
            for view, draft in self._ask(_DRAFT, key):
                if digest := json.loads(draft)["digest"]:
                    return view, str(digest)
            await asyncio.sleep(0.02)
        return None

    def under_way(self) -> set[str]:
        """The keys of the submissions with something left to do."""
        return set(dict(self._ask(_UNFINISHED)))

    def hold_engine(self) -> sqlite3.Connection:
        """Let the engine save nothing until this connection is closed."""
        held = sqlite3.connect(self.folder / "campaign-bot.engine.sqlite", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        return held

    def _ask(self, query: str, *values: str) -> list[tuple[str, str]]:
        with closing(sqlite3.connect(self.folder / "campaign-bot.sqlite")) as database:
            return database.execute(query, values).fetchall()
