"""Reads the bodies of Slack's requests: JSON and form fields, with only text that can be stored."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from blocks.state import MalformedRequest

# More than any request from Slack has.
FIELDS_MAX = 100
# Characters that neither database stores, as written in JSON: NUL and half a surrogate pair.
_UNKEPT = re.compile(r"\x00|\\u0000|[\ud800-\udfff]|\\u[dD][89a-fA-F]")
_NUL = "\x00"
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A request as Socket Mode wraps it: docs.slack.dev/apis/events-api/using-socket-mode.

    `type` is "slash_commands", "interactive" or "events_api". HTTP requests are wrapped alike.
    """

    type: str
    payload: object


def read_json(text: str) -> object:
    """Parse a JSON text; clear its texts of NUL and half surrogate pairs.

    Raises:
        MalformedRequest: it is not JSON, or is nested too deeply. NaN is read as Python reads it: a
            number, which Slack does not have.
    """
    try:
        value = json.loads(text)
        return _kept(value) if _UNKEPT.search(text) else value
    except (ValueError, RecursionError):
        raise MalformedRequest("body") from None


def read_http(body: bytes, content_type: str) -> Envelope:
    """Read the request in an HTTP body, by its media type.

    Source: docs.slack.dev/interactivity/handling-user-interaction, docs.slack.dev/apis/events-api.

    Raises:
        MalformedRequest: it is neither JSON nor form fields, or Slack sends none like it.
    """
    text = body.decode()
    match content_type.partition(";")[0].strip().lower():
        case "application/json":
            return Envelope("events_api", read_json(text))
        case "application/x-www-form-urlencoded":
            fields = _fields(text)
            if "payload" in fields:
                return Envelope("interactive", read_json(fields["payload"]))
            return Envelope("slash_commands", fields)
        case _:
            raise MalformedRequest("content-type")


def _fields(text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=FIELDS_MAX,
        )
    except ValueError:
        raise MalformedRequest("body") from None
    fields = {name: _kept_text(value) for name, value in pairs}
    if not fields or len(fields) != len(pairs):
        raise MalformedRequest("body")
    return fields


def _kept(value: object) -> object:
    match value:
        case str():
            return _kept_text(value)
        case list():
            return [_kept(each) for each in value]
        case dict():
            return {_kept_text(key): _kept(each) for key, each in value.items()}
        case _:
            return value


def _kept_text(text: str) -> str:
    return _HALF_PAIR.sub(_REPLACEMENT, text.replace(_NUL, ""))
