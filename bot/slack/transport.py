"""Sends a call to Slack's Web API and converts failures to errors by reason.

slack_sdk repeats a call after a dropped connection, even `chat.postMessage`, which Slack may have
carried out. Its retries are therefore off, and `Method` defines which calls may be repeated. It
also fails in five different ways on a response that is not a JSON object, such as a proxy's, so it
only receives JSON objects.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from io import BytesIO
from typing import Any, TypeVar, cast

import aiohttp
import stamina
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.slack.errors import (
    RATE_CODES,
    InvalidResponse,
    NoAnswer,
    RateLimited,
    Refused,
    ServerFault,
    SlackError,
    TooLarge,
    Unreachable,
    refusal,
)
from bot.slack.methods import Method
from bot.slack.rate_limits import RateLimits

T = TypeVar("T")

TIMEOUT = aiohttp.ClientTimeout(total=10.0)
# A file takes longer, but Slack is never silent for long.
FILE_TIMEOUT = aiohttp.ClientTimeout(total=60.0, sock_connect=10.0, sock_read=10.0)
CHUNK = 64 * 1024
ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 0.2
# Callers must plan longer waits themselves.
LONGEST_PAUSE_SECONDS = 5.0
# Slack always sends Retry-After; a proxy may not.
DEFAULT_RETRY_AFTER = 1.0
TOO_MANY, SERVER_ERROR, OK = 429, 500, 200
REDIRECTS = range(300, 400)
# How a call's arguments are sent.
_ENCODING: Mapping[str, str] = {"GET": "params", "POST": "json", "FORM": "data"}


class Transport:
    """The connection pool to Slack."""

    def __init__(self, token: str, base_url: str) -> None:
        self._limits = RateLimits()
        self._home = URL(base_url)
        self._token = token
        self._session = ClientSession(timeout=TIMEOUT, middlewares=(_only_objects,))
        self.web = AsyncWebClient(
            token=token, base_url=base_url, session=self._session, retry_handlers=[]
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def call(self, method: Method, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the response, with the granted scopes from its header as `x-oauth-scopes`.

        Raises:
            SlackError: the call failed; the class is the reason.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        return await self._repeating(method, partial(self._once, method, given))

    async def post(self, url: str, body: Mapping[str, Any]) -> int:
        """Post to a response_url. Return the HTTP status, which is below 500.

        Raises:
            SlackError: as in `call`.
        """
        return await self._repeating(Method.RESPONSE_URL, partial(self._post_once, url, body))

    async def upload(self, url: str, content: bytes) -> None:
        """Send a file to the address that Slack gave for it.

        Raises:
            SlackError: Slack does not have the file for certain; as in `call`.
        """
        send = partial(self._upload_once, self.own_address(Method.UPLOAD, url), content)
        await self._repeating(Method.UPLOAD, send)

    async def download(self, url: str, most: int) -> bytes:
        """Return a file of at most `most` bytes.

        Redirects are not followed: they lead to a page for people who may not see the file.

        Raises:
            TooLarge: it is larger.
            SlackError: as in `call`.
        """
        fetch = partial(self._download_once, self.own_address(Method.DOWNLOAD, url), most)
        return await self._repeating(Method.DOWNLOAD, fetch)

    def own_address(self, method: Method, url: str) -> URL:
        """Return an address of Slack's: the token and the files of people go nowhere else.

        Raises:
            Refused: another host, or a less safe protocol.
        """
        home = self._home
        try:
            given = URL(url)
        except ValueError:
            raise Refused(method.value.name, "invalid_url") from None
        hosts = (given.host or "", home.host or "")
        is_within = hosts[0] == hosts[1] or hosts[0].endswith(f".{hosts[1]}")
        if not is_within or (given.scheme, given.port) != (home.scheme, home.port):
            raise Refused(method.value.name, "foreign_host")
        return given

    async def _repeating(self, method: Method, send: Callable[[], Awaitable[T]]) -> T:
        """Call `send` up to three times, repeating only when that is safe."""
        pauses = stamina.retry_context(
            on=partial(_pause, method),
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=FIRST_PAUSE_SECONDS,
            wait_jitter=FIRST_PAUSE_SECONDS,
        )
        async for attempt in pauses:
            with attempt, self._limits.kept(method):
                return await send()
        raise AssertionError  # the last attempt returns or raises

    async def _once(self, method: Method, given: dict[str, Any]) -> dict[str, Any]:
        name, verb = method.value.name, method.value.verb
        arguments = {_ENCODING[verb]: given}
        http_verb = "GET" if verb == "GET" else "POST"
        try:
            answer = await self.web.api_call(name, http_verb=http_verb, **arguments)
        except SlackApiError as error:
            raise _error(name, error.response.data) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _network_error(name, error) from None
        # `_only_objects` lets nothing else through.
        data = cast("dict[str, Any]", answer.data)
        return data | {"x-oauth-scopes": answer.headers.get("x-oauth-scopes", "")}

    async def _post_once(self, url: str, body: Mapping[str, Any]) -> int:
        name = Method.RESPONSE_URL.value.name
        try:
            # Slack responds to these with plain text, not with a JSON object.
            async with self._session.post(url, json=body, middlewares=()) as answer:
                status, headers = answer.status, answer.headers
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _network_error(name, error) from None
        _refuse_failed(name, status, headers)
        return status

    async def _upload_once(self, url: URL, content: bytes) -> None:
        name = Method.UPLOAD.value.name
        try:
            # Of bytes, aiohttp writes a large body at once, which holds the event loop up.
            async with self._session.post(
                url,
                data=BytesIO(content),
                middlewares=(),
                allow_redirects=False,
                timeout=FILE_TIMEOUT,
            ) as answer:
                _refuse_failed(name, answer.status, answer.headers, only=OK)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _network_error(name, error) from None

    async def _download_once(self, url: URL, most: int) -> bytes:
        name = Method.DOWNLOAD.value.name
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            async with self._session.get(
                url, headers=headers, middlewares=(), allow_redirects=False, timeout=FILE_TIMEOUT
            ) as answer:
                _refuse_failed(name, answer.status, answer.headers, only=OK)
                return await _content(answer, most)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _network_error(name, error) from None


def _pause(method: Method, error: Exception) -> bool | float:
    """Return whether to repeat a call after this error, or after how many seconds."""
    match error:
        case RateLimited():
            return error.retry_after <= LONGEST_PAUSE_SECONDS and error.retry_after
        case Unreachable():
            return True
        case SlackError():
            return error.may_be_done and method.value.repeatable
        case _:
            return False


def _refuse_failed(
    method: str, status: int, headers: Mapping[str, str], only: int | None = None
) -> None:
    """Raise the error of an HTTP status that is no success; with `only`, of every other status."""
    if status == TOO_MANY:
        raise RateLimited(method, _retry_after(headers))
    if status >= SERVER_ERROR:
        raise ServerFault(method)
    if only and status != only:
        raise Refused(method, "redirected" if status in REDIRECTS else f"http_{status}")


async def _content(answer: ClientResponse, most: int) -> bytes:
    """Return a response's body; stop reading once it is longer than `most` bytes."""
    content = bytearray()
    async for part in answer.content.iter_chunked(CHUNK):
        content += part
        if len(content) > most:
            raise TooLarge(Method.DOWNLOAD.value.name)
    return bytes(content)


async def _only_objects(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    """Pass on only responses that are JSON objects. aiohttp middleware."""
    method = request.url.name
    answer = await handler(request)
    content = await answer.read()
    _refuse_failed(method, answer.status, answer.headers)
    if answer.content_type != "application/json" or not _is_object(content):
        raise InvalidResponse(method)
    return answer


def _is_object(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


def _error(method: str, answer: Mapping[str, Any]) -> SlackError:
    """Return the error for a response that is not `ok`."""
    code = answer.get("error")
    if answer.get("ok") or not isinstance(code, str):
        return InvalidResponse(method)
    return RateLimited(method, DEFAULT_RETRY_AFTER) if code in RATE_CODES else refusal(method, code)


def _network_error(method: str, error: Exception) -> SlackError:
    """Return Unreachable for the errors that prove that nothing was sent, else NoAnswer."""
    never_sent = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
    return Unreachable(method) if isinstance(error, never_sent) else NoAnswer(method)


def _retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds in Retry-After, or one if it is not a whole number."""
    says = headers.get("Retry-After", "").strip()
    return float(says) if says.isascii() and says.isdecimal() else DEFAULT_RETRY_AFTER
