"""What happened between Slack and the bot, for tests and for whoever looks on."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from sandbox.clock import Clock
from sandbox.slack.shapes import JsonObject

KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API or of a response_url; tokens are left out."""

    at: datetime
    method: str
    arguments: JsonObject
    answer: JsonObject


@dataclass(frozen=True, slots=True)
class Packet:
    """What Slack sends to the bot.

    `kind` is the type of its Socket Mode envelope, `name` the command or the type of the
    interaction, `retry` how many times it was sent before.
    """

    kind: str
    name: str
    payload: JsonObject
    accepts_answer: bool
    retry: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver a packet, and the bot's acknowledgment.

    `error` is Slack's word for what went wrong, such as "operation_timeout"; `answer` is the
    body of the acknowledgment: nothing, a text or a JSON value.
    """

    at: datetime
    packet: Packet
    ack_ms: float
    error: str | None
    answer: object

    @property
    def name(self) -> str:
        """The command, or the type of the interaction."""
        return self.packet.name

    @property
    def status(self) -> str:
        """Either "acknowledged" or "failed"."""
        return "failed" if self.error else "acknowledged"


class Journal:
    """The latest calls and deliveries, and every complaint about the bot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self.complaints: list[str] = []

    def called(self, method: str, arguments: JsonObject, answer: JsonObject) -> None:
        """Record a call."""
        self.calls.append(Call(self._clock.now(), method, arguments, answer))

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(call.method == method for call in self.calls)

    def complain(self, sentence: str) -> None:
        """Record a mistake of the bot."""
        self.complaints.append(sentence)
