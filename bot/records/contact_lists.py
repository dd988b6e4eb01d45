"""Stores the contact lists of every environment, as last seen in Kore.ai."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from bot.campaigns.contacts import ContactList
from bot.campaigns.names import best, folded
from bot.records.contact_imports import ContactImports
from bot.records.tables import contact_lists
from bot.records.writing import Look, Write, upsert_all

# More than anybody chooses among.
NAMESAKES_MAX = 20

_table = contact_lists.c


class ContactLists:
    """The known contact lists. Every call is one transaction."""

    def __init__(self, look: Look, write: Write) -> None:
        """Use these to read from and write to the records."""
        self._look = look
        self._write = write
        self.imports = ContactImports(look, write)

    async def saw(self, environment: str, rows: Sequence[ContactList], *, complete: bool) -> None:
        """Store contact lists of an environment; if these are `complete`, the others are gone."""
        await self._write(partial(_saw, environment, rows, complete))

    async def gone(self, environment: str, list_id: str) -> None:
        """Forget a contact list that Kore.ai no longer has."""
        mine = (_table.environment == environment, _table.id == list_id)
        await self._write(lambda db: db.execute(delete(contact_lists).where(*mine)))

    async def get(self, environment: str, list_id: str) -> ContactList | None:
        """Return a contact list as last seen, or None."""
        query = _query([environment]).where(_table.id == list_id)
        return next(iter(await self._found(query)), None)

    async def named(self, name: str, environments: Collection[str]) -> list[ContactList]:
        """Return the contact lists of exactly this name, or else of the name as people type it."""
        query = _query(environments).where(_table.folded == folded(name)).limit(NAMESAKES_MAX)
        return best(await self._found(query), name, lambda each: each.name)

    async def called(self, names: Collection[str], environment: str | None) -> tuple[str, ...]:
        """Return the names of contact lists with these folded names, in an environment or any."""
        query = select(_table.value["name"].as_string()).where(_table.folded.in_(names))
        if environment is not None:
            query = query.where(_table.environment == environment)
        query = query.order_by(_table.folded, _table.id)
        return await self._look(lambda db: tuple(db.execute(query).scalars()))

    async def sizes(self, names: Collection[str], environment: str) -> dict[str, int]:
        """Return the numbers of contacts of these contact lists, by name, as far as known."""
        alike = _table.folded.in_([folded(each) for each in names])
        found = await self._found(_query([environment]).where(alike))
        return {each.name: each.contacts for each in found if each.contacts is not None}

    async def search(
        self,
        environments: Collection[str],
        text: str = "",
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[ContactList]:
        """Return the contact lists whose name contains `text` as people type it, by name."""
        query = _query(environments)
        query = query.where(_table.folded.contains(folded(text), autoescape=True))
        return await self._found(query.offset(offset).limit(limit))

    async def _found(self, query: Select[Any]) -> list[ContactList]:
        rows = await self._look(lambda db: db.execute(query).all())
        return [ContactList.model_validate({**value, "environment": env}) for env, value in rows]


def _query(environments: Collection[str]) -> Select[Any]:
    query = select(_table.environment, _table.value).where(_table.environment.in_(environments))
    return query.order_by(_table.folded, _table.id, _table.environment)


def _saw(
    environment: str,
    rows: Sequence[ContactList],
    complete: bool,  # noqa: FBT001 # a partial function passes it
    db: Connection,
) -> None:
    if complete:
        others = _table.id.not_in([each.id for each in rows])
        db.execute(delete(contact_lists).where(_table.environment == environment, others))
    found = [
        {
            "environment": environment,
            "id": each.id,
            "folded": folded(each.name),
            "value": each.model_dump(mode="json", exclude={"environment"}),
        }
        for each in sorted({row.id: row for row in rows}.values(), key=lambda each: each.id)
    ]
    upsert_all(db, contact_lists, found, ["environment", "id"])
