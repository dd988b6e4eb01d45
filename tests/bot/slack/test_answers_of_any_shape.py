"""Any answer becomes a value or a `SlackError`, and causes no unsafe repetition."""

from time import monotonic
from types import NoneType

import pytest

from bot.slack import (
    InvalidResponse,
    Method,
    NoAnswer,
    RateLimited,
    Refused,
    ServerFault,
    SlackClient,
    SlackError,
    TooLarge,
    rate_limits,
)
from sandbox.canned import Canned
from sandbox.slack import PretendSlack
from tests.bot.slack.asking import ASKS, CSV, connected

JSON = {"Content-Type": "application/json; charset=utf-8"}
HTML = {"Content-Type": "text/html"}
TEXT = {"Content-Type": "text/plain"}
STATUSES = (200, 400, 404, 500, 502, 503)
# Bodies that Slack never sends, with their headers.
NO_ANSWERS: dict[str, tuple[bytes, dict[str, str]]] = {
    "text": (b"upstream connect error", TEXT),
    "text that begins like JSON": (b'{"ok": tr', TEXT),
    "HTML": (b"<html><body>503</body></html>", HTML),
    "nothing": (b"", JSON),
    "nothing, untyped": (b"", {}),
    "a list": (b'[{"ok": true}]', JSON),
    "a number": (b"7", JSON),
    "null": (b"null", JSON),
    "a string": (b'"ok"', JSON),
    "half a JSON": (b'{"ok": true, "ts": "1', JSON),
    "JSON that is called HTML": (b'{"ok": true, "ts": "1.2"}', HTML),
    "invalid UTF-8": (b'{"ok": true, "ts": "\xff"}', JSON),
    "deep nesting": (b"[" * 100_000, JSON),
}
ATTEMPTS = 3
# Calls whose answer is not a JSON object, with what they return for HTTP 200.
BY_STATUS: dict[Method, type[object]] = {
    Method.RESPONSE_URL: bool,
    Method.UPLOAD: NoneType,
    Method.DOWNLOAD: bytes,
}


async def outcome(
    method: Method, answer: Canned, client: SlackClient, slack: PretendSlack
) -> tuple[type[object], int]:
    """Return the type of the result, and how often the method was called."""
    slack.faults.clear()
    slack.calls.clear()
    slack.faults.add(method.value.name, answer, None)
    try:
        value = await ASKS[method](client, slack)
    except SlackError as error:
        return type(error), slack.count(method.value.name)
    return type(value), slack.count(method.value.name)


def repeats(method: Method) -> int:
    """Return how often a method is called if its outcome is unknown."""
    if method in {Method.OPEN_VIEW, Method.PUSH_VIEW}:
        return 2  # again, as the bot found no open view after the first call
    return ATTEMPTS if method.value.repeatable else 1


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("method", Method, ids=lambda method: method.value.name)
async def test_after_an_invalid_answer_the_outcome_is_unknown(
    method: Method, client: SlackClient, slack: PretendSlack
) -> None:
    wrong = {}
    for name, (body, headers) in NO_ANSWERS.items():
        for status in STATUSES:
            found = await outcome(method, Canned(status, body, headers), client, slack)
            if found != expected(method, status, body):
                wrong[f"{name}, {status}"] = found
    assert wrong == {}


