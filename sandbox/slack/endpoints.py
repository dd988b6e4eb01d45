"""The addresses that the bot calls: the Web API, the response_urls and the WebSockets."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, Router, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.dropped import DroppedConnection
from sandbox.slack.faults import PlannedFault
from sandbox.slack.journal import Call
from sandbox.slack.refusal import MISTAKES, Refusal
from sandbox.slack.shapes import JsonObject, object_of
from sandbox.slack.state import State
from sandbox.slack.web_api import files
from sandbox.slack.web_api.arguments import bearer, read
from sandbox.slack.web_api.methods import call

REFUSED_URL = frozenset({"no_such_url", "used_url", "expired_url"})


def _as_json(answer: JsonObject) -> Response:
    return JSONResponse(answer, 404 if answer.get("error") in REFUSED_URL else 200)


def _of_upload(answer: JsonObject) -> Response:
    """Return what an upload URL answers: HTTP 200, or another status if the upload failed."""
    text = f"OK - {answer['bytes']}" if answer["ok"] else answer["error"]
    return PlainTextResponse(text, 200 if answer["ok"] else 400)


async def _posted_file(request: Request) -> bytes:
    """Return the file that was posted: its bytes, or a part of a form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        parts = [part for part in form.values() if isinstance(part, UploadFile)]
        return b"".join([await part.read() for part in parts])


class Endpoint:
    """An ASGI endpoint that passes uvicorn's `send` on unchanged, as `DroppedConnection` needs."""

    def __init__(self, respond: Callable[[Request], Awaitable[Response]]) -> None:
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)


class Endpoints:
    """The HTTP side of one pretend Slack."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.app: ASGIApp = Router(
            routes=[
                Route("/api/{method}", Endpoint(self._web_api), methods=["GET", "POST"]),
                Route("/response/{key}", Endpoint(self._response_url), methods=["POST"]),
                Route("/upload/v1/{ticket}", Endpoint(self._upload), methods=["POST"]),
                Route("/files-pri/{file}/download/{name}", Endpoint(self._download)),
                WebSocketRoute("/socket/{ticket}", state.sockets.connection),
            ]
        )

    async def _web_api(self, request: Request) -> Response:
        method: str = request.path_params["method"]
        try:
            arguments, token = await read(request)
        except Refusal as refusal:
            self._record(method, {}, refusal.answer)
            return JSONResponse(refusal.answer)
        answer = await self._answer(
            method, arguments.given, lambda: call(self._state, method, arguments, token)
        )
        if token == self._state.credentials.bot_token:
            answer.headers["x-oauth-scopes"] = ",".join(sorted(self._state.scopes))
        return answer

    async def _response_url(self, request: Request) -> Response:
        key: str = request.path_params["key"]
        try:
            body = object_of(json.loads(await request.body()))
        except ValueError:
            body = {}
        return await self._answer("response_url", body, lambda: self._received(key, body))

    async def _upload(self, request: Request) -> Response:
        content, ticket = await _posted_file(request), str(request.path_params["ticket"])
        received = {"bytes": len(content)}
        return await self._answer(
            "upload_url", received, lambda: files.receive(self._state, ticket, content), _of_upload
        )

    async def _download(self, request: Request) -> Response:
        """Send a file to the bot."""
        file_id = str(request.path_params["file"]).rpartition("-")[2]
        token = bearer(request)
        return await self._answer(
            "url_private_download",
            {"file": file_id},
            lambda: files.download(self._state, file_id, token),
            self._of_download,
        )

    def _of_download(self, answer: JsonObject) -> Response:
        """Return the file, or a redirect to a page where people sign in, as Slack does."""
        if answer["ok"] and (file := self._state.files.find(answer["file"])):
            return Response(file.content, media_type=file.mimetype)
        if answer["error"] == "sign_in":
            return RedirectResponse(f"https://{self._state.workspace.domain}.slack.com/", 302)
        return PlainTextResponse(answer["error"], 404)

    def _received(self, key: str, body: JsonObject) -> JsonObject:
        self._state.response_urls.receive(key, body)
        return {"ok": True}

    async def _answer(
        self,
        method: str,
        arguments: JsonObject,
        carry_out: Callable[[], JsonObject],
        show: Callable[[JsonObject], Response] = _as_json,
    ) -> Response:
        """Carry out a call, record it, and show its result, unless a fault is planned."""
        began = time.monotonic()
        fault = self._state.faults.take(method)
        if fault and not fault.carried_out:
            answer: JsonObject = {"ok": False, "error": fault.kind}
        else:
            answer = _outcome(carry_out)
        self._record(method, arguments, answer, took=time.monotonic() - began, fault=fault)
        if fault:
            return await _failure(fault)
        return show(answer)

    def _record(
        self,
        method: str,
        arguments: JsonObject,
        answer: JsonObject,
        *,
        took: float = 0,
        fault: PlannedFault | None = None,
    ) -> None:
        """Record a call; `took` is its time in seconds, without a planned hang."""
        ok = answer["ok"] and fault is None
        took_ms = 1_000 * (took + _delay(fault))
        journal = self._state.journal
        journal.calls.append(
            Call(self._state.clock.now(), method, arguments, answer, ok=ok, took_ms=took_ms)
        )
        if answer.get("error") in MISTAKES:
            journal.complain(f"{method}: {_explained(answer)}")
        self._state.changes.note()


def _outcome(carry_out: Callable[[], JsonObject]) -> JsonObject:
    try:
        return carry_out()
    except Refusal as refusal:
        return refusal.answer


def _explained(answer: JsonObject) -> str:
    messages = answer.get("response_metadata", {}).get("messages", [])
    return " ".join([answer["error"], *messages])


def _delay(fault: PlannedFault | None) -> float:
    """Return how many seconds the answer is delayed by a hang."""
    return fault.seconds if fault and fault.kind == "hang" else 0


async def _failure(fault: PlannedFault) -> Response:
    if fault.canned:
        return fault.canned.response()
    if fault.kind == "reset":
        return DroppedConnection()
    if fault.kind == "ratelimited":
        headers = {"Retry-After": str(max(1, round(fault.seconds)))}
        return JSONResponse({"ok": False, "error": fault.kind}, 429, headers)
    if fault.kind == "http_500":
        return Response("Internal Server Error", 500, media_type="text/html")
    await asyncio.sleep(_delay(fault))
    return JSONResponse({"ok": False, "error": fault.kind})
