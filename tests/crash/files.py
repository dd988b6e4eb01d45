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
SETTLED = {"posted", "failed", "unknown"}
_UNENDED = (
    "SELECT workflow_uuid, status FROM workflow_status WHERE status IN ('PENDING', 'ENQUEUED')"
)


@dataclass(frozen=True, slots=True)
class Files:
    """The records, and the durable engine's file beside them."""

    folder: Path

    def states(self) -> dict[str, str]:
        """How far each submission has come, by its key."""
        return dict(self._ask("campaign-bot.sqlite", "SELECT key, state FROM submissions"))

    async def reviewed(self, key: str) -> tuple[str, str] | None:
        """The review's view and what binds it, once there is a review; None if none comes."""
        for _ in range(REVIEW_SECONDS * 50):
            for view, draft in self._ask("campaign-bot.sqlite", _DRAFT, key):
                if digest := json.loads(draft)["digest"]:
                    return view, str(digest)
            await asyncio.sleep(0.02)
        return None

    def under_way(self) -> set[str]:
        """The keys with something left to do: by the records, or by the engine."""
        noted = {key for key, state in self.states().items() if state not in SETTLED}
        return noted | dict(self._ask("campaign-bot.engine.sqlite", _UNENDED)).keys()

    def hold_engine(self) -> sqlite3.Connection:
        """Let the engine save nothing until this connection is closed."""
        held = sqlite3.connect(self.folder / "campaign-bot.engine.sqlite", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        return held

    def _ask(self, name: str, query: str, *values: str) -> list[tuple[str, str]]:
        with closing(sqlite3.connect(self.folder / name)) as database:
            return database.execute(query, values).fetchall()
