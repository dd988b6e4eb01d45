"""Decides whether an HTTP response is a success, and otherwise which error it is."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from bot.kore.endpoints import Operation
from bot.kore.error_texts import error_code, server_text
from bot.kore.errors import (
    BadCredentials,
    InvalidResponse,
    KoreError,
    NotAllowed,
    NotFound,
    RateLimited,
    Refused,
    ServerFault,
    UnknownRoute,
)

# The status and list pages name the first two; the third appears in per-item failures.
FAILURE_WORDS = frozenset({"failure", "error", "failed"})
# "Invalid SDK credentials" in reports on community.kore.ai; no HTTP status.
INVALID_CREDENTIALS = 4002
LONGEST_WAIT_SECONDS = 86_400.0


def read_response(
    operation: Operation, status: int, headers: Mapping[str, str], content: bytes
) -> dict[str, Any]:
    """Return the JSON object of a successful response.

    Raises:
        KoreError: the response is not a success; the class is the reason.
    """
    body = _parsed(content)
    if _succeeded(status) and isinstance(body, dict) and not _reports_failure(body):
        return body
    sentence = server_text(body, content.decode("utf-8", errors="replace"))
    code = error_code(body)
    reason = _reason(status, code, body, sentence)
    error = reason(operation, sentence=sentence, http_status=status, code=code)
    if isinstance(error, RateLimited):
        error.retry_after = seconds_to_wait(headers)
    raise error


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return the wait in Retry-After, given as seconds or a date; None if missing or unreadable.

    Limit the wait to one day.
    """
    says = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", says):
        return min(float(says), LONGEST_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(says).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(0.0, seconds), LONGEST_WAIT_SECONDS)


def _succeeded(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _parsed(content: bytes) -> object:
    """Return the parsed JSON; None if the content is not JSON in UTF-8."""
    try:
        return _replace_surrogates(json.loads(content), content)
    except (ValueError, RecursionError):
        return None


def _replace_surrogates(body: object, content: bytes) -> object:
    """Replace each unpaired surrogate with a question mark.

    JSON escapes can contain one, but neither Slack nor a database accepts it.
    """
    if b"\\u" not in content:
        return body
    return json.loads(json.dumps(body, ensure_ascii=False).encode(errors="replace"))


def _reports_failure(body: dict[str, Any]) -> bool:
    """Return whether an object with a success status reports a failure."""
    says = body.get("status")
    if isinstance(says, str):
        return says.lower() in FAILURE_WORDS
    return bool(body.get("errors") or body.get("error")) or _is_rate_limit(server_text(body))


def _is_rate_limit(sentence: str) -> bool:
    """Kore.ai documents a message but no HTTP status: apis/contact-center/rate-limit-ccai."""
    return "rate limit" in sentence.lower()


def _reason(status: int, code: int | str | None, body: object, sentence: str) -> type[KoreError]:
    if HTTPStatus.TOO_MANY_REQUESTS in {status, code} or _is_rate_limit(sentence):
        return RateLimited
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerFault
    if status < HTTPStatus.BAD_REQUEST and not (_succeeded(status) and isinstance(body, dict)):
        return InvalidResponse
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED} and body is None:
        return UnknownRoute
    return _refusal({status, code}, sentence)


def _refusal(signs: set[int | str | None], sentence: str) -> type[KoreError]:
    """Return the refusal for the HTTP status and the body's code."""
    unauthorized = HTTPStatus.UNAUTHORIZED in signs
    if HTTPStatus.FORBIDDEN in signs or (unauthorized and "scope" in sentence.lower()):
        return NotAllowed
    if unauthorized or INVALID_CREDENTIALS in signs:
        return BadCredentials
    return NotFound if HTTPStatus.NOT_FOUND in signs else Refused
