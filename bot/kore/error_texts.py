"""Extracts the server's message from error bodies and masks sensitive data."""

import re
from collections.abc import Iterator

LONGEST = 500

_DATE = r"(?<!\d)\d{4}-[01]\d-[0-3]\d(?!\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?"
_PHONE_NUMBER = r"\+?\d(?:[\s().-]{0,2}\d){6,}"
_JWT = r"eyJ[\w-]+(?:\.[\w-]*)*"
_TO_MASK = re.compile(f"(?P<date>{_DATE})|{_JWT}|{_PHONE_NUMBER}")
_MASK = "***"


def server_text(body: object, text: str = "") -> str:
    """Return an error body's message, masked, or "". `body` is the parsed JSON, `text` the raw
    body.

    Search in order `errors[].msg`, `errors[].message`, `message`, `error.message`, `error`,
    `reason` and, if the body is not JSON, the text itself unless it is HTML.
    """
    if body is None:
        return "" if text.lstrip().startswith("<") else masked(text)
    return masked(next(_words(body), ""))


def error_code(body: object) -> int | str | None:
    """Return the `code` of an error body, which is not always an HTTP status, or None."""
    for place in _places(body):
        code = place.get("code")
        if isinstance(code, int | str) and not isinstance(code, bool):
            return int(code) if re.fullmatch("[0-9]{1,9}", str(code)) else code
    return None


def masked(text: str) -> str:
    """Return the text on one line of at most 500 characters, without phone numbers and tokens."""
    safe = _TO_MASK.sub(lambda found: found["date"] or _MASK, text[: 2 * LONGEST])
    return " ".join(safe.split())[:LONGEST]


def _words(body: object) -> Iterator[str]:
    """Yield every message of an error body, the most specific first."""
    for place in _places(body):
        for key in ("msg", "message", "error", "reason"):
            words = place.get(key)
            if isinstance(words, str) and words.strip():
                yield words
    if isinstance(body, str):
        yield body


def _places(body: object) -> Iterator[dict[str, object]]:
    """Yield the objects of an error body that may contain a message and a code."""
    if not isinstance(body, dict):
        return
    errors = body.get("errors")
    for place in errors if isinstance(errors, list) else ():
        if isinstance(place, dict):
            yield place
    yield body
    if isinstance(body.get("error"), dict):
        yield body["error"]
