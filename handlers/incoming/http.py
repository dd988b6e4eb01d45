"""Slack's requests over HTTP: the signature is verified before anything in them is read."""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from slack_sdk.signature import SignatureVerifier
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from blocks.state import MalformedRequest
from handlers.incoming.bodies import Envelope, read_http
from handlers.incoming.gate import NO_RETRY, Gate

log = structlog.get_logger()

# Slack's largest requests, those of a modal, stay below 250 kB: docs.slack.dev/reference/methods.
BODY_MAX = 1_000_000
# Enough digits for the timestamps of some thousands of years.
_TIMESTAMP_MAX = 12


class Endpoint:
    """Slack's request URL."""

    def __init__(self, gate: Gate, signing_secret: str) -> None:
        self._gate, self._verifier = gate, SignatureVerifier(signing_secret)

    async def answer(self, request: Request) -> Response:
        """Answer Slack, or refuse another sender."""
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _refusal(HTTPStatus.BAD_REQUEST)
        if body is None:
            return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not self._is_slacks(request.headers, body):
            log.warning("request.not_verified")
            return _refusal(HTTPStatus.UNAUTHORIZED)
        try:
            envelope = read_http(body, request.headers.get("content-type", ""))
        except MalformedRequest as fault:
            log.warning("request.malformed", kind="http", place=fault.place)
            return _refusal(HTTPStatus.BAD_REQUEST, NO_RETRY)
        return _slacks_own(envelope.payload) or await self._answer(envelope)

    async def _answer(self, envelope: Envelope) -> Response:
        answer = await self._gate.answer(envelope)
        headers = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, answer.status, headers)

    def _is_slacks(self, headers: Headers, body: bytes) -> bool:
        """Return whether Slack signed the request in the last five minutes.

        Source: docs.slack.dev/authentication/verifying-requests-from-slack. The verifier needs the
        body as text, and raises if it is not text or if a header is odd.
        """
        timestamps = headers.getlist("x-slack-request-timestamp")
        signatures = headers.getlist("x-slack-signature")
        if len(timestamps) != 1 or len(signatures) != 1:
            return False
        (timestamp,), (signature,) = timestamps, signatures
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _TIMESTAMP_MAX):
            return False
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return False
        return signature.isascii() and self._verifier.is_valid(text, timestamp, signature)


async def _body(request: Request) -> bytes | None:
    """Return the body; None if it is larger than any of Slack's.

    Raises:
        ClientDisconnect: the body did not arrive completely.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            return None
    return bytes(body)


def _slacks_own(payload: object) -> Response | None:
    """Answer Slack's checks of the request URL itself; return None for other requests.

    Source: docs.slack.dev/reference/events/url_verification and
    docs.slack.dev/interactivity/implementing-slash-commands, "ssl_check".
    """
    if not isinstance(payload, dict):
        return None
    if payload.get("ssl_check") == "1":
        return Response()
    challenge = payload.get("challenge")
    if payload.get("type") == "url_verification" and isinstance(challenge, str):
        return PlainTextResponse(challenge)
    return None


def _refusal(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(status.phrase, status, headers)
