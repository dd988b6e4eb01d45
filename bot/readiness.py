"""Tells what keeps the bot from its work."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.records import Records
from handlers.incoming.sockets import SocketMode


@dataclass(slots=True)
class Readiness:
    """The parts that must work; without records, the bot is still starting."""

    starting: str = "the bot is starting"
    records: Records | None = None
    sockets: Sequence[SocketMode] = ()

    async def faults(self) -> list[str]:
        """Return a sentence for each part that does not work; none if the bot is ready."""
        if self.records is None:
            return [self.starting]
        faults = [] if await self.records.writable() else ["the database does not accept writes"]
        if self.sockets and not any([await each.is_connected() for each in self.sockets]):
            faults.append("no Socket Mode connection is open")
        return faults
