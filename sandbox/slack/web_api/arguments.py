"""Reads the arguments of a call, in any encoding that Slack accepts."""

import json
from dataclasses import dataclass

from starlette.requests import Request

from sandbox.slack.refusal import Refusal
from sandbox.slack.shapes import JsonObject

JSON_IN_FORMS = frozenset({"view", "blocks", "files", "metadata"})
"""Arguments that are JSON in a form field or query; if they are text, they are always decoded."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call, without the token."""

    given: JsonObject

    def text(self, name: str) -> str:
        """Return an argument as text, or "" if it is missing."""
        value = self.given.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Return a boolean argument; forms send it as a word or a digit."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """Return an argument as a whole number.

        Raises:
            Refusal: It is not a whole number.
        """
        text = self.text(name) or str(default)
        if not text.isdecimal():
            raise Refusal("invalid_arguments")
        return int(text)


async def read(request: Request) -> tuple[Arguments, str]:
    """Return the arguments of a call, and its token, from a form, a query or a JSON body.

    Raises:
        Refusal: Something that should be JSON is not.
    """
    given: JsonObject = {**request.query_params, **await _body(request)}
    token = str(given.pop("token", "")) or bearer(request)
    for name in JSON_IN_FORMS & given.keys():
        if isinstance(given[name], str):
            given[name] = _decoded(given[name])
    return Arguments(given), token


def bearer(request: Request) -> str:
    """Return the token in a request's header, or "" if there is none."""
    return request.headers.get("authorization", "").removeprefix("Bearer").strip()


async def _body(request: Request) -> JsonObject:
    if not request.headers.get("content-type", "").startswith("application/json"):
        return {name: str(value) for name, value in (await request.form()).items()}
    body = _decoded(await request.body())
    if not isinstance(body, dict):
        raise Refusal("invalid_json")
    return {name: value for name, value in body.items() if value is not None}


def _decoded(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise Refusal("invalid_json") from None
