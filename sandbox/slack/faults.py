"""Failures that a test or a visitor plans: of the bot's calls and of deliveries to it."""

from dataclasses import dataclass

from sandbox.canned import Canned

DELIVERY = "delivery"
"""Used instead of a method name, for deliveries from Slack to the bot."""


CANNED = "canned"


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """One planned failure; see `FaultPlan.add`. Only the kind `CANNED` has `canned`."""

    kind: str
    seconds: float
    carried_out: bool
    canned: Canned | None = None


@dataclass(slots=True, eq=False)
class FaultOrder:
    """A fault and its method; `left` is how many more calls fail, None until it is canceled."""

    method: str
    fault: PlannedFault
    left: int | None


class FaultPlan:
    """The plan of which calls and deliveries fail, and how."""

    def __init__(self) -> None:
        self._orders: list[FaultOrder] = []

    @property
    def orders(self) -> tuple[FaultOrder, ...]:
        """Return the planned faults, the first one added first."""
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
        """Make the next calls of a method, or the next deliveries, fail.

        Args:
            method: as in the Web API, such as "chat.postMessage"; or "response_url", or `DELIVERY`.
            kind: "ratelimited" (HTTP 429), "http_500", "reset" (the connection is dropped), "hang"
                (the answer is late, if the bot still waits), any error of the Web API, such as
                "fatal_error", or a canned answer. For a delivery, the error that the person sees:
                "dispatch_failed" at once, "operation_timeout" after Slack's three seconds.
            times: how many fail; None until they are canceled.
            seconds: the Retry-After of "ratelimited", the length of "hang".
            carried_out: whether the call still takes effect, so that only its answer fails. A
                delivery then reaches the bot after the person sees that it failed.
        """
        named, canned = (CANNED, kind) if isinstance(kind, Canned) else (kind, None)
        fault = PlannedFault(named, seconds, carried_out, canned)
        self._orders.append(FaultOrder(method, fault, times))

    def take(self, method: str) -> PlannedFault | None:
        """Return the oldest fault planned for a call of this method, if any, and count it."""
        order = next((each for each in self._orders if each.method == method), None)
        if order is None:
            return None
        if order.left is not None:
            order.left -= 1
        if order.left == 0:
            self._orders.remove(order)
        return order.fault

    def call_off(self, method: str, kind: str) -> None:
        """Cancel the faults of this kind for a method."""
        self._orders = [
            each for each in self._orders if (each.method, each.fault.kind) != (method, kind)
        ]

    def clear(self) -> None:
        """Cancel all planned faults."""
        self._orders.clear()
