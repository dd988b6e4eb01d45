"""Slack's requests over Socket Mode: each envelope is acknowledged, whatever it contains.

Source: docs.slack.dev/apis/events-api/using-socket-mode. The bot opened the connection with its
token, so its requests need no signature.
"""

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from blocks.state import MalformedRequest
from bot.slack import SlackClient
from handlers.incoming.bodies import Envelope, read_json
from handlers.incoming.gate import Gate

log = structlog.get_logger()

# The client notices a dead peer after about five pings.
PING_SECONDS = 3
_ENVELOPE_ID = re.compile(r'"envelope_id"\s*:\s*"([\w-]{1,100})"')


class SocketMode:
    """One connection; the SDK renews it whenever Slack requests that or it is lost."""

    def __init__(self, gate: Gate, slack: SlackClient, app_token: str) -> None:
        self._gate = gate
        self._client = _Client(app_token, web_client=slack.web, ping_interval=PING_SECONDS)
        self._client.message_listeners.append(self._on_message)

    async def connect(self) -> None:
        """Open the connection."""
        await self._client.connect()  # type: ignore[no-untyped-call] # untyped in the SDK

    async def close(self) -> None:
        """Close the connection for good."""
        await self._client.close()  # type: ignore[no-untyped-call] # as above

    async def is_connected(self) -> bool:
        """Return whether the connection is open now."""
        return await self._client.is_connected()

    async def _on_message(
        self, client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None
    ) -> None:
        envelope_id = message.get("envelope_id")
        if not isinstance(envelope_id, str):
            return  # a message about the connection itself
        envelope = Envelope(str(message.get("type")), message.get("payload"))
        answer = await self._gate.answer(envelope)
        takes = message.get("accepts_response_payload") is True
        payload = _payload(answer) if takes else None
        await client.send_socket_mode_response(SocketModeResponse(envelope_id, payload))


class _Client(SocketModeClient):
    """The SDK's client, changed so that the log has no traceback with an unreadable message."""

    def __init__(self, app_token: str, **options: Any) -> None:  # noqa: ANN401 # the SDK's own
        self._under_way: set[asyncio.Task[None]] = set()
        super().__init__(app_token, **options)

    async def process_message(self) -> None:
        """Pass on the next message; log only the place of an unreadable one."""
        raw = await self.message_queue.get()
        try:
            message = read_json(raw)
        except MalformedRequest as fault:
            log.warning("request.malformed", kind="socket", place=fault.place)
            await self._acknowledge_unread(raw)
            return
        if isinstance(message, dict):
            task = asyncio.create_task(self.run_message_listeners(message, raw))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _acknowledge_unread(self, raw: str) -> None:
        """Keep Slack from resending an unreadable message, if its ID can be found."""
        if found := _ENVELOPE_ID.search(raw):
            await self.send_socket_mode_response(SocketModeResponse(found[1]))


def _payload(answer: BoltResponse) -> dict[str, Any] | None:
    """Return the acknowledgment's payload; it cannot carry an HTTP status."""
    if answer.status != HTTPStatus.OK or not answer.body:
        return None
    if answer.body.startswith("{"):
        found: dict[str, Any] = json.loads(answer.body)
        return found
    return {"text": answer.body}
