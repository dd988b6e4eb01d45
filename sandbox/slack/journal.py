"""A record of what happened between Slack and the bot, for tests and for the page."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from sandbox.slack.shapes import JsonObject

KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API or of a response_url, without its token.

    `answer` is the call's result. If a planned fault withheld it from the bot, `ok` is still false.
    `took_ms` is the time until the answer was sent.
    """

    at: datetime
    method: str
    arguments: JsonObject
    answer: JsonObject
    ok: bool
    took_ms: float


@dataclass(frozen=True, slots=True)
class Packet:
    """What Slack sends to the bot.

    `kind` is the type of its Socket Mode envelope, `name` is the command or the type of the
    interaction or event, `retry` is how many times it was sent before.
    """

    kind: str
    name: str
    payload: JsonObject
    accepts_answer: bool
    retry: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver a packet, and the bot's acknowledgment.

    `ack_ms` is measured in real time, not on the sandbox's clock. `error` is Slack's error code,
    such as "operation_timeout". `answer` is the body of the acknowledgment: None, a text or a JSON
    value.
    """

    at: datetime
    packet: Packet
    ack_ms: float
    error: str | None
    answer: object

    @property
    def name(self) -> str:
        """Return the command, or the type of the interaction or event."""
        return self.packet.name

    @property
    def status(self) -> str:
        """Return "acknowledged" or "failed"."""
        return "failed" if self.error else "acknowledged"


class Journal:
    """The latest calls and deliveries, and all of the bot's mistakes."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.complaints: list[str] = []

    def count(self, method: str) -> int:
        """Return how often a method was called."""
        return sum(call.method == method for call in self.calls)

    def complain(self, sentence: str) -> None:
        """Record a mistake of the bot."""
        self.complaints.append(sentence)
