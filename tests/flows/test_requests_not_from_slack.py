"""Requests that are not from Slack are refused before anything in them is read."""

import time
from urllib.parse import urlencode

import pytest

from handlers.incoming import http
from tests.flows.logged import Log
from tests.flows.wire import FORM, JSON, Headers, signed, wire_to
from tests.world import World

DEEP = b"[" * 5_000 + b"]" * 5_000
COMMAND = urlencode({"command": "/campaign", "text": "help", "trigger_id": "1.2.a"}).encode()
BODIES = {
    "nothing": b"",
    "no payload": b"payload=",
    "half a JSON": b"payload={not json",
    "a list": b"payload=[]",
    "a number": b"payload=7",
    "no UTF-8": b"payload=\xff\xfe",
    "no UTF-8 in escapes": b"payload=%ff%fe",
    "a NUL": b"payload=%00",
    "half a surrogate pair": b'{"type": "\\ud83d"}',
    "nested deep": DEEP,
    "a payload nested deep": b"payload=" + DEEP,
    "an object": b"{}",
    "a challenge": b'{"type": "url_verification", "challenge": "x"}',
    "a check of the certificate": b"ssl_check=1&token=x",
    "a command": COMMAND,
}


def headers_of(body: bytes) -> dict[str, Headers]:
    """Return headers that Slack would not send with this body, by their fault."""
    right, now = signed(body), int(time.time())
    stamp, signature = "x-slack-request-timestamp", "x-slack-signature"
    return {
        "none": {},
        "no signature": {stamp: right[stamp]},
        "no timestamp": {signature: right[signature]},
        "another secret's": signed(body, secret="another"),
        "another body's": signed(body + b" "),
        "of six minutes ago": signed(body, now - 360),
        "of in six minutes": signed(body, now + 360),
        "an empty timestamp": right | {stamp: ""},
        "a word for a timestamp": right | {stamp: "now"},
        "a negative timestamp": right | {stamp: f"-{right[stamp]}"},
        "a fraction": right | {stamp: f"{right[stamp]}.0"},
        "a timestamp of other digits": right | {stamp: "\xb2\xb3"},
        "an endless timestamp": right | {stamp: "9" * 5_000},
        "an empty signature": right | {signature: ""},
        "a signature of no ASCII": right | {signature: "v0=\xe9"},
        "an endless signature": right | {signature: "v0=" + "f" * 5_000},
    }


@pytest.mark.parametrize("kind", [FORM, JSON, {"content-type": "x" * 300}, {}], ids=str)
async def test_requests_without_a_valid_signature_are_refused_unread(
    world: World, log: Log, monkeypatch: pytest.MonkeyPatch, kind: Headers
) -> None:
    def read(*_sent: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(http, "read_http", read)
    async with wire_to(world) as wire:
        for name, body in BODIES.items():
            for fault, headers in headers_of(body).items():
                answer = await wire.send(body, {**kind, **headers})
                assert (answer.status, answer.body) == (401, b"Unauthorized"), (name, fault)
    of_requests = [event for event in log.events() if event.startswith("request.")]
    assert of_requests == ["request.not_verified"] * sum(
        len(headers_of(b)) for b in BODIES.values()
    )
    assert "Traceback" not in log.text


async def test_a_request_with_two_signatures_is_refused(world: World) -> None:
    right = signed(COMMAND)
    twice = FORM | right | {"X-Slack-Signature": right["x-slack-signature"]}
    async with wire_to(world) as wire:
        assert (await wire.send(COMMAND, twice)).status == 401


async def test_requests_larger_than_any_of_slacks_are_refused(world: World) -> None:
    large = b"x" * (http.BODY_MAX + 1)
    for headers in (FORM, FORM | signed(large)):
        async with wire_to(world) as wire:
            assert (await wire.send(large, headers)).status == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post_is_accepted(world: World, method: str) -> None:
    async with wire_to(world) as wire:
        assert (await wire.send(b"", FORM, method)).status == 405
