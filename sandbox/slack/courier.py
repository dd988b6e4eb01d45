"""Delivers commands, interactions and events to the bot, by HTTP or Socket Mode."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable
from typing import NoReturn
from urllib.parse import urlencode

import httpx

from sandbox.clock import Clock
from sandbox.slack.faults import PlannedFault
from sandbox.slack.journal import Delivery, Journal, Packet
from sandbox.slack.sockets import ACK_LIMIT, Sockets

TIMEOUT = "operation_timeout"


class DispatchError(Exception):
    """Raised when the bot is unreachable or answers wrongly; the message is Slack's error code."""


class Courier:
    """Delivers packets and records how each is acknowledged."""

    def __init__(
        self,
        *,
        clock: Clock,
        signing_secret: str,
        sockets: Sockets,
        journal: Journal,
        fault: Callable[[], PlannedFault | None],
    ) -> None:
        self.url: str | None = None
        self._clock = clock
        self._signing_secret = signing_secret
        self._sockets = sockets
        self._journal = journal
        self._fault = fault
        self._late_tasks: set[asyncio.Task[None]] = set()
        self._http = _http_client()

    async def deliver(self, packet: Packet) -> Delivery:
        """Deliver one packet to the bot; the bot's errors are recorded, never raised."""
        at, began = self._clock.now(), time.monotonic()
        error, answer = None, None
        try:
            if fault := self._fault():
                await self._fail(packet, fault)
            answer = await self._acknowledged(packet)
        except TimeoutError:
            error = TIMEOUT
        except DispatchError as failure:
            error = str(failure)
        ack_ms = 1_000 * (time.monotonic() - began)
        delivery = Delivery(at, packet, ack_ms, error, answer)
        self._journal.deliveries.append(delivery)
        return delivery

    async def close(self) -> None:
        """Close the connections to the bot."""
        for task in self._late_tasks:
            task.cancel()
        await asyncio.gather(*self._late_tasks, return_exceptions=True)
        await self._http.aclose()

    async def _fail(self, packet: Packet, fault: PlannedFault) -> NoReturn:
        """Fail as planned; if the fault is `carried_out`, deliver the packet afterwards."""
        if fault.kind == TIMEOUT:
            await asyncio.sleep(ACK_LIMIT.total_seconds())
        if fault.carried_out:
            task = asyncio.create_task(self._deliver_late(packet))
            self._late_tasks.add(task)
            task.add_done_callback(self._late_tasks.discard)
        raise DispatchError(fault.kind)

    async def _deliver_late(self, packet: Packet) -> None:
        """Deliver a packet without waiting for its ack."""
        with contextlib.suppress(DispatchError, TimeoutError):
            await self._acknowledged(packet)

    async def _acknowledged(self, packet: Packet) -> object:
        async with asyncio.timeout(ACK_LIMIT.total_seconds()):
            return await self._send(packet)

    async def _send(self, packet: Packet) -> object:
        if self._sockets.used:
            return await self._sockets.deliver(packet)
        if self.url is None:
            raise DispatchError("dispatch_failed")
        return await self._post(self.url, packet)

    async def _post(self, url: str, packet: Packet) -> object:
        kind, body = encoded(packet)
        headers = {"content-type": kind} | self._signed(body) | _retry_headers(packet)
        try:
            answer = await self._http.post(url, content=body, headers=headers)
        except httpx.TransportError as failure:
            raise DispatchError("dispatch_failed") from failure
        return _read(answer)

    def _signed(self, body: bytes) -> dict[str, str]:
        """Return Slack's timestamp and signature headers for a body.

        The timestamp is the sandbox's time, so a bot whose clock is not set forward refuses it:
        https://docs.slack.dev/authentication/verifying-requests-from-slack
        """
        timestamp = str(int(self._clock.now().timestamp()))
        return {
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature(self._signing_secret, timestamp, body),
        }


def _http_client() -> httpx.AsyncClient:
    """Return a client for loopback; its empty TLS context avoids loading the system's store."""
    no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Longer than `ACK_LIMIT`, so that the limit in `_acknowledged` always comes first.
    timeout = 2 * ACK_LIMIT.total_seconds()
    return httpx.AsyncClient(verify=no_tls, trust_env=False, timeout=timeout)


def signature(signing_secret: str, timestamp: str, body: bytes) -> str:
    """Return the v0 signature of a request body."""
    signed = b":".join((b"v0", timestamp.encode(), body))
    return "v0=" + hmac.new(signing_secret.encode(), signed, hashlib.sha256).hexdigest()


def encoded(packet: Packet) -> tuple[str, bytes]:
    """Return the media type and the body of a packet.

    A command is sent as form fields, an interaction as JSON in the form field `payload`, an event
    as JSON.
    """
    if packet.kind == "events_api":
        return "application/json", json.dumps(packet.payload).encode()
    interaction = {"payload": json.dumps(packet.payload)}
    fields = packet.payload if packet.kind == "slash_commands" else interaction
    fields_ = urlencode(fields, errors="surrogatepass")
    return "application/x-www-form-urlencoded", fields_.encode()


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
