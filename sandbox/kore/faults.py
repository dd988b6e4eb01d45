"""Things that go wrong on purpose, to see what the bot makes of them."""

import asyncio
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
    """What the caller gets in place of the answer, or with a hang, late."""

    RESET = "reset"
    HANG = "hang"
    RATE_LIMIT_429 = "rate_limit_429"
    RATE_LIMIT_SENTENCE = "rate_limit_sentence"
    SERVER_ERROR_500 = "server_error_500"
    HTML = "html"
    TRUNCATED = "truncated"
    FAILURE_200 = "failure_200"
    UNEXPECTED_200 = "unexpected_200"
    UNAUTHORIZED_401 = "unauthorized_401"
    CANNED = "canned"


class When(StrEnum):
    """Whether the work is left undone, or done and the answer lost."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that is planned.

    Attributes:
        operation: what it strikes; `*` is every operation.
        times: how often it still strikes, or None until it is called off.
        seconds: a hang's length, or a 429's Retry-After.
        canned: what a canned answer is.
    """

    operation: str
    kind: FaultKind
    when: When
    times: int | None
    seconds: float | None
    canned: Canned | None = None


class FaultPlan:
    """The faults still to come; of several that fit, the one added first strikes."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    @property
    def planned(self) -> tuple[Fault, ...]:
        """The faults still to come, the one added first at the front."""
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
        """Plan a fault for an operation, or for `*`; with `times` None, until it is called off.

        Raises:
            ValueError: no such operation, kind or moment; or a hang without its length.
        """
        if kind == FaultKind.HANG and seconds is None:
            raise ValueError("a hang needs its seconds")
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
        """Plan an answer that is sent as it stands, for an operation or for `*`.

        Raises:
            ValueError: no such operation or moment.
        """
        self._faults.append(
            Fault(_operation(operation), FaultKind.CANNED, When(when), times, None, canned)
        )

    def call_off(self, operation: str, kind: str, *, when: str = When.BEFORE) -> None:
        """Call off what was planned with `add` of the same."""
        off = (operation, kind, when)
        self._faults = [
            each for each in self._faults if (each.operation, each.kind, each.when) != off
        ]

    def clear(self) -> None:
        """Call the rest of the plan off."""
        self._faults.clear()

    def take(self, operation: Operation, when: When) -> Fault | None:
        """The fault that strikes now, if any; it is used up by one."""
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
    """Wait out a hang, or until the caller has given up."""
    try:
        async with asyncio.timeout(fault.seconds):
            await gone(receive)
    except TimeoutError:
        return


def struck(fault: Fault, done: Response | None) -> Response:
    """What the caller gets in place of the answer `done`, which is None if nothing was done."""
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
