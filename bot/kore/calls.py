"""Sends an operation over a working route, retries it when safe, and validates the response."""

import asyncio
from functools import partial
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError

from bot.kore.answer_models import Answered
from bot.kore.endpoints import ENDPOINTS, Form, Operation
from bot.kore.errors import InvalidResponse, NoAnswer, UnknownRoute
from bot.kore.retries import Pause, repeating
from bot.kore.routes import Routes
from bot.kore.transport import LONGEST_CALL_SECONDS, Json, Request, Transport

Model = TypeVar("Model", bound=Answered)


class Caller:
    """Carries out the calls of one client."""

    def __init__(self, transport: Transport, routes: Routes, pause: Pause) -> None:
        """Store the parts; `pause` waits the given seconds between attempts."""
        self._transport = transport
        self._routes = routes
        self._pause = pause

    async def ask(
        self, model: type[Model], operation: Operation, body: Json | None = None, **values: str
    ) -> Model:
        """Carry out an operation and return its response as `model`; `values` fill its URL.

        Raises:
            KoreError: the call failed; the class is the reason.
        """
        answer = await self._in_time(operation, values, body)
        try:
            return model.model_validate(answer)
        except ValidationError:
            # The cause is dropped because it quotes the response.
            raise InvalidResponse(operation) from None

    async def _in_time(
        self, operation: Operation, values: dict[str, str], body: Json | None
    ) -> dict[str, Any]:
        """Limit the time of a call that changes something, which may be looked for afterwards."""
        limit = None if ENDPOINTS[operation].reads else LONGEST_CALL_SECONDS
        try:
            async with asyncio.timeout(limit):
                return await self._by_some_route(operation, values, body)
        except TimeoutError:
            structlog.get_logger().warning("kore.cut_off", operation=operation.value)
            raise NoAnswer(operation) from None

    async def _by_some_route(
        self, operation: Operation, values: dict[str, str], body: Json | None
    ) -> dict[str, Any]:
        """Try the endpoint's forms in turn: an unknown route has carried out nothing."""
        *earlier, last = self._routes.forms(operation)
        for form in earlier:
            try:
                return await self._by(form, operation, values, body)
            except UnknownRoute:
                structlog.get_logger().warning("kore.route_unknown", operation=operation.value)
        answer = await self._by(last, operation, values, body)
        self._routes.remember(operation, last)
        return answer

    async def _by(
        self, form: Form, operation: Operation, values: dict[str, str], body: Json | None
    ) -> dict[str, Any]:
        url = self._routes.url(operation, form, values)
        request = Request(operation, form.method, url, None if form.method == "GET" else body)
        return await repeating(partial(self._transport.send, request), self._pause)
