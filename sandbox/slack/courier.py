"""Bringing commands and interactions to the bot, by HTTP or over Socket Mode."""

import asyncio
import hashlib
import hmac
import json
import ssl
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from sandbox.clock import Clock
from sandbox.slack.journal import Delivery, Journal, Packet
from sandbox.slack.sockets import ACK_LIMIT, Sockets


class DispatchError(Exception):
    """The bot was not reached or answered badly; the message is Slack's word for it."""


class Courier:
    """Delivers packets and records how each was acknowledged."""

    def __init__(
        self, *, clock: Clock, signing_secret: str, sockets: Sockets, journal: Journal
    ) -> None:
        self.url: str | None = None
        self._clock = clock
        self._signing_secret = signing_secret
        self._sockets = sockets
        self._journal = journal
        self._http = _http_client()

    async def deliver(self, packet: Packet) -> Delivery:
        """Bring one packet to the bot; never raises over what the bot does."""
        began = self._clock.now()
        error, answer = None, None
        try:
            async with asyncio.timeout(ACK_LIMIT.total_seconds()):
                answer = await self._send(packet)
        except TimeoutError:
            error = "operation_timeout"
        except DispatchError as failure:
            error = str(failure)
        took = self._clock.now() - began
        if took > ACK_LIMIT:
            error = "operation_timeout"
        delivery = Delivery(began, packet, took / timedelta(milliseconds=1), error, answer)
        self._journal.deliveries.append(delivery)
        return delivery

    async def close(self) -> None:
        """Let go of the connections to the bot."""
        await self._http.aclose()

    async def _send(self, packet: Packet) -> object:
        if self._sockets.used:
            return await self._sockets.deliver(packet)
        if self.url is None:
            raise DispatchError("dispatch_failed")
        return await self._post(self.url, packet)

    async def _post(self, url: str, packet: Packet) -> object:
        body = _form(packet)
        headers = self._signed(body) | _retry_headers(packet)
        try:
            answer = await self._http.post(url, content=body, headers=headers)
        except httpx.TransportError as failure:
            raise DispatchError("dispatch_failed") from failure
        return _read(answer)

    def _signed(self, body: bytes) -> dict[str, str]:
        """The headers of https://docs.slack.dev/authentication/verifying-requests-from-slack."""
        timestamp = str(int(self._clock.now().timestamp()))
        return {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature(self._signing_secret, timestamp, body),
        }


def _http_client() -> httpx.AsyncClient:
    """A client for loopback: an empty TLS context spares the reading of the system's store."""
    no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # The limit of `deliver` ends a request before the client's own does.
    timeout = 2 * ACK_LIMIT.total_seconds()
    return httpx.AsyncClient(verify=no_tls, trust_env=False, timeout=timeout)


def signature(signing_secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature of a request body."""
    signed = b":".join((b"v0", timestamp.encode(), body))
    return "v0=" + hmac.new(signing_secret.encode(), signed, hashlib.sha256).hexdigest()


def _form(packet: Packet) -> bytes:
    """A command travels as form fields, an interaction as JSON in the one field `payload`."""
    if packet.kind == "slash_commands":
        return urlencode(packet.payload).encode()
    return urlencode({"payload": json.dumps(packet.payload)}).encode()


def _retry_headers(packet: Packet) -> dict[str, str]:
    if not packet.retry:
        return {}
    return {"x-slack-retry-num": str(packet.retry), "x-slack-retry-reason": "http_timeout"}


def _read(answer: httpx.Response) -> object:
    if answer.is_server_error:
        raise DispatchError("http_service_error")
    if answer.status_code != httpx.codes.OK:
        raise DispatchError("http_client_error")
    if not answer.content:
        return None
    if not answer.headers.get("content-type", "").startswith("application/json"):
        return answer.text
    try:
        return answer.json()
    except json.JSONDecodeError as failure:
        raise DispatchError("invalid_response") from failure
