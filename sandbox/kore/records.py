"""Records of the pretend service's requests and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sandbox.kore.calls import Operation

KEPT = 1000


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request, without its token.

    Attributes:
        operation: None if path and query match no operation.
        status: the answer's HTTP status, or None if the connection was dropped.
        answer: the answer's JSON, or its text if it is not JSON; None if the connection was
            dropped.
        milliseconds: from the request to its answer, in real time.
    """

    time: datetime
    operation: Operation | None
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: object
    status: int | None
    answer: object
    milliseconds: float


def without_token(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers with the JWT hidden."""
    return {name: "(hidden)" if name == "auth" else value for name, value in headers.items()}
