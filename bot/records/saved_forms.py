"""Stores the forms that people saved, and the values that were last used in each channel."""

from typing import Any

from sqlalchemy import Connection, Select, delete, select

from bot.campaigns.names import folded
from bot.campaigns.saved_forms import Filled, Kept, LastUsed, SavedForm
from bot.campaigns.values import Kind
from bot.records.tables import last_used, saved_forms
from bot.records.writing import Look, Write, insert_into, upsert

_table = saved_forms.c
_KEYS = ["channel", "kind", "folded"]


class SavedForms:
    """The saved forms. Every call is one transaction."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._look = look
        self._write = write

    async def get(self, form_id: str) -> SavedForm | None:
        """Return a saved form, or None."""
        found = await self._found(select(saved_forms).where(_table.id == form_id))
        return next(iter(found), None)

    async def named(self, name: str, channel: str, kind: Kind) -> SavedForm | None:
        """Return what is saved under a name as people type it, for exactly this channel."""
        same = (_table.channel == channel, _table.kind == kind, _table.folded == folded(name))
        return next(iter(await self._found(select(saved_forms).where(*same))), None)

    async def search(
        self, channel: str, text: str = "", *, offset: int = 0, limit: int | None = None
    ) -> list[SavedForm]:
        """Return the forms for a channel and for everybody with `text` in their name, by name."""
        query = select(saved_forms).where(_table.channel.in_({"", channel}))
        query = query.where(_table.folded.contains(folded(text), autoescape=True))
        query = query.order_by(_table.folded, _table.kind, _table.channel)
        return await self._found(query.offset(offset).limit(limit))

    async def delete(self, form_id: str) -> None:
        """Delete a saved form, if it is still there."""
        await self._write(lambda db: db.execute(delete(saved_forms).where(_table.id == form_id)))

    async def last_used(self, channel: str, environment: str, kind: Kind) -> Filled:
        """Return the values last used in a channel; empty if nothing was created there yet."""
        table = last_used.c
        query = select(table.filled).where(
            table.channel == channel, table.environment == environment, table.kind == kind
        )
        found: Filled | None = await self._look(lambda db: db.execute(query).scalar())
        return found or {}

    async def _found(self, query: Select[Any]) -> list[SavedForm]:
        rows = await self._look(lambda db: db.execute(query).mappings().all())
        return [SavedForm(**_named({**row}, "filled", "values")) for row in rows]


def keep(kept: Kept, db: Connection) -> None:
    """Store what is kept of an accepted form. A saved form replaces the author's of that name.

    It never replaces another person's, whose author would lose it.
    """
    _use(kept.last_used, db)
    if kept.saved:
        _save(kept.saved, db)


def _use(used: LastUsed, db: Connection) -> None:
    upsert(db, last_used, _row(used), ["channel", "environment", "kind"])


def _save(saved: SavedForm, db: Connection) -> None:
    row = _row(saved) | {"folded": folded(saved.name)}
    new = insert_into(db, saved_forms).values(row)
    given = {column: new.excluded[column] for column in row if column not in {"id", *_KEYS}}
    own = _table.author == new.excluded.author
    db.execute(new.on_conflict_do_update(index_elements=_KEYS, set_=given, where=own))


def _row(value: LastUsed | SavedForm) -> dict[str, Any]:
    return _named(value.model_dump(), "values", "filled")


def _named(row: dict[str, Any], before: str, after: str) -> dict[str, Any]:
    """Return the row with another name for the form's values: a column cannot be `values`."""
    plain = {name: value for name, value in row.items() if name not in {before, "folded"}}
    return plain | {after: row[before]}
