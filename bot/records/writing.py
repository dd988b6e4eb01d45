"""How the parts of the records write."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Write(Protocol):
    """Does something in a transaction of its own, and answers what it gives."""

    async def __call__(self, change: Callable[[Connection], T]) -> T:
        """In a transaction; all of it is kept or nothing."""
