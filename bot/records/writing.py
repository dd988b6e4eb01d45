"""The interfaces through which the parts of the records read and write."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")


class Read(Protocol):
    """Runs a query and returns its rows."""

    async def __call__(self, query: Select[Any]) -> Sequence[dict[str, Any]]:
        """Run `query` in a transaction of its own."""


class Look(Protocol):
    """Runs a function that only reads, and returns its result."""

    async def __call__(self, look: Callable[[Connection], T]) -> T:
        """Run `look` in a transaction of its own."""


class Write(Protocol):
    """Runs a change in its own transaction and returns its result."""

    async def __call__(self, change: Callable[[Connection], T]) -> T:
        """Run `change` in a transaction that is committed entirely or not at all."""


def insert_into(db: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an insert with ON CONFLICT support, which SQLAlchemy implements per database."""
    if db.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def add_new(db: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert a row; return False, and change nothing, if its key is there already.

    The row is returned, because a driver may not count what an insert with ON CONFLICT has added:
    docs.sqlalchemy.org/en/20/core/connections.html, "CursorResult.rowcount".
    """
    insert = insert_into(db, table).values(row).on_conflict_do_nothing()
    key = next(iter(table.primary_key.columns))
    return db.execute(insert.returning(key)).first() is not None


def upsert(db: Connection, table: Table, row: dict[str, Any], keys: list[str]) -> None:
    """Insert a row, or update the one with the same `keys`."""
    upsert_all(db, table, [row], keys)


def upsert_all(
    db: Connection, table: Table, rows: Sequence[dict[str, Any]], keys: list[str]
) -> None:
    """Insert rows with the same columns, or update those with the same `keys`."""
    if not rows:
        return
    new = insert_into(db, table)
    given = {column: new.excluded[column] for column in rows[0]}
    db.execute(new.on_conflict_do_update(index_elements=keys, set_=given), rows)
