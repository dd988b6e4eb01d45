"""The pretend Kore.ai: its settings, and how it handles a request."""

import asyncio
import json
import math
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.clock import Clock
from sandbox.dropped import DroppedConnection
from sandbox.kore.account import Account
from sandbox.kore.auth import Gate
from sandbox.kore.calls import Call, Operation
from sandbox.kore.control import control_routes
from sandbox.kore.faults import HELD, FaultPlan, When, hold, struck
from sandbox.kore.operations import OPERATIONS
from sandbox.kore.rate import CallCount, RollingMinute
from sandbox.kore.records import KEPT, RequestRecord, without_token
from sandbox.kore.refusals import Refused, invalid, rate_limited
from sandbox.kore.routes import ROWS, Choice, Form, Row


class PretendKore(Account):
    """A strict stand-in for Kore.ai's campaign API, for one account and one application.

    Attributes:
        app: the ASGI app to serve.
        faults: the planned faults.
        requests: the last thousand requests, oldest first.
        calls: how many requests arrived.
        paths: which of the contradictory path forms exist (see `routes`).
        rate_limit: requests in any 60 seconds, or None for no limit.
        retry_after: whether rate limit answers have a Retry-After header.
        latency_seconds: how long every answer takes.
        on_call: called just before a request is carried out, for example to change the account.
    """

    def __init__(
        self, *, clock: Clock, stream_id: str, account_id: str, client_id: str, client_secret: str
    ) -> None:
        super().__init__(clock)
        self.faults = FaultPlan()
        self.requests: deque[RequestRecord] = deque(maxlen=KEPT)
        self.calls = CallCount()
        self.paths: Form = "both"
        self.rate_limit: int | None = 60
        self.retry_after = False
        self.latency_seconds = 0.0
        self.on_call: Callable[[Call], None] = _nothing
        self._minute = RollingMinute()
        self._gate = Gate(
            stream_id=stream_id,
            account_id=account_id,
            client_id=client_id,
            client_secret=client_secret,
        )
        self.app: ASGIApp = _router(self)

    async def respond(self, call: Call, receive: Receive) -> Response:
        """Carry out a call, with the fault that is planned for it."""
        await asyncio.sleep(self.latency_seconds)
        before = self.faults.take(call.operation, When.BEFORE)
        if before is not None and before.kind not in HELD:
            return struck(before, None)
        if before is not None:
            await hold(before, receive)
        return await self._apply_late_fault(call, receive, self._carry_out(call))

    async def _apply_late_fault(self, call: Call, receive: Receive, done: Response) -> Response:
        after = self.faults.take(call.operation, When.AFTER)
        if after is None:
            return done
        if after.kind not in HELD:
            return struck(after, done)
        await hold(after, receive)
        return done

    def _carry_out(self, call: Call) -> Response:
        wait = self._wait()
        if wait is not None:
            headers = {"Retry-After": f"{wait}"} if self.retry_after else None
            return rate_limited().response(headers)
        try:
            self._gate.check(call)
            self.on_call(call)
            return JSONResponse(OPERATIONS[call.operation](self, call))
        except Refused as refused:
            return refused.response()

    def _wait(self) -> int | None:
        """Return the seconds until the rate limit allows a request, or None if it does now."""
        if self.rate_limit is None:
            return None
        wait = self._minute.wait(self.rate_limit, self.clock.now())
        return None if wait is None else math.ceil(wait.total_seconds())


class Endpoint:
    """The endpoint for one row's path, or, without a row, for all other paths."""

    def __init__(self, kore: PretendKore, row: Row | None) -> None:
        self._kore = kore
        self._row = row

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer and record a request."""
        request = Request(scope, receive)
        arrived, began = self._kore.clock.now(), time.monotonic()
        self._kore.calls.add(arrived)
        body = _parsed(await request.body())
        call = self._call(request, body)
        if call is None:
            response = self._unrouted(request)
        else:
            response = await self._kore.respond(call, receive)
        operation = None if call is None else call.operation
        took = timedelta(seconds=time.monotonic() - began)
        record = _record(operation, request, body, response, arrived=arrived, took=took)
        self._kore.requests.append(record)
        await response(scope, receive, send)

    def _call(self, request: Request, body: object) -> Call | None:
        """Return the request as a call, or None if path and query match no operation."""
        row = self._routed_row()
        operation = None if row is None else row.operation(request.query_params)
        if row is None or operation is None:
            return None
        return Call(
            operation=operation,
            version=row.version,
            params=request.path_params,
            query=request.query_params,
            headers=request.headers,
            body=body,
        )

    def _unrouted(self, request: Request) -> Response:
        row = self._routed_row()
        if row is not None and isinstance(row.leads_to, Choice):
            return invalid(row.leads_to.rule).response()
        return _unknown_route(request)

    def _routed_row(self) -> Row | None:
        if self._row is None or not self._row.exists(self._kore.paths):
            return None
        return self._row


def _nothing(_: Call) -> None:
    """Do nothing."""


def _record(
    operation: Operation | None,
    request: Request,
    body: object,
    response: Response,
    *,
    arrived: datetime,
    took: timedelta,
) -> RequestRecord:
    dropped = isinstance(response, DroppedConnection)
    return RequestRecord(
        time=arrived,
        operation=operation,
        method=request.method,
        path=request.url.path,
        query=dict(request.query_params),
        headers=without_token(request.headers),
        body=body,
        status=None if dropped else response.status_code,
        answer=None if dropped else _parsed(bytes(response.body)),
        milliseconds=took / timedelta(milliseconds=1),
    )


def _parsed(body: bytes) -> object:
    """Return a body's JSON, its text if it is not JSON, or None if it is empty."""
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return body.decode(errors="replace")


def _unknown_route(request: Request) -> Response:
    """Return Express's answer to an unknown path: plain text labeled as HTML."""
    sentence = escape(f"Cannot {request.method} {request.url.path}")
    return HTMLResponse(f"{sentence}\n", HTTPStatus.NOT_FOUND)


def _router(kore: PretendKore) -> Router:
    # A bare Router passes uvicorn's `send` on unchanged, which `DroppedConnection` needs.
    return Router(
        [
            *control_routes(kore, kore.faults, kore.requests),
            *(Route(row.path, Endpoint(kore, row), methods=[row.method]) for row in ROWS),
            Route("/{path:path}", Endpoint(kore, None)),
        ],
        redirect_slashes=False,
    )
