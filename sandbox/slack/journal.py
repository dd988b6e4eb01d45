"""What happened between Slack and the bot, for tests and for whoever looks on."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from sandbox.slack.shapes import JsonObject

KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API or of a response_url; tokens are left out.

    `answer` is what became of it; where a planned fault kept that from the bot, `ok` is false all
    the same. `took_ms` counts until the answer went out.
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

    `kind` is the type of its Socket Mode envelope, `name` the command or the type of the
    interaction or event, `retry` how many times it was sent before.
    """

    kind: str
    name: str
    payload: JsonObject
    accepts_answer: bool
    retry: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver a packet, and the bot's acknowledgment.

    `ack_ms` is real time, whatever the sandbox's clock is set to. `error` is Slack's word for what
    went wrong, such as "operation_timeout"; `answer` is the body of the acknowledgment: nothing, a
    text or a JSON value.
    """

    at: datetime
    packet: Packet
    ack_ms: float
    error: str | None
    answer: object

    @property
    def name(self) -> str:
        """The command, or the type of the interaction or event."""
        return self.packet.name

    @property
    def status(self) -> str:
        """Either "acknowledged" or "failed"."""
        return "failed" if self.error else "acknowledged"


class Journal:
    """The latest calls and deliveries, and every complaint about the bot."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.complaints: list[str] = []

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(call.method == method for call in self.calls)

    def complain(self, sentence: str) -> None:
        """Record a mistake of the bot."""
        self.complaints.append(sentence)
