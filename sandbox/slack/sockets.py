"""Socket Mode: sends envelopes over the WebSockets that the bot opens.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.slack.changes import Changes
from sandbox.slack.ids import secret
from sandbox.slack.journal import Journal, Packet
from sandbox.slack.shapes import JsonObject

ACK_LIMIT = timedelta(seconds=3)
"""https://docs.slack.dev/interactivity/handling-user-interaction"""
CONNECTION_LIMIT = 10


@dataclass(slots=True, eq=False)
class Envelope:
    """A packet waiting for its ack; `carrier` is the connection that it was sent over."""

    id: str
    packet: Packet
    acknowledged: asyncio.Future[object]
    carrier: WebSocket | None = None

    @property
    def frame(self) -> JsonObject:
        """Return the envelope as it is sent."""
        return {
            "envelope_id": self.id,
            "type": self.packet.kind,
            "accepts_response_payload": self.packet.accepts_answer,
            "payload": self.packet.payload,
            "retry_attempt": self.packet.retry,
            "retry_reason": "timeout" if self.packet.retry else "",
        }


@dataclass(slots=True)
class Sockets:
    """The `open` connections, and the envelopes `under_way` that wait for their acks.

    `used` is set when the bot asks for a connection. The next `lost_acks` acknowledgments are lost,
    each together with its connection.
    """

    journal: Journal
    changes: Changes
    app_id: str
    used: bool = False
    lost_acks: int = 0
    open: list[WebSocket] = field(default_factory=list)
    under_way: dict[str, Envelope] = field(default_factory=dict)
    _tickets: set[str] = field(default_factory=set)

    @property
    def connections(self) -> int:
        """Return how many connections accept envelopes now."""
        return len(self.open)

    def ticket(self) -> str:
        """Return a ticket that opens one connection."""
        self.used = True
        ticket = secret()
        self._tickets.add(ticket)
        return ticket

    async def connection(self, websocket: WebSocket) -> None:
        """Serve a connection until it closes."""
        ticket = websocket.path_params["ticket"]
        if ticket not in self._tickets:
            await websocket.close()
            return
        self._tickets.remove(ticket)
        await websocket.accept()
        if len(self.open) >= CONNECTION_LIMIT:
            await _disconnect(websocket, "too_many_websockets")
        else:
            await self._serve(websocket)

    async def deliver(self, packet: Packet) -> object:
        """Send a packet over one of the connections, and return the payload of its ack."""
        acknowledged = asyncio.get_running_loop().create_future()
        envelope = Envelope(secret(), packet, acknowledged)
        self.under_way[envelope.id] = envelope
        try:
            await self._send(envelope)
            return await acknowledged
        finally:
            del self.under_way[envelope.id]

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to reconnect, and send nothing more over the old connections.

        `reason` is "warning", "refresh_requested" or "link_disabled".
        """
        leaving, self.open[:] = list(self.open), []
        for websocket in leaving:
            await _disconnect(websocket, reason)

    async def drop(self) -> None:
        """Close every connection without notice, as a network failure does."""
        for websocket in list(self.open):
            self.open.remove(websocket)
            await websocket.close(code=1011)

    async def _serve(self, websocket: WebSocket) -> None:
        await websocket.send_json(self._hello())
        self.open.append(websocket)
        self.changes.note()
        with contextlib.suppress(WebSocketDisconnect):
            while not self._is_lost(text := await websocket.receive_text()):
                self._receive(text)
            await websocket.close(code=1011)
        if websocket in self.open:
            self.open.remove(websocket)
        await self._redeliver(websocket)

    async def _redeliver(self, lost: WebSocket) -> None:
        unanswered = [each for each in self.under_way.values() if each.carrier is lost]
        with contextlib.suppress(TimeoutError):
            for envelope in unanswered:
                await self._send(envelope)

    async def _send(self, envelope: Envelope) -> None:
        """Send an envelope over the next connection that works."""
        sent = False
        while not sent and not envelope.acknowledged.done():
            envelope.carrier = await self._next_connection()
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                # JSON escapes can contain half a surrogate pair; UTF-8 cannot.
                await envelope.carrier.send_text(json.dumps(envelope.frame))
                sent = True

    async def _next_connection(self) -> WebSocket:
        await self.changes.until(
            lambda: self.open or None, within=ACK_LIMIT.total_seconds(), missing=str
        )
        websocket = self.open.pop(0)
        self.open.append(websocket)
        return websocket

    def _is_lost(self, text: str) -> bool:
        """Return whether this text is an acknowledgment to lose, and count it."""
        if not self.lost_acks or json.loads(text).get("envelope_id") not in self.under_way:
            return False
        self.lost_acks -= 1
        return True

    def _receive(self, text: str) -> None:
        frame = json.loads(text)
        envelope = self.under_way.get(frame.get("envelope_id", ""))
        if envelope is None or envelope.acknowledged.done():
            return
        payload = frame.get("payload")
        if payload and not envelope.packet.accepts_answer:
            self.journal.complain(
                f"{envelope.packet.name}: this envelope takes no payload in its ack"
            )
        envelope.acknowledged.set_result(payload)

    def _hello(self) -> JsonObject:
        return {
            "type": "hello",
            "num_connections": len(self.open) + 1,
            "connection_info": {"app_id": self.app_id},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 3600},
        }


async def _disconnect(websocket: WebSocket, reason: str) -> None:
    if websocket.application_state is WebSocketState.CONNECTED:
        await websocket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
