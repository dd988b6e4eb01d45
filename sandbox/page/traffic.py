"""The requests to and from the bot, as the side panel lists them."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import TypeVar

from sandbox.kore import PretendKore
from sandbox.kore.records import RequestRecord
from sandbox.slack import PretendSlack
from sandbox.slack.journal import Call, Delivery

T = TypeVar("T")
LATEST = 60
TEXT_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; `id` is its HTML id."""

    id: str
    at: datetime
    way: str
    what: str
    status: str
    ok: bool
    took_ms: float
    request: object = field(repr=False)
    answer: object = field(repr=False)

    @property
    def sent(self) -> str:
        """Return the request's body as readable text."""
        return _text(self.request)

    @property
    def answered(self) -> str:
        """Return the answer's body as readable text."""
        return _text(self.answer)


def traffic(slack: PretendSlack, kore: PretendKore) -> list[Exchange]:
    """Return the latest exchanges, the newest first."""
    every = [
        *(_delivered(each) for each in _latest(slack.deliveries)),
        *(_called(each) for each in _latest(slack.calls)),
        *(_asked(each) for each in _latest(kore.requests)),
    ]
    return sorted(every, key=lambda each: each.at, reverse=True)[:LATEST]


def _latest(journal: deque[T]) -> Iterator[T]:
    return islice(reversed(journal), LATEST)


def _delivered(each: Delivery) -> Exchange:
    return Exchange(
        id=f"to-bot-{each.at.timestamp()}",
        at=each.at,
        way="Slack → bot",
        what=each.name,
        status=each.error or "acknowledged",
        ok=each.error is None,
        took_ms=each.ack_ms,
        request=each.packet.payload,
        answer=each.answer,
    )


def _called(each: Call) -> Exchange:
    return Exchange(
        id=f"to-slack-{each.at.timestamp()}",
        at=each.at,
        way="bot → Slack",
        what=each.method,
        status="ok" if each.ok else str(each.answer.get("error", "failed")),
        ok=each.ok,
        took_ms=each.took_ms,
        request=each.arguments,
        answer=each.answer,
    )


def _asked(each: RequestRecord) -> Exchange:
    return Exchange(
        id=f"to-kore-{each.time.timestamp()}",
        at=each.time,
        way="bot → Kore.ai",
        what=f"{each.method} {each.operation or each.path}",
        status=str(each.status or "connection dropped"),
        ok=each.status is not None and each.status < HTTPStatus.BAD_REQUEST,
        took_ms=each.milliseconds,
        request={"path": each.path, "query": each.query, "body": each.body},
        answer=each.answer,
    )


def _text(body: object) -> str:
    """Return a body as readable text, shortened if it is very long."""
    if body is None or body == "":
        return "nothing"
    text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
    return text if len(text) <= TEXT_MAX else f"{text[:TEXT_MAX]} …"
