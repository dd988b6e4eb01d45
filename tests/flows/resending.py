"""Send a person's requests again, with an odd value in them."""

from typing import Any

from sandbox.slack.journal import Packet
from tests.flows.captured import Repeat
from tests.flows.conftest import Author
from tests.flows.wire import Answered, wire_to

# What the bot says to the person.
UNREAD = "The bot could not read what Slack sent it, so it did nothing"


class Bench:
    """Ana, whose requests can be sent again with an odd value in them."""

    def __init__(self, ana: Author) -> None:
        self.ana, self.person, self.world = ana, ana.person, ana.world

    def last(self, name: str) -> Packet:
        """Return the latest request with this name, such as `view_submission`."""
        found = (each.packet for each in reversed(self.world.slack.deliveries))
        return next(each for each in found if each.name == name)

    async def resend(self, packet: Packet, *place: str | int, odd: object) -> Answered:
        """Repeat a request, with an odd value at this place."""
        again = Repeat(self.world)(packet)
        holder: Any = again.payload
        for part in place[:-1]:
            holder = holder[part]
        holder[place[-1]] = odd
        async with wire_to(self.world) as wire:
            answer = await wire.packet(again)
        await self.world.services.tasks.drain()
        return answer
