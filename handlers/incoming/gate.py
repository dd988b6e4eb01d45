"""The gate: it types every request from Slack, hands it to Bolt, and answers it.

Bolt gets only what was read here, so no odd value can fail in it. If a handler raises an error,
Bolt hands it back, and the gate chooses the words for it, for every kind of request.
"""

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from uuid import uuid4

import structlog
from pydantic import TypeAdapter, ValidationError
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from blocks.not_done import DATABASE_CLOSED, MALFORMED, NotDone, failed
from blocks.state import MalformedRequest
from bot.background import BackgroundTasks
from bot.records import DatabaseFault
from bot.slack import SlackClient, SlackError
from handlers.incoming.answered import Answered
from handlers.incoming.bodies import Envelope
from handlers.incoming.reading import kind_of, read
from handlers.payloads import Closed, Press, Query, Request, ResponseUrl, SlashCommand, Submit
from handlers.services import Services

log = structlog.get_logger()

_RESPONSE_URL: TypeAdapter[str] = TypeAdapter(ResponseUrl)
_FAULT = "fault"
# Keeps Slack from sending an event again: docs.slack.dev/apis/events-api.
NO_RETRY = {"x-slack-no-retry": "1"}


def _ok(body: str | dict[str, object] = "") -> BoltResponse:
    return BoltResponse(status=HTTPStatus.OK, body=body)


_FAILED = BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
# The answers that report an error, for the kinds of requests that have an answer of their own.
_IN_ANSWER: dict[str, Callable[[NotDone], BoltResponse]] = {
    SlashCommand.kind: lambda said: _ok(said.message().payload()),
    Submit.kind: lambda said: _ok({"response_action": "push", "view": said.view().to_dict()}),
    Query.kind: lambda _: _ok({"options": []}),
    Closed.kind: lambda _: _ok(),
}


class Gate:
    """Answers Slack's requests, which the caller has verified; refuses them until it is opened."""

    def __init__(self, slack: SlackClient, tasks: BackgroundTasks) -> None:
        self._slack, self._tasks, self._answered = slack, tasks, Answered()
        self._behind: tuple[AsyncApp, Services] | None = None

    def open(self, app: AsyncApp, services: Services) -> None:
        """Answer with the listeners of `app` from now on."""
        app.error(_note)
        self._behind = app, services

    async def answer(self, envelope: Envelope) -> BoltResponse:
        """Answer a request; one that Slack sends again gets the same answer."""
        kind = kind_of(envelope)
        if self._behind is None:
            log.warning("request.refused", kind=kind, fault="the bot is starting")
            payload, said = envelope.payload, DATABASE_CLOSED
            return self._told(kind, payload, said) or self._told_in_modal(payload, said) or _FAILED
        try:
            sent = read(kind, envelope.payload)
        except MalformedRequest as fault:
            said = _explained(kind, fault)
            return self._told(kind, envelope.payload, said) or _untold(fault)
        dispatched = partial(self._dispatched, sent, *self._behind)
        if sent.key is None:
            return await dispatched()
        return await self._answered.once((kind, sent.key), dispatched)

    async def _dispatched(self, sent: Request, app: AsyncApp, services: Services) -> BoltResponse:
        request = AsyncBoltRequest(mode="socket_mode", body=sent.routing(), context={"sent": sent})
        answer = await app.async_dispatch(request)
        fault: Exception | None = request.context.get(_FAULT)
        if fault is None:
            return answer
        said = _explained(sent.kind, fault)
        if isinstance(sent, Press):
            services.answer(sent, said.message())
            return _ok()
        return _IN_ANSWER[sent.kind](said) if sent.kind in _IN_ANSWER else _untold(fault)

    def _told(self, kind: str, payload: object, said: NotDone) -> BoltResponse | None:
        """Answer a request that no listener gets; return None if nobody can be told."""
        if kind in _IN_ANSWER:
            return _IN_ANSWER[kind](said)
        url = _response_url(payload)
        if url is None:
            return None
        self._tasks.start(self._respond(url, said))
        return _ok()

    def _told_in_modal(self, payload: object, said: NotDone) -> BoltResponse | None:
        """Answer a button in a modal, which has no response_url; return None if it is none."""
        trigger = _modal_trigger(payload)
        if trigger is None:
            return None
        self._tasks.start(self._push(trigger, said))
        return _ok()

    async def _push(self, trigger: str, said: NotDone) -> None:
        """Show the words on top of the modal with the pressed button."""
        try:
            await self._slack.push_view(trigger, said.view())
        except SlackError as error:
            log.warning("answer.not_sent", reason=error.reason)

    async def _respond(self, url: str, said: NotDone) -> None:
        to_one_person = {"response_type": "ephemeral", "replace_original": False}
        try:
            await self._slack.respond(url, said.message().payload() | to_one_person)
        except SlackError as error:
            log.warning("answer.not_sent", reason=error.reason)


async def _note(error: Exception, context: AsyncBoltContext) -> None:
    """Keep a listener's error for the gate; Bolt would answer it with a bare HTTP 500."""
    context[_FAULT] = error


def _modal_trigger(payload: object) -> str | None:
    """Return what a button in a modal gives to show another one; None for all other requests."""
    if not (isinstance(payload, dict) and isinstance(payload.get("view"), dict)):
        return None
    is_modal, trigger = payload["view"].get("type") == "modal", payload.get("trigger_id")
    return trigger if is_modal and isinstance(trigger, str) else None


def _response_url(payload: object) -> str | None:
    found = payload.get("response_url") if isinstance(payload, dict) else None
    try:
        return _RESPONSE_URL.validate_python(found)
    except ValidationError:
        return None


def _explained(kind: str, fault: Exception) -> NotDone:
    """Return what to say about an error, and log where it is."""
    match fault:
        case MalformedRequest():
            log.warning("request.malformed", kind=kind, place=fault.place)
            return MALFORMED
        case DatabaseFault():
            log.error("request.refused", kind=kind, fault=str(fault))
            return DATABASE_CLOSED
        case _:
            reference = uuid4().hex[:8]
            log.error("request.failed", kind=kind, reference=reference, exc_info=fault)
            return failed(reference)


def _untold(fault: Exception) -> BoltResponse:
    """Answer without words, for HTTP only: Slack resends a failed request, not a malformed one."""
    if isinstance(fault, MalformedRequest):
        headers: dict[str, str | Sequence[str]] = {**NO_RETRY}
        return BoltResponse(status=HTTPStatus.BAD_REQUEST, body="Bad Request", headers=headers)
    return _FAILED
