"""The interface through which the parts of the records write."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Write(Protocol):
    """Runs a change in its own transaction and returns its result."""

    async def __call__(self, change: Callable[[Connection], T]) -> T:
        """Run `change` in a transaction that is committed entirely or not at all."""
