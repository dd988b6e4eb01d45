"""Planned failures, to see how the bot handles them."""

import asyncio
import contextlib
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive

from sandbox.canned import Canned
from sandbox.dropped import DroppedConnection, gone
from sandbox.kore.calls import Operation
from sandbox.kore.refusals import Refused, rate_limited, unauthorized

EVERY_OPERATION = "*"
CANNED = b'{"status":"success","message":"Done","data":{}}'


class FaultKind(StrEnum):
    """What the caller gets instead of the answer.

    After `HANG` the answer comes later, or as soon as the caller gives up. After `LATE` the request
    waits its whole time, whether or not somebody still waits for the answer.
    """

    RESET = "reset"
    HANG = "hang"
    LATE = "late"
    RATE_LIMIT_429 = "rate_limit_429"
    RATE_LIMIT_SENTENCE = "rate_limit_sentence"
    SERVER_ERROR_500 = "server_error_500"
    HTML = "html"
    TRUNCATED = "truncated"
    FAILURE_200 = "failure_200"
    UNEXPECTED_200 = "unexpected_200"
    UNAUTHORIZED_401 = "unauthorized_401"
    CANNED = "canned"


HELD = frozenset({FaultKind.HANG, FaultKind.LATE})
"""The kinds that delay a request and then let it be carried out."""


class When(StrEnum):
    """Whether the work is not done, or is done and its answer is lost."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Fault:
    """A planned fault.

    Attributes:
        operation: the operation that fails; `*` is every operation.
        times: how many more times it happens; None until it is canceled.
        seconds: the length of a hang or of a late request, or a 429's Retry-After.
        canned: the answer of the kind `CANNED`.
    """

    operation: str
    kind: FaultKind
    when: When
    times: int | None
    seconds: float | None
    canned: Canned | None = None


class FaultPlan:
    """The faults still to happen; if several match a call, the one added first is used."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    @property
    def planned(self) -> tuple[Fault, ...]:
        """Return the faults still to happen, the one added first at the front."""
        return tuple(self._faults)

    def add(
        self,
        operation: str,
        kind: str,
        *,
        when: str = When.BEFORE,
        times: int | None = 1,
        seconds: float | None = None,
    ) -> None:
        """Plan a fault for an operation, or for `*`; `times` None lasts until it is canceled.

        Raises:
            ValueError: The operation, kind or `when` is unknown, or a delay has no `seconds`.
        """
        if kind in HELD and seconds is None:
            raise ValueError(f"the kind {kind} needs its seconds")
        if kind == FaultKind.CANNED:
            raise ValueError("a canned answer is planned with answer()")
        self._faults.append(
            Fault(_operation(operation), FaultKind(kind), When(when), times, seconds)
        )

    def answer(
        self,
        operation: str,
        canned: Canned,
        *,
        when: str = When.BEFORE,
        times: int | None = 1,
    ) -> None:
        """Plan an answer that is sent unchanged, for an operation or for `*`.

        Raises:
            ValueError: The operation or `when` is unknown.
        """
        self._faults.append(
            Fault(_operation(operation), FaultKind.CANNED, When(when), times, None, canned)
        )

    def call_off(self, operation: str, kind: str, *, when: str = When.BEFORE) -> None:
        """Cancel the faults of this operation, kind and `when`."""
        off = (operation, kind, when)
        self._faults = [
            each for each in self._faults if (each.operation, each.kind, each.when) != off
        ]

    def clear(self) -> None:
        """Cancel all planned faults."""
        self._faults.clear()

    def take(self, operation: Operation, when: When) -> Fault | None:
        """Return the fault for this call, if any, and count one use of it."""
        for place, fault in enumerate(self._faults):
            if fault.when is when and fault.operation in {operation, EVERY_OPERATION}:
                self._use(place, fault)
                return fault
        return None

    def _use(self, place: int, fault: Fault) -> None:
        if fault.times is None:
            return
        left = fault.times - 1
        self._faults[place : place + 1] = [replace(fault, times=left)] if left > 0 else []


def _operation(name: str) -> str:
    return name if name == EVERY_OPERATION else Operation(name)


async def hold(fault: Fault, receive: Receive) -> None:
    """Wait until a delay is over; a hang also ends when the caller gives up."""
    if fault.kind is FaultKind.LATE and fault.seconds is not None:
        await asyncio.sleep(fault.seconds)
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(fault.seconds):
            await gone(receive)


def struck(fault: Fault, done: Response | None) -> Response:
    """Return the answer that replaces `done`, which is None if the work was not done."""
    if fault.kind is FaultKind.TRUNCATED:
        body = CANNED if done is None else bytes(done.body)
        return Response(body[: len(body) // 2], media_type="application/json")
    if fault.canned is not None:
        return fault.canned.response()
    if fault.kind is FaultKind.RATE_LIMIT_429 and fault.seconds is not None:
        return rate_limited().response({"Retry-After": f"{math.ceil(fault.seconds)}"})
    return ANSWERS[fault.kind]()


def _server_error() -> Response:
    messages = ["Internal server error"]
    return Refused(HTTPStatus.INTERNAL_SERVER_ERROR, messages).response()


def _bad_gateway() -> Response:
    page = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
    return HTMLResponse(page, HTTPStatus.BAD_GATEWAY)


ANSWERS: dict[FaultKind, Callable[[], Response]] = {
    FaultKind.RESET: DroppedConnection,
    FaultKind.RATE_LIMIT_429: lambda: rate_limited().response(),
    FaultKind.RATE_LIMIT_SENTENCE: lambda: rate_limited(HTTPStatus.BAD_REQUEST).response(),
    FaultKind.SERVER_ERROR_500: _server_error,
    FaultKind.HTML: _bad_gateway,
    FaultKind.FAILURE_200: lambda: JSONResponse(
        {"status": "failure", "message": "Something went wrong"}
    ),
    FaultKind.UNEXPECTED_200: lambda: JSONResponse([]),
    FaultKind.UNAUTHORIZED_401: lambda: unauthorized("Unauthorized").response(),
}
