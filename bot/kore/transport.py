"""Sends one attempt of a request with its own token and returns a JSON object or an error."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx
import structlog

from bot.kore.account import Account
from bot.kore.endpoints import ENDPOINTS, Operation
from bot.kore.errors import InvalidResponse, KoreError, NoAnswer, Unreachable
from bot.kore.rate_limit import Turn, no_limit, reserve, wait_for
from bot.kore.responses import read_response
from bot.kore.token import fresh_token

CONNECT_SECONDS = 3.0
READ_SECONDS = 20.0
WRITE_SECONDS = 10.0
POOL_SECONDS = 5.0
TIMEOUTS = httpx.Timeout(
    connect=CONNECT_SECONDS, read=READ_SECONDS, write=WRITE_SECONDS, pool=POOL_SECONDS
)
# A call that changes something ends within this time, with its repeats and the waits before them.
LONGEST_CALL_SECONDS = 45.0

# The ends of the events before bytes are written (python-httpx.org/advanced/extensions/#trace).
BEFORE_WRITING = (".send_request_headers.started", ".send_request_body.started")
# Raised before any byte of a request is sent.
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

Json = Mapping[str, object]
# Called before a request that changes something is written, with the seconds within which its call
# ends. Returns if no other process can take over the work meanwhile.
Fence = Callable[[float], Awaitable[None]]


async def no_fence(_seconds: float) -> None:
    """Let every request be sent."""


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A request to send. It has no repr, so that no name or number gets into a log."""

    operation: Operation
    method: str
    url: str
    body: Json | None = None


class Transport:
    """The connection pool to an account, with the common parts of every request."""

    def __init__(
        self,
        account: Account,
        *,
        timeouts: httpx.Timeout = TIMEOUTS,
        transport: httpx.AsyncBaseTransport | None = None,
        turn: Turn = no_limit,
        fence: Fence = no_fence,
    ) -> None:
        """Use one pool for the client's lifetime; tests pass their own `transport`."""
        self._account = account
        self._turn = turn
        self._fence = fence
        self._http = httpx.AsyncClient(timeout=timeouts, transport=transport)

    async def send(self, request: Request, attempt: int) -> dict[str, Any]:
        """Send once, with a fresh token; `attempt` is for the log.

        Raises:
            KoreError: the call failed; the class is the reason.
        """
        await wait_for(self._turn, reads=ENDPOINTS[request.operation].reads)
        log = structlog.get_logger().bind(operation=request.operation.value, attempt=attempt)
        started = monotonic()
        try:
            answer = await self._exchange(request)
            body = read_response(
                request.operation, answer.status_code, answer.headers, answer.content
            )
        except KoreError as error:
            reason = type(error).__name__
            log.warning(
                "kore.failed", reason=reason, http_status=error.http_status, **_since(started)
            )
            raise
        log.info("kore.answered", http_status=answer.status_code, **_since(started))
        return body

    async def reserve(self) -> None:
        """Wait for a turn now, for this task's next write."""
        await reserve(self._turn)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _exchange(self, request: Request) -> httpx.Response:
        """Return the HTTP response. Causes are dropped, as they contain the request's content."""
        reads = ENDPOINTS[request.operation].reads
        extensions = {} if reads else {"trace": self._pass_fence}
        try:
            return await self._http.request(
                request.method,
                request.url,
                headers=self._headers(),
                json=request.body,
                extensions=extensions,
            )
        except NEVER_SENT:
            raise Unreachable(request.operation) from None
        except httpx.DecodingError:
            raise InvalidResponse(request.operation) from None
        except httpx.RequestError:
            raise NoAnswer(request.operation) from None

    def _headers(self) -> dict[str, str]:
        return {
            "auth": fresh_token(self._account),
            "accountId": self._account.account_id,
            "iid": self._account.stream_id,
        }

    async def _pass_fence(self, event: str, _details: Mapping[str, object]) -> None:
        """Check the fence before the headers and before the body, thus after connecting.

        Both are then written without another wait of this task. So only a process that is stopped
        in these microseconds, until after its lease, can still send a request.
        """
        if event.endswith(BEFORE_WRITING):
            await self._fence(LONGEST_CALL_SECONDS)


def _since(started: float) -> dict[str, int]:
    return {"elapsed_ms": round((monotonic() - started) * 1000)}