def expected(method: Method, status: int, body: bytes) -> tuple[type[object], int]:
    """Return the type of the result after an invalid answer, and the number of calls."""
    if status >= 500:
        return ServerFault, repeats(method)
    if method not in BY_STATUS:
        return InvalidResponse, repeats(method)
    if method is Method.DOWNLOAD and status == 200 and len(body) > len(CSV):
        return TooLarge, 1
    refused = status != 200 and method is not Method.RESPONSE_URL
    return (Refused if refused else BY_STATUS[method]), 1


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("method", Method, ids=lambda method: method.value.name)
async def test_a_rate_limited_method_is_not_called_before_the_wait_is_over_whatever_the_body(
    method: Method, slack: PretendSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The clock stands still: on a busy machine, a wait of a second may be over between two tries.
    monkeypatch.setattr(rate_limits, "monotonic", lambda: 1_000.0)
    wrong = {}
    waits = ("", "1", "30", "soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT", "1.5", "\u0661")
    for wait in waits:
        for body, headers in NO_ANSWERS.values():
            asked = {"Retry-After": wait.encode().decode("latin-1")} if wait else {}
            async with connected(slack) as client:
                found = await outcome(method, Canned(429, body, headers | asked), client, slack)
            if found != (RateLimited, 1):
                wrong[wait] = found
    assert wrong == {}


async def test_a_rate_limited_call_is_repeated_when_the_wait_is_over(
    client: SlackClient, slack: PretendSlack
) -> None:
    slack.faults.add("chat.postMessage", "ratelimited", seconds=1)
    began = monotonic()
    await ASKS[Method.POST_MESSAGE](client, slack)
    assert slack.count("chat.postMessage") == 2
    assert monotonic() - began >= 1


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("method", Method, ids=lambda method: method.value.name)
async def test_after_a_body_that_cannot_be_unzipped_the_outcome_is_unknown(
    method: Method, client: SlackClient, slack: PretendSlack
) -> None:
    answer = Canned(200, b'{"ok": true}', JSON | {"Content-Encoding": "gzip"})
    kind, calls = await outcome(method, answer, client, slack)
    # For a response_url and an upload, only the status is read.
    by_status = method in BY_STATUS and method is not Method.DOWNLOAD
    assert (kind, calls) == ((BY_STATUS[method], 1) if by_status else (NoAnswer, repeats(method)))


async def test_a_long_wait_is_left_to_the_caller(client: SlackClient, slack: PretendSlack) -> None:
    answer = Canned(429, b"", {"Retry-After": "3600"})
    assert await outcome(Method.POST_MESSAGE, answer, client, slack) == (RateLimited, 1)


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("method", [each for each in Method if each not in BY_STATUS])
async def test_an_unknown_refusal_means_not_done_and_is_not_repeated(
    method: Method, client: SlackClient, slack: PretendSlack
) -> None:
    refused = b'{"ok": false, "error": "a_new_word"}'
    for status in (200, 400, 404):
        answer = Canned(status, refused, JSON)
        assert await outcome(method, answer, client, slack) == (Refused, 1)
    for status in (500, 503):
        answer = Canned(status, refused, JSON)
        assert await outcome(method, answer, client, slack) == (ServerFault, repeats(method))
    for wordless in (b'{"ok": false}', b'{"ok": false, "error": []}', b"{}"):
        answer = Canned(200, wordless, JSON)
        assert await outcome(method, answer, client, slack) == (InvalidResponse, repeats(method))


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    "method",
    [
        *(Method.AUTH_TEST, Method.OPEN_VIEW, Method.PUSH_VIEW, Method.UPDATE_VIEW),
        *(Method.POST_MESSAGE, Method.HISTORY, Method.REPLIES, Method.OPEN_DIRECT),
        *(Method.GROUP_MEMBERS, Method.USER, Method.UPLOAD_URL, Method.FILE, Method.LINK),
    ],
)
async def test_after_an_incomplete_answer_the_outcome_is_unknown(
    method: Method, client: SlackClient, slack: PretendSlack
) -> None:
    for body in (b'{"ok": true}', b'{"ok": true, "view": 5, "channel": [], "ts": {}}'):
        kind, _ = await outcome(method, Canned(200, body, JSON), client, slack)
        assert kind is InvalidResponse


async def test_an_unreadable_message_does_not_hide_the_others(
    client: SlackClient, slack: PretendSlack
) -> None:
    body = b'{"ok": true, "messages": [7, {"ts": null}, {"ts": "1.2", "metadata": []}]}'
    slack.faults.add("conversations.history", Canned(200, body, JSON))
    page = await client.history("C1", oldest=0)
    assert [each.ts for each in page.messages] == ["1.2"]
