"""Stores how far the contacts of a file are sent: by number of the chunk, never the contacts."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection, delete, select, update

from bot.campaigns.values import Frozen
from bot.records import telling
from bot.records.tables import contact_chunks, contact_imports
from bot.records.writing import Look, Write, add_new, insert_into

# The notification that shows the progress.
PROGRESS = ("contacts",)

_chunk = contact_chunks.c


class ChunkState(StrEnum):
    """The state of a chunk.

    `SENDING`: a request with it may have reached Kore.ai. `DONE`: Kore.ai accepted it. `REFUSED`:
    it certainly did not. `UNKNOWN`: nobody can tell; it is never sent again.
    """

    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Chunk(Frozen):
    """Up to a hundred contacts that are sent together, counted from 0. `reason` is why not."""

    number: int
    contacts: int
    state: ChunkState
    reason: str = ""


class ContactImports:
    """The progress of each submission that adds contacts. Every call is one transaction."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._look = look
        self._write = write

    async def begin(self, submission: str, before: int | None) -> int | None:
        """Store how many contacts the list has before the first chunk, unless that is stored.

        Return what is stored; None if Kore.ai did not say.
        """
        return await self._write(partial(_begin, submission, before))

    async def chunks(self, submission: str) -> Mapping[int, Chunk]:
        """Return every chunk that was sent or is being sent, by its number."""
        return await self._look(partial(_chunks, submission))

    async def claim(self, submission: str, number: int, contacts: int) -> bool:
        """Mark a chunk as being sent; False if it already was, so that it must not be sent."""
        return await self._write(partial(_claim, submission, number, contacts))

    async def release(self, submission: str, number: int) -> None:
        """Let a chunk be sent again whose request certainly was not carried out."""
        mine = (_chunk.submission == submission, _chunk.number == number)
        await self._write(lambda db: db.execute(delete(contact_chunks).where(*mine)))

    async def settle(
        self, submission: str, number: int, state: ChunkState, reason: str = ""
    ) -> None:
        """Set the state of a chunk, and let the progress be shown again.

        What Kore.ai accepted counts more than what another process could not find out.
        """
        await self._write(partial(_settle, submission, number, state, reason))


def _begin(submission: str, before: int | None, db: Connection) -> int | None:
    new = insert_into(db, contact_imports).values(submission=submission, before=before)
    db.execute(new.on_conflict_do_nothing())
    query = select(contact_imports.c.before).where(contact_imports.c.submission == submission)
    stored: int | None = db.execute(query).scalar()
    return stored


def _chunks(submission: str, db: Connection) -> Mapping[int, Chunk]:
    query = select(contact_chunks).where(_chunk.submission == submission).order_by(_chunk.number)
    found = [{**row} for row in db.execute(query).mappings()]
    return {
        row["number"]: Chunk(**{name: row[name] for name in Chunk.model_fields}) for row in found
    }


def _claim(submission: str, number: int, contacts: int, db: Connection) -> bool:
    claimed = {"submission": submission, "number": number, "contacts": contacts}
    return add_new(db, contact_chunks, claimed | {"state": ChunkState.SENDING, "reason": ""})


def _settle(submission: str, number: int, state: ChunkState, reason: str, db: Connection) -> None:
    mine = update(contact_chunks).where(_chunk.submission == submission, _chunk.number == number)
    if state is not ChunkState.DONE:
        mine = mine.where(_chunk.state != ChunkState.DONE)
    db.execute(mine.values(state=state, reason=reason))
    telling.touch(submission, PROGRESS, db)
