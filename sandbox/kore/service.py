"""The pretend Kore.ai as a whole: its settings, and the way of a request through it."""

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
from sandbox.kore.faults import FaultKind, FaultPlan, When, hold, struck
from sandbox.kore.operations import OPERATIONS
from sandbox.kore.rate import RollingMinute
from sandbox.kore.records import KEPT, RequestRecord, without_token
from sandbox.kore.refusals import Refused, invalid, rate_limited
from sandbox.kore.routes import ROWS, Choice, Form, Row


class PretendKore(Account):
    """A strict stand-in for Kore.ai's campaign API, for one account and one application.

    Attributes:
        app: the ASGI app to serve.
        faults: what is to go wrong.
        requests: the last thousand requests, oldest first.
        paths: which of the path forms that contradict each other exist.
        rate_limit: requests in any 60 seconds, or None for no limit.
        retry_after: whether the answer to one too many has a Retry-After header.
        latency_seconds: how long every answer takes.
        on_call: what else happens in the account just before a request is carried out.
    """

    def __init__(
        self, *, clock: Clock, stream_id: str, account_id: str, client_id: str, client_secret: str
    ) -> None:
        super().__init__(clock)
        self.faults = FaultPlan()
        self.requests: deque[RequestRecord] = deque(maxlen=KEPT)
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
        """Do what is asked, with whatever fault is planned for it."""
        await asyncio.sleep(self.latency_seconds)
        before = self.faults.take(call.operation, When.BEFORE)
        if before is not None and before.kind is not FaultKind.HANG:
            return struck(before, None)
        if before is not None:
            await hold(before, receive)
        return await self._lose(call, receive, self._carry_out(call))

    async def _lose(self, call: Call, receive: Receive, done: Response) -> Response:
        after = self.faults.take(call.operation, When.AFTER)
        if after is None:
            return done
        if after.kind is not FaultKind.HANG:
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
        """None, or the seconds until the rate limit lets a request through."""
        if self.rate_limit is None:
            return None
        wait = self._minute.wait(self.rate_limit, self.clock.now())
        return None if wait is None else math.ceil(wait.total_seconds())


class Door:
    """Where requests to one row's path come in; without a row, to any other path."""

    def __init__(self, kore: PretendKore, row: Row | None) -> None:
        self._kore = kore
        self._row = row

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and keep a record of it."""
        request = Request(scope, receive)
        arrived, began = self._kore.clock.now(), time.monotonic()
        body = _parsed(await request.body())
        call = self._call(request, body)
        if call is None:
            response = self._astray(request)
        else:
            response = await self._kore.respond(call, receive)
        operation = None if call is None else call.operation
        took = timedelta(seconds=time.monotonic() - began)
        record = _record(operation, request, body, response, arrived=arrived, took=took)
        self._kore.requests.append(record)
        await response(scope, receive, send)

    def _call(self, request: Request, body: object) -> Call | None:
        """The call that the request makes, if its path and query lead to an operation."""
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

    def _astray(self, request: Request) -> Response:
        row = self._routed_row()
        if row is not None and isinstance(row.leads_to, Choice):
            return invalid(row.leads_to.rule).response()
        return _unknown_route(request)

    def _routed_row(self) -> Row | None:
        if self._row is None or not self._row.exists(self._kore.paths):
            return None
        return self._row


def _nothing(_: Call) -> None:
    """Nothing else happens."""


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
    """The JSON of a body, None for no body, or the text of one that is not JSON."""
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return body.decode(errors="replace")


def _unknown_route(request: Request) -> Response:
    """What Express answers for a path it does not know: a sentence that is called HTML."""
    sentence = escape(f"Cannot {request.method} {request.url.path}")
    return HTMLResponse(f"{sentence}\n", HTTPStatus.NOT_FOUND)


def _router(kore: PretendKore) -> Router:
    # A bare Router hands `send` on as uvicorn gave it, which dropping a connection needs.
    return Router(
        [
            *control_routes(kore, kore.faults, kore.requests),
            *(Route(row.path, Door(kore, row), methods=[row.method]) for row in ROWS),
            Route("/{path:path}", Door(kore, None)),
        ],
        redirect_slashes=False,
    )
