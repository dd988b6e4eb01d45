"""Failures that a test or a visitor orders: of calls, and of deliveries to the bot."""

from dataclasses import dataclass

from sandbox.canned import Canned

DELIVERY = "delivery"
"""Named in place of a method, for what Slack brings to the bot."""


CANNED = "canned"


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """One failure to come; see `FaultPlan.add`. `canned` is there for the kind of that name."""

    kind: str
    seconds: float
    carried_out: bool
    canned: Canned | None = None


@dataclass(slots=True, eq=False)
class FaultOrder:
    """A fault and the method it is planned for; `left` counts down, None until called off."""

    method: str
    fault: PlannedFault
    left: int | None


class FaultPlan:
    """Which of the next calls and deliveries fail, and how."""

    def __init__(self) -> None:
        self._orders: list[FaultOrder] = []

    @property
    def orders(self) -> tuple[FaultOrder, ...]:
        """What is planned, in the order in which it was ordered."""
        return tuple(self._orders)

    def add(
        self,
        method: str,
        kind: str | Canned,
        times: int | None = 1,
        *,
        seconds: float = 1,
        carried_out: bool = False,
    ) -> None:
        """Let the next calls of a method, or the next deliveries, fail.

        Args:
            method: as in the Web API, such as "chat.postMessage"; or "response_url", or `DELIVERY`.
            kind: "ratelimited" (HTTP 429), "http_500", "reset" (the connection is dropped), "hang"
                (answers late, if the bot still waits), any error of the Web API, such as
                "fatal_error", or an answer to give. Of a delivery, the word that the person gets:
                "dispatch_failed" at once, "operation_timeout" after Slack's three seconds.
            times: how many fail; None until they are called off.
            seconds: the Retry-After of "ratelimited", the length of "hang".
            carried_out: whether the call takes effect all the same, so that only its answer fails.
                A delivery then reaches the bot after the person was told that it failed.
        """
        named, canned = (CANNED, kind) if isinstance(kind, Canned) else (kind, None)
        fault = PlannedFault(named, seconds, carried_out, canned)
        self._orders.append(FaultOrder(method, fault, times))

    def take(self, method: str) -> PlannedFault | None:
        """The fault planned for the call now made, the oldest first."""
        order = next((each for each in self._orders if each.method == method), None)
        if order is None:
            return None
        if order.left is not None:
            order.left -= 1
        if order.left == 0:
            self._orders.remove(order)
        return order.fault

    def call_off(self, method: str, kind: str) -> None:
        """Let a method fail no more in this way."""
        self._orders = [
            each for each in self._orders if (each.method, each.fault.kind) != (method, kind)
        ]

    def clear(self) -> None:
        """Let nothing fail any more."""
        self._orders.clear()
