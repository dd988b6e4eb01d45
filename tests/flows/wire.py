"""Send any bytes to the bot's request URL, signed or not."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.slack.courier import encoded, signature
from sandbox.slack.journal import Packet
from tests.world import SECRETS, World

Headers = Mapping[str, str]
FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Answered:
    """The bot's answer."""

    status: int
    body: bytes
    headers: Headers = field(default_factory=dict)


class Wire:
    """One HTTP connection; `IncompleteReadError` means that the bot closed it."""

    def __init__(self, path: str, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        self._path, self._reader, self._out = path, reader, out

    async def send(self, body: bytes, headers: Headers = FORM, method: str = "POST") -> Answered:
        """Send bytes with only these headers."""
        lines = [f"{name}: {value}" for name, value in headers.items()]
        first = f"{method} {self._path} HTTP/1.1\r\nhost: bot\r\ncontent-length: {len(body)}"
        self._out.write("\r\n".join([first, *lines, "", ""]).encode("latin-1") + body)
        return await self._answer()

    async def signed(self, body: bytes, headers: Headers = FORM) -> Answered:
        """Send bytes with Slack's signature."""
        return await self.send(body, {**headers, **signed(body)})

    async def packet(self, packet: Packet) -> Answered:
        """Send a packet in Slack's encoding, with its signature."""
        kind, body = encoded(packet)
        return await self.signed(body, {"content-type": kind})

    async def _answer(self) -> Answered:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        found = {name.lower(): value.strip() for name, _, value in pairs}
        body = await self._reader.readexactly(int(found.get("content-length", 0)))
        return Answered(int(head[0].split()[1]), body, found)


def signed(body: bytes, at: float | None = None, secret: str = "") -> dict[str, str]:
    """Return Slack's two signature headers, by default for the current time."""
    timestamp = str(int(time.time() if at is None else at))
    made = signature(secret or SECRETS["SLACK_SIGNING_SECRET"], timestamp, body)
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": made}


def wire_to(world: World) -> contextlib.AbstractAsyncContextManager[Wire]:
    """Connect to the bot of this world."""
    return wire_at(world.request_url)


@contextlib.asynccontextmanager
async def wire_at(request_url: str) -> AsyncIterator[Wire]:
    """Connect to the bot with this request URL."""
    url = urlsplit(request_url)
    reader, out = await asyncio.open_connection(url.hostname, url.port)
    try:
        yield Wire(url.path, reader, out)
    finally:
        out.close()
        with contextlib.suppress(ConnectionError):
            await out.wait_closed()
